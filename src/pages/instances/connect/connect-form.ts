/** What the connect panel asks, as plain data; the secret is not among it, so that no draft keeps it. */
import type { Input, Output } from '#src/api/contract/actions.ts'
import {
  canonicalFingerprint,
  fingerprintProblem,
  instanceNameProblem,
  proxyAccessKeyIdProblem,
  proxyHostProblem,
  uriPathPrefixProblem,
  vSwitchesProblem,
  zonesProblem,
  type ConnectionProblem,
} from '#src/api/contract/connection-rules.ts'
import type { ConnectionCause } from '#src/api/contract/connection-steps.ts'
import type { Connectivity, DialectName } from '#src/api/contract/connections.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import type { ProxyConfiguration } from '#src/api/contract/proxy-configuration.ts'

export interface ConnectForm {
  name: string
  vpcId: string
  zoneIds: readonly string[]
  vSwitchId: string
  connectivity: Connectivity
  endpoint: string
  endpointService: string
  dialect: DialectName
  uriPathPrefix: string
  certificateFingerprint: string
  accessKeyId: string
}

export type ConnectField = keyof ConnectForm
export type Choices = Output<'DescribeConnectionChoices'>
export type Connection = NonNullable<Output<'DescribeConnection'>['Connection']>

const vpcOf = (choices: Choices, vpcId: string) => choices.Vpcs.Vpc.find(({ VpcId }) => VpcId === vpcId)

/** What there is to choose from in a VPC, in some zones. */
export const vSwitchesIn = (choices: Choices, { vpcId, zoneIds }: Pick<ConnectForm, 'vpcId' | 'zoneIds'>) =>
  vpcOf(choices, vpcId)?.VSwitches.VSwitch.filter(({ ZoneId }) => zoneIds.includes(ZoneId)) ?? []

/** The likely choice: the first VPC, two zones, a vSwitch with room. */
function presetNetwork(choices: Choices): Pick<ConnectForm, 'vpcId' | 'zoneIds' | 'vSwitchId'> {
  const zoneIds = choices.Zones.Zone.slice(0, 2)
  const vpcId = choices.Vpcs.Vpc[0]?.VpcId ?? ''
  const roomy = vSwitchesIn(choices, { vpcId, zoneIds }).find((one) => one.AvailableIpAddressCount > 0)
  return { vpcId, zoneIds, vSwitchId: roomy?.VSwitchId ?? '' }
}

/** What was there before comes back, except the secret, which nobody has. */
export function presetForm(instance: KmsInstance, choices: Choices, before: Connection | null): ConnectForm {
  return {
    name: instance.InstanceName,
    ...presetNetwork(choices),
    connectivity: before?.Connectivity ?? 'Public',
    endpoint: before?.Connectivity === 'Public' ? before.Endpoint : '',
    endpointService: before?.EndpointService ?? '',
    dialect: before?.Dialect ?? 'xks-v1',
    uriPathPrefix: before?.UriPathPrefix ?? '',
    certificateFingerprint: before?.CertificateFingerprint ?? '',
    accessKeyId: before?.AccessKeyId ?? '',
  }
}

/** The rule of each field, given the others. */
export const fieldProblems: {
  readonly [F in ConnectField]: (form: ConnectForm, choices: Choices) => ConnectionProblem | null
} = {
  name: ({ name }) => instanceNameProblem(name),
  vpcId: ({ vpcId }, choices) => (vpcOf(choices, vpcId) ? null : 'vpc'),
  zoneIds: ({ zoneIds }, choices) => zonesProblem(zoneIds, choices.Zones.Zone),
  vSwitchId: (form, choices) =>
    form.vSwitchId === ''
      ? 'required'
      : vSwitchesProblem([form.vSwitchId], form.zoneIds, vpcOf(choices, form.vpcId)?.VSwitches.VSwitch ?? []),
  connectivity: () => null,
  endpoint: ({ connectivity, endpoint }) => (connectivity === 'Public' ? proxyHostProblem(endpoint.trim()) : null),
  endpointService: ({ connectivity, endpointService }) =>
    connectivity === 'Public' || endpointService.trim() !== '' ? null : 'required',
  dialect: () => null,
  uriPathPrefix: ({ uriPathPrefix, dialect }) => uriPathPrefixProblem(uriPathPrefix.trim(), dialect),
  certificateFingerprint: ({ certificateFingerprint }) => fingerprintProblem(certificateFingerprint),
  accessKeyId: ({ accessKeyId }) => proxyAccessKeyIdProblem(accessKeyId.trim()),
}

export function connectInput(
  form: ConnectForm,
  secret: string,
  KmsInstanceId: string,
): Input<'ConnectExternalInstance'> {
  return {
    KmsInstanceId,
    InstanceName: form.name,
    VpcId: form.vpcId,
    ZoneIds: form.zoneIds.join(','),
    VSwitchIds: form.vSwitchId,
    Connectivity: form.connectivity,
    ...(form.connectivity === 'Public'
      ? { Endpoint: form.endpoint.trim() }
      : { EndpointService: form.endpointService.trim() }),
    UriPathPrefix: form.uriPathPrefix.trim(),
    CertificateFingerprint: canonicalFingerprint(form.certificateFingerprint) ?? form.certificateFingerprint,
    Dialect: form.dialect,
    AccessKeyId: form.accessKeyId.trim(),
    AccessKeySecret: secret.trim(),
  }
}

/** A loaded file over the form; what it does not say stays. */
export function withConfiguration(form: ConnectForm, file: ProxyConfiguration): ConnectForm {
  return {
    ...form,
    connectivity: file.EndpointService ? 'VpcEndpointService' : file.Endpoint ? 'Public' : form.connectivity,
    endpoint: file.Endpoint ?? form.endpoint,
    endpointService: file.EndpointService ?? form.endpointService,
    dialect: file.Dialect ?? form.dialect,
    uriPathPrefix: file.UriPathPrefix ?? form.uriPathPrefix,
    certificateFingerprint: file.CertificateFingerprint ?? form.certificateFingerprint,
    accessKeyId: file.AccessKeyId ?? form.accessKeyId,
  }
}

/** Which field a refused parameter stands in. */
export const fieldOfParameter: Readonly<Record<string, ConnectField | 'secret'>> = {
  InstanceName: 'name',
  VpcId: 'vpcId',
  ZoneIds: 'zoneIds',
  VSwitchIds: 'vSwitchId',
  Endpoint: 'endpoint',
  EndpointService: 'endpointService',
  UriPathPrefix: 'uriPathPrefix',
  CertificateFingerprint: 'certificateFingerprint',
  AccessKeyId: 'accessKeyId',
  AccessKeySecret: 'secret',
}

/** Where a failed step is put right; null: at the proxy, not here. */
export const fieldOfCause: Readonly<Record<ConnectionCause, ConnectField | null>> = {
  nameNotResolved: 'endpoint',
  endpointServiceNotFound: 'endpointService',
  accountNotAllowed: 'endpointService',
  zoneMismatch: 'zoneIds',
  unreachable: 'endpoint',
  connectionNotAccepted: 'endpointService',
  wrongFingerprint: 'certificateFingerprint',
  certificateExpired: 'certificateFingerprint',
  wrongPath: 'uriPathPrefix',
  wrongCredential: 'accessKeyId',
  tooSlow: null,
  unhealthy: null,
  unreadable: null,
}
