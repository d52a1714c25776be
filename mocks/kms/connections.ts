/**
 * External instances' way to their proxies. No public API offers it, so all of it is an extension; the order of the steps and what each may
 * find are assumed.
 */
import {
  canonicalFingerprint,
  connectionProblemTexts,
  fingerprintProblem,
  instanceNameProblem,
  proxyAccessKeyIdProblem,
  proxyAccessKeySecretProblem,
  proxyHostProblem,
  uriPathPrefixProblem,
  vSwitchesProblem,
  zonesProblem,
  type ConnectionProblem,
} from '#src/api/contract/connection-rules.ts'
import { credentialOverlapHours, type connectionActions } from '#src/api/contract/connections.ts'
import { connectionSteps, type ConnectionStep } from '#src/api/contract/connection-steps.ts'
import type { Input } from '#src/api/contract/actions.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, ConnectionAttempt, InstanceRow, ProxyConnection } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'
import { importSecret } from '#mocks/crypto/proxy-secret.ts'
import { describeHealth } from './connection-health.ts'
import { passedSteps, stepMs } from './attempt.ts'
import { trySteps } from './connection-steps.ts'
import { assertInstanceOwner } from './instance-owner.ts'
import { refusalOf } from './unavailable.ts'
import { wireTime } from './time.ts'
import { endpointServicesIn, vpcsIn, zonesOf } from './vpcs.ts'

const hourMs = 60 * 60_000

const fail = (name: string, problem: ConnectionProblem): ServiceError =>
  problem === 'required'
    ? invalidParameter(name, null)
    : new ServiceError('InvalidParameter', { name, reason: connectionProblemTexts[problem] }, { Parameter: name })

/** An external instance of the caller's own account. Receivers of a shared one are told nothing of its network. */
function assertOwn(ctx: Context, instance: InstanceRow): void {
  assertInstanceOwner(ctx, instance)
  if (instance.type !== 'External')
    throw new ServiceError('UnsupportedOperation', { reason: 'The instance has no external proxy.' })
}

const wrongState = (): ServiceError => new ServiceError('Forbidden.DKMSInstanceStateInvalid')

/** The instance as it stands now, in a write: it may have changed while the proxy was asked. Throws where `may` does not hold. */
function standing(
  tx: WriteTransaction<CloudTables>,
  { instanceId }: InstanceRow,
  may: (instance: InstanceRow) => boolean,
): InstanceRow {
  const instance = tx.instances.get(instanceId)
  if (!instance) throw new ServiceError('Forbidden.DKMSInstanceNotFound')
  if (!may(instance)) throw wrongState()
  return instance
}

const isIdle = ({ status }: InstanceRow): boolean => status !== 'Connected' && status !== 'Connecting'
const isConnected = ({ status }: InstanceRow): boolean => status === 'Connected'
const listOf = (text: string): readonly string[] => text.split(',').map((item) => item.trim())

/** Throws the first refusal, in the order of the panel. */
function checkInput({ caller, region }: Context, input: Input<'ConnectExternalInstance'>): void {
  const { InstanceName, VpcId, Connectivity, Endpoint = '', EndpointService = '', UriPathPrefix = '' } = input
  const vpc = vpcsIn(region, caller.accountId).find(({ vpcId }) => vpcId === VpcId)
  const zoneIds = listOf(input.ZoneIds)
  const checks: readonly (readonly [name: string, problem: ConnectionProblem | null])[] = [
    ['InstanceName', InstanceName === undefined ? null : instanceNameProblem(InstanceName)],
    ['VpcId', vpc ? null : 'vpc'],
    ['ZoneIds', zonesProblem(zoneIds, zonesOf(region))],
    ['VSwitchIds', vSwitchesProblem(listOf(input.VSwitchIds), zoneIds, vpc?.vSwitches ?? [])],
    ['Endpoint', Connectivity === 'Public' ? proxyHostProblem(Endpoint) : null],
    ['EndpointService', Connectivity === 'Public' || EndpointService !== '' ? null : 'required'],
    ['UriPathPrefix', uriPathPrefixProblem(UriPathPrefix, input.Dialect)],
    ['CertificateFingerprint', fingerprintProblem(input.CertificateFingerprint)],
    ['AccessKeyId', proxyAccessKeyIdProblem(input.AccessKeyId)],
    ['AccessKeySecret', proxyAccessKeySecretProblem(input.AccessKeySecret)],
  ]
  for (const [name, problem] of checks) if (problem) throw fail(name, problem)
}

/** Where the proxy is to be found: a name of the Internet, or what stands behind an endpoint service. */
function wayOf({ region }: Context, input: Input<'ConnectExternalInstance'>) {
  const { Connectivity, Endpoint = '', EndpointService = '' } = input
  if (Connectivity === 'Public') return { endpoint: Endpoint.toLowerCase(), endpointService: null }
  const service = endpointServicesIn(region).find(({ name }) => name === EndpointService)
  return { endpoint: service?.host ?? '', endpointService: EndpointService }
}

async function proxyOf(ctx: Context, input: Input<'ConnectExternalInstance'>): Promise<ProxyConnection> {
  return {
    connectivity: input.Connectivity,
    ...wayOf(ctx, input),
    uriPathPrefix: input.UriPathPrefix ?? '',
    dialect: input.Dialect,
    certificateFingerprint: canonicalFingerprint(input.CertificateFingerprint)!,
    certificate: null,
    accessKeyId: input.AccessKeyId,
    signingKey: await importSecret[input.Dialect](input.AccessKeySecret),
    credentialSince: ctx.now,
    previous: null,
    disconnectedByHand: false,
    latencyMs: null,
  }
}

/** Tries what the instance is to be, and shows the attempt from now on. */
async function begin(ctx: Context, instance: InstanceRow, wanted: InstanceRow): Promise<void> {
  const { steps, certificate, latencyMs } = await trySteps(ctx, wanted)
  const failed = steps.some(({ cause }) => cause !== null)
  const { name, vpcId, vSwitchIds, zoneIds, proxy } = wanted
  ctx.db.write((tx) => {
    const now = standing(tx, instance, isIdle)
    const attempt: ConnectionAttempt = {
      startedAt: ctx.now,
      endsAt: ctx.now + steps.length * stepMs,
      steps,
      result: failed
        ? null
        : { name, vpcId, vSwitchIds, zoneIds, proxy: proxy && { ...proxy, certificate, latencyMs } },
      before: now.status,
    }
    tx.instances.put({ ...now, status: 'Connecting', attempt })
  })
}

function connectionView(proxy: ProxyConnection) {
  const { certificate, previous } = proxy
  return {
    Connectivity: proxy.connectivity,
    Endpoint: proxy.endpoint,
    EndpointService: proxy.endpointService ?? '',
    UriPathPrefix: proxy.uriPathPrefix,
    Dialect: proxy.dialect,
    CertificateFingerprint: proxy.certificateFingerprint,
    Certificate: certificate && {
      Fingerprint: certificate.fingerprint,
      Subject: certificate.subject,
      NotBefore: wireTime(certificate.notBefore),
      NotAfter: wireTime(certificate.notAfter),
    },
    AccessKeyId: proxy.accessKeyId,
    CredentialSince: wireTime(proxy.credentialSince),
    Previous: previous && { AccessKeyId: previous.accessKeyId, ValidUntil: wireTime(previous.validUntil) },
  }
}

/** Steps that an attempt has not come to are shown as waiting; those after a failure are never come to. */
function attemptView({ attempt, status }: InstanceRow, now: number) {
  if (!attempt) return null
  const running = status === 'Connecting'
  const passed = running ? passedSteps(attempt, now) : attempt.steps.length
  const { steps } = attempt
  const all = connectionSteps.filter((step) => step !== 'zones' || steps.some((taken) => taken.step === 'zones'))
  const view = (Step: ConnectionStep, at: number) => {
    const taken = steps[at]
    if (!taken || at > passed) return { Step, Status: 'Waiting' as const, Cause: '' as const, Found: '' }
    if (at === passed) return { Step, Status: 'Running' as const, Cause: '' as const, Found: '' }
    const { cause, found } = taken
    return {
      Step,
      Status: cause ? ('Failed' as const) : ('Passed' as const),
      Cause: cause ?? ('' as const),
      Found: found,
    }
  }
  const failed = steps.some(({ cause }) => cause !== null)
  return {
    StartedAt: wireTime(attempt.startedAt),
    Outcome: running ? ('Running' as const) : failed ? ('Failed' as const) : ('Connected' as const),
    Steps: all.map(view),
  }
}

export const connectionRules = {
  DescribeConnectionChoices: ({ region, caller, xki }) => ({
    Simulated: !xki.real,
    Zones: { Zone: [...zonesOf(region)] },
    Vpcs: {
      Vpc: vpcsIn(region, caller.accountId).map(({ vpcId, name, vSwitches }) => ({
        VpcId: vpcId,
        VpcName: name,
        VSwitches: {
          VSwitch: vSwitches.map(({ name: VSwitchName, ...vSwitch }) => ({ ...vSwitch, VSwitchName })),
        },
      })),
    },
    EndpointServices: {
      EndpointService: endpointServicesIn(region)
        .filter(({ allowsAccount }) => allowsAccount)
        .map(({ name, zoneIds }) => ({ ServiceName: name, ZoneIds: [...zoneIds] })),
    },
  }),

  ConnectExternalInstance: async (ctx, input, { instance }) => {
    assertOwn(ctx, instance)
    if (!isIdle(instance)) throw wrongState()
    checkInput(ctx, input)
    await begin(ctx, instance, {
      ...instance,
      name: input.InstanceName ?? instance.name,
      vpcId: input.VpcId,
      vSwitchIds: listOf(input.VSwitchIds),
      zoneIds: listOf(input.ZoneIds),
      proxy: await proxyOf(ctx, input),
    })
    return {}
  },

  DescribeConnection: (ctx, _, { instance }) => {
    assertOwn(ctx, instance)
    return {
      KmsInstanceId: instance.instanceId,
      Status: instance.status,
      Connection: instance.proxy && connectionView(instance.proxy),
      Attempt: attemptView(instance, ctx.now),
      DisconnectedByHand: instance.status === 'Disconnected' && instance.proxy?.disconnectedByHand === true,
      Simulated: !ctx.xki.real,
    }
  },

  DescribeConnectionHealth: (ctx, input, { instance }) => {
    assertOwn(ctx, instance)
    return describeHealth(ctx, input, instance)
  },

  ChangeProxyCredential: async (ctx, input, { instance }) => {
    const { AccessKeyId, AccessKeySecret, PreviousValidHours = credentialOverlapHours.preset } = input
    assertOwn(ctx, instance)
    if (!instance.proxy || !isConnected(instance)) throw wrongState()
    const problem = {
      AccessKeyId: proxyAccessKeyIdProblem(AccessKeyId),
      AccessKeySecret: proxyAccessKeySecretProblem(AccessKeySecret),
    }
    if (problem.AccessKeyId) throw fail('AccessKeyId', problem.AccessKeyId)
    if (problem.AccessKeySecret) throw fail('AccessKeySecret', problem.AccessKeySecret)
    const signingKey = await importSecret[instance.proxy.dialect](AccessKeySecret)
    const credential = { accessKeyId: AccessKeyId, signingKey, credentialSince: ctx.now }
    const tried = { ...instance, proxy: { ...instance.proxy, ...credential, previous: null } }
    const asking = { operation: 'ChangeProxyCredential', requestId: ctx.requestId }
    await ctx.xki.health(tried, asking, ctx.span).catch((error: unknown) => {
      throw refusalOf(error)
    })
    ctx.db.write((tx) => {
      const now = standing(tx, instance, isConnected)
      const proxy = now.proxy!
      const before = { accessKeyId: proxy.accessKeyId, signingKey: proxy.signingKey }
      const keeps = PreviousValidHours > 0 && AccessKeyId !== proxy.accessKeyId
      const previous = keeps ? { ...before, validUntil: ctx.now + PreviousValidHours * hourMs } : null
      tx.instances.put({ ...now, proxy: { ...proxy, ...credential, previous } })
    })
    return {}
  },

  DisconnectExternalInstance: (ctx, _, { instance }) => {
    assertOwn(ctx, instance)
    ctx.db.write((tx) => {
      const now = standing(tx, instance, isConnected)
      tx.instances.put({
        ...now,
        status: 'Disconnected',
        proxy: now.proxy && { ...now.proxy, disconnectedByHand: true },
      })
    })
    return {}
  },

  ReconnectExternalInstance: async (ctx, _, { instance }) => {
    assertOwn(ctx, instance)
    if (!isIdle(instance) || !instance.proxy) throw wrongState()
    await begin(ctx, instance, { ...instance, proxy: { ...instance.proxy, disconnectedByHand: false } })
    return {}
  },
} satisfies Rules<keyof typeof connectionActions>
