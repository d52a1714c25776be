/** What each step of connecting an instance finds. Up to the proxy's own answer it is looked at; the rest one signed question tells. */
import type { ConnectionCause, ConnectionStep } from '#src/api/contract/connection-steps.ts'
import { connectionCauses } from '#src/api/contract/connection-steps.ts'
import type { Context } from '#mocks/kms/context.ts'
import type { AttemptStep, Certificate, InstanceRow, ProxyConnection } from '#mocks/store/rows.ts'
import { XkiError, type ProxyHealth, type Sight } from '#mocks/xki/port.ts'
import { endpointServicesIn, sameZones, type EndpointService } from './vpcs.ts'

export interface Tried {
  /** Up to the one that failed. */
  readonly steps: readonly AttemptStep[]
  /** As it was seen; null: nothing was. */
  readonly certificate: Certificate | null
  readonly latencyMs: number | null
}

/** What the question to the proxy met. Whatever else it is, the proxy is not healthy. */
const causesOf: Partial<Record<XkiError['failure'], ConnectionCause>> = {
  proxyUnreachable: 'unreachable',
  proxyCertificate: 'wrongFingerprint',
  proxyWrongPath: 'wrongPath',
  proxyRefusedCredential: 'wrongCredential',
  proxyTimeout: 'tooSlow',
  proxyContentType: 'unreadable',
  proxyTruncated: 'unreadable',
  proxyUnreadable: 'unreadable',
}

const serviceOf = ({ region }: InstanceRow, { endpointService }: ProxyConnection): EndpointService | undefined =>
  endpointServicesIn(region).find(({ name }) => name === endpointService)

interface Seen {
  readonly instance: InstanceRow
  readonly proxy: ProxyConnection
  /** Undefined where it is reached over the Internet, or there is none of that name. */
  readonly service: EndpointService | undefined
  readonly sight: Sight
  readonly certificate: Certificate | null
  readonly answer: { readonly health: ProxyHealth; readonly latencyMs: number } | XkiError
  readonly now: number
}

type Look = (seen: Seen) => readonly [cause: ConnectionCause | null, found: string]

/** A cause of the answer, if it is this step's. */
const byAnswer =
  (step: ConnectionStep, found: string): Look =>
  ({ answer }) => {
    const cause = answer instanceof XkiError ? (causesOf[answer.failure] ?? 'unhealthy') : null
    return cause !== null && connectionCauses[cause] === step ? [cause, ''] : [null, found]
  }

/** In order; `zones` is taken behind an endpoint service only. */
const looks: Readonly<Record<ConnectionStep, Look>> = {
  resolve: ({ proxy, service, sight }) => {
    if (proxy.connectivity === 'Public') return [sight.resolved ? null : 'nameNotResolved', proxy.endpoint]
    if (!service) return ['endpointServiceNotFound', '']
    return [service.allowsAccount ? null : 'accountNotAllowed', service.name]
  },
  zones: ({ instance, service }) => [
    service && sameZones(service.zoneIds, instance.zoneIds) ? null : 'zoneMismatch',
    service?.zoneIds.join(', ') ?? '',
  ],
  reach: (seen) => {
    if (seen.service && !seen.service.acceptsConnections) return ['connectionNotAccepted', '']
    if (!seen.certificate) return ['unreachable', '']
    return byAnswer('reach', '')(seen)
  },
  certificate: (seen) => {
    const { certificate, proxy, now } = seen
    if (!certificate) return ['wrongFingerprint', '']
    if (certificate.fingerprint !== proxy.certificateFingerprint) return ['wrongFingerprint', certificate.fingerprint]
    if (now < certificate.notBefore || now >= certificate.notAfter)
      return ['certificateExpired', new Date(certificate.notAfter).toISOString().slice(0, 10)]
    return byAnswer('certificate', certificate.subject)(seen)
  },
  path: (seen) => byAnswer('path', seen.proxy.uriPathPrefix)(seen),
  credential: (seen) => byAnswer('credential', seen.proxy.accessKeyId)(seen),
  health: (seen) => {
    const { answer } = seen
    if (answer instanceof XkiError) return byAnswer('health', '')(seen)
    return [answer.health === 'UNAVAILABLE' ? 'unhealthy' : null, `${answer.latencyMs} ms`]
  },
}

/** Asks the proxy once. Never throws XkiError. */
export async function trySteps({ xki, span, requestId, now }: Context, instance: InstanceRow): Promise<Tried> {
  const proxy = instance.proxy!
  const service = serviceOf(instance, proxy)
  const sight: Sight = proxy.endpoint === '' ? { resolved: false } : await xki.look(proxy.endpoint)
  const certificate = sight.resolved ? sight.certificate : null
  const isPinned = certificate?.fingerprint === proxy.certificateFingerprint
  const asking = { operation: 'ConnectExternalInstance', requestId }
  // Where the certificate is not the pinned one nothing is sent: the steps end there.
  const answer: Seen['answer'] = isPinned
    ? await xki.health(instance, asking, span).catch((error: unknown) => {
        if (error instanceof XkiError) return error
        throw error
      })
    : new XkiError('proxy', 'proxyCertificate', 'The certificate is not the pinned one.')
  const seen: Seen = { instance, proxy, service, sight, certificate, answer, now }

  const steps: AttemptStep[] = []
  for (const [step, look] of Object.entries(looks) as [ConnectionStep, Look][]) {
    if (step === 'zones' && proxy.connectivity === 'Public') continue
    const [cause, found] = look(seen)
    steps.push({ step, cause, found })
    if (cause) break
  }
  return { steps, certificate, latencyMs: answer instanceof XkiError ? null : answer.latencyMs }
}
