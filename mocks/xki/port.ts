/** KMS's side of the way to the key manager: what a rule may ask, and how it fails. The wire is a dialect behind it. */
import type { UnavailableCause, Hop } from '#src/api/contract/errors.ts'
import type { proxyStatuses } from '#src/api/contract/extensions.ts'
import type { Certificate, InstanceRow } from '#mocks/store/rows.ts'
import type { SpanRecorder } from '#mocks/trace/trace.ts'

/** KMS gives up on an answer of the proxy after this many milliseconds. XKS Proxy API 1.0.3. */
export const answerBudgetMs = 250

export type ProxyStatus = (typeof proxyStatuses)[number]

/** Who asks and for what: travels with every request to the proxy. */
export interface XkiCaller {
  readonly principalArn: string
  /** e.g. `Encrypt`, `CreateKey`. */
  readonly operation: string
  readonly requestId: string
  /** Absent when no KMS key exists yet (CreateKey, DescribeExternalKeys). */
  readonly keyArn?: string
}

export interface ExternalKeyMetadata {
  readonly spec: string
  readonly usages: readonly string[]
  readonly status: 'ENABLED' | 'DISABLED'
}

/** What a proxy says of its key managers, the best first. XKS Proxy API 1.0.3, GetHealthStatus: DEGRADED ones serve. */
export const proxyHealths = ['ACTIVE', 'DEGRADED', 'UNAVAILABLE'] as const
export type ProxyHealth = (typeof proxyHealths)[number]

/** What the proxy returns for an encryption; KMS frames it into its own blob. */
export interface SealedBytes {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly ciphertext: Uint8Array<ArrayBuffer>
  readonly tag: Uint8Array<ArrayBuffer>
  /** Ciphertext metadata of the proxy, at most 20 bytes; usually empty. */
  readonly metadata: Uint8Array<ArrayBuffer>
}

/** The proxy could not do it. `invalidCiphertext` is the one failure that is about the input. */
export class XkiError extends Error {
  override readonly name = 'XkiError'
  readonly hop: Hop
  readonly failure: UnavailableCause | 'invalidCiphertext'
  constructor(hop: Hop, failure: UnavailableCause | 'invalidCiphertext', message: string, options?: ErrorOptions) {
    super(message, options)
    this.hop = hop
    this.failure = failure
  }
}

/** What is met at a host name before anything is asked of it. `certificate` null: there is no connection. */
export type Sight = { readonly resolved: false } | { readonly resolved: true; readonly certificate: Certificate | null }

/** Every call rejects with XkiError, and with nothing else. `latencyMs` is simulated for the built-in proxy. */
export interface XkiPort {
  /** Whether it reaches hosts beyond the simulated ones. */
  readonly real: boolean
  /** How long an answer may take, ms. */
  readonly answerBudgetMs: number
  /** Looks at `<host>[:<port>]` without asking anything. Never rejects with XkiError. */
  readonly look: (host: string) => Promise<Sight>
  readonly health: (
    instance: InstanceRow,
    caller: Pick<XkiCaller, 'operation' | 'requestId'>,
    span: SpanRecorder,
  ) => Promise<{ readonly health: ProxyHealth; readonly latencyMs: number }>
  readonly metadata: (
    instance: InstanceRow,
    externalKeyId: string,
    caller: XkiCaller,
    span: SpanRecorder,
  ) => Promise<{ readonly key: ExternalKeyMetadata | null; readonly latencyMs: number }>
  readonly encrypt: (
    instance: InstanceRow,
    externalKeyId: string,
    request: { readonly plaintext: Uint8Array<ArrayBuffer>; readonly additionalData: Uint8Array<ArrayBuffer> },
    caller: XkiCaller,
    span: SpanRecorder,
  ) => Promise<SealedBytes & { readonly latencyMs: number }>
  readonly decrypt: (
    instance: InstanceRow,
    externalKeyId: string,
    request: SealedBytes & { readonly additionalData: Uint8Array<ArrayBuffer> },
    caller: XkiCaller,
    span: SpanRecorder,
  ) => Promise<{ readonly plaintext: Uint8Array<ArrayBuffer>; readonly latencyMs: number }>
}
