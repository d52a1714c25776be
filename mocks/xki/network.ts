/**
 * The network between KMS and the proxies: a table of simulated hosts, latency on a simulated clock, the way to hosts beyond, and the
 * faults of the hop `proxy`. A simulated call takes simulated time; only injected latency is also waited for, so that a person can see it.
 */
import type { Fault } from '#src/api/contract/backend.ts'
import type { Hop } from '#src/api/contract/errors.ts'
import type { FaultKind } from '#src/api/contract/faults.ts'
import { seededText, type Runtime } from '#mocks/runtime.ts'
import type { Certificate } from '#mocks/store/rows.ts'
import { damaged } from './damage.ts'
import { smallestLimits, type ProxyLimits } from './engine.ts'
import { answerBudgetMs as presetBudgetMs, type Sight } from './port.ts'

/** Adds simulated milliseconds to the call that is being carried. */
export type Spend = (ms: number) => void
/** How a host is made to behave for one request. */
export interface Making {
  readonly limits?: ProxyLimits
}
/** Whatever answers at a host name. */
export type Host = (request: Request, spend: Spend, making?: Making) => Promise<Response>
/** The faults that hit one request at a hop; their owner counts them down. */
export type TakeFaults = (hop: Hop, action: string) => readonly Fault[]

export interface Delivery {
  readonly response: Response
  /** Simulated milliseconds until the answer; Infinity: there is none. */
  readonly latencyMs: number
}

/**
 * Carries a request that serves a KMS action, if the certificate at its end is the one that is pinned. Rejects with CertificateMismatch
 * where it is not, and with TypeError, as fetch does, where there is no connection.
 */
export type Send = (request: Request, action: string, fingerprint: string) => Promise<Delivery>

/** What answers at a host name, and the certificate that it shows; null: nothing listens. */
export interface Site {
  readonly certificate: Certificate | null
  readonly answer: Host
}

/** The ways to the proxies: one simulated, others real. */
export interface Network {
  /** Whether it reaches hosts beyond the simulated ones. */
  readonly real: boolean
  readonly send: Send
  /** Looks at `<host>[:<port>]`. Never rejects. */
  readonly look: (host: string) => Promise<Sight>
}

/** Hosts that are really there. Their time is the wall clock's. */
export type Beyond = Pick<Network, 'send' | 'look'>

export class CertificateMismatch extends Error {
  override readonly name = 'CertificateMismatch'
}

/** Pinned, and in its time. */
export const isTrusted = ({ fingerprint, notBefore, notAfter }: Certificate, pinned: string, now: number): boolean =>
  fingerprint === pinned && notBefore <= now && now < notAfter

const noConnection = (): TypeError => new TypeError('The connection failed.')

/** A front of the proxy refuses by itself: an answer that is not the protocol's. */
const page = (status: number, title: string): Response =>
  new Response(`<html><title>${title}</title></html>`, { status, headers: { 'content-type': 'text/html' } })

function withoutCredential(request: Request): Request {
  const headers = new Headers(request.headers)
  headers.delete('authorization')
  return new Request(request, { headers })
}

/** `hit`: how many requests a fault of this ID hit before. */
type Effect = (fault: Fault, next: Host, hit: number) => Host

const answersThat = <K extends keyof typeof damaged>(kinds: readonly K[]): Record<K, Effect> =>
  Object.fromEntries(
    kinds.map((kind): [K, Effect] => [
      kind,
      (_, next) =>
        async (...carried) =>
          damaged[kind](await next(...carried)),
    ]),
  ) as Record<K, Effect>

/** What a fault makes of the way to a host. */
const effects: Readonly<Record<FaultKind, Effect>> = {
  unreachable: () => () => Promise.reject(noConnection()),
  timeout: () => async (_, spend) => {
    spend(Infinity)
    return Response.error()
  },
  error: () => async () => page(500, 'Internal Server Error'),
  throttle: () => async () => page(429, 'Too Many Requests'),
  // The proxy itself refuses: nothing it can verify arrives.
  refuseCredential: (_, next) => (request, spend, making) => next(withoutCredential(request), spend, making),
  latency: (fault, next) => (request, spend, making) => {
    spend(fault.ms ?? 0)
    return next(request, spend, making)
  },
  lostAnswer: (_, next) => async (request, spend, making) => {
    await next(request, spend, making)
    throw noConnection()
  },
  flapping: (_, next, hit) => (hit % 2 === 1 ? next : () => Promise.reject(noConnection())),
  smallLimits: (_, next) => (request, spend) => next(request, spend, { limits: smallestLimits }),
  ...answersThat(['rubbish', 'wrongContentType', 'truncated', 'wrongTag', 'wrongIv', 'otherCiphertext']),
}

export interface NetworkOptions {
  /** By host name, with the port where it is not the scheme's own. */
  readonly sites: ReadonlyMap<string, Site>
  readonly takeFaults: TakeFaults
  /** Simulated milliseconds of a call without faults. */
  readonly latency: () => number
  readonly sleep: Runtime['sleep']
  /** ms since the epoch, for the certificates. */
  readonly now: () => number
  /** What KMS waits for, ms: nobody waits longer. */
  readonly answerBudgetMs?: number
  /** Reaches hosts that are none of `sites`; left out: there are no others. */
  readonly beyond?: Beyond | undefined
}

export function createNetwork(options: NetworkOptions): Network {
  const { sites, takeFaults, latency, sleep, now, answerBudgetMs = presetBudgetMs, beyond } = options
  const hits = new Map<string, number>()
  function hitBy({ id }: Fault): number {
    const before = hits.get(id) ?? 0
    hits.set(id, before + 1)
    return before
  }
  const send: Send = async (request, action, fingerprint) => {
    const site = sites.get(new URL(request.url).host)
    let measuredMs: number | null = null
    const answer: Host = async (...carried) => {
      if (!site) {
        if (!beyond) throw noConnection()
        const delivery = await beyond.send(carried[0], action, fingerprint)
        measuredMs = delivery.latencyMs
        return delivery.response
      }
      if (!site.certificate) throw noConnection()
      if (!isTrusted(site.certificate, fingerprint, now())) throw new CertificateMismatch()
      return site.answer(...carried)
    }
    const way = takeFaults('proxy', action).reduceRight(
      (next, fault) => effects[fault.kind](fault, next, hitBy(fault)),
      answer,
    )
    let injectedMs = 0
    const response = await way(request, (ms) => {
      injectedMs += ms
    })
    if (injectedMs > 0) await sleep(Math.min(injectedMs, answerBudgetMs))
    return { response, latencyMs: (measuredMs ?? latency()) + injectedMs }
  }
  return {
    real: beyond !== undefined,
    send,
    look: async (host) => {
      const site = sites.get(host)
      if (site) return { resolved: true, certificate: site.certificate }
      return beyond ? beyond.look(host) : { resolved: false }
    },
  }
}

/** Base latencies of 9 to 15 ms, the same for the same seed. */
export function seededLatency(seed: number): () => number {
  let position = 0
  return () => 9 + (Number.parseInt(seededText(seed, position++, 4), 36) % 7)
}
