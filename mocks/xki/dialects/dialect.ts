/** A wire between KMS and a proxy, as KMS's end needs it. What is asked is the port's; a dialect puts it into requests. */
import type { InstanceRow, ProxyConnection } from '#mocks/store/rows.ts'
import type { ExternalKeyMetadata, ProxyHealth, SealedBytes, XkiCaller, XkiError } from '#mocks/xki/port.ts'
import type { Bytes } from '#mocks/crypto/bytes.ts'
import type { Operation } from './messages.ts'

/** One question to a proxy, and how its answer is understood. */
export interface Exchange<Answer> {
  /** For the trace. */
  readonly operation: Operation
  /** After the path prefix. */
  readonly path: string
  readonly body: object
  /** The meaning of a successful answer, parsed from JSON; undefined where it is no answer to this question. Throws XkiError for an answer that is well formed and cannot be right. */
  readonly read: (answer: unknown) => Answer | undefined | Promise<Answer | undefined>
}

export interface Failure {
  readonly hop: XkiError['hop']
  readonly failure: XkiError['failure']
}

export interface Dialect {
  readonly health: (caller: Pick<XkiCaller, 'operation' | 'requestId'>) => Exchange<ProxyHealth>
  readonly metadata: (externalKeyId: string, caller: XkiCaller) => Exchange<ExternalKeyMetadata>
  readonly encrypt: (
    externalKeyId: string,
    input: { readonly plaintext: Bytes; readonly additionalData: Bytes },
    caller: XkiCaller,
  ) => Exchange<SealedBytes>
  readonly decrypt: (
    externalKeyId: string,
    input: SealedBytes & { readonly additionalData: Bytes },
    caller: XkiCaller,
  ) => Exchange<Bytes>
  /** The signed request. `time` is ms since the epoch by the wall clock; `nonce` is used once, where the dialect signs one. */
  readonly request: (
    exchange: Exchange<unknown>,
    proxy: ProxyConnection,
    region: InstanceRow['region'],
    time: number,
    nonce: string,
  ) => Promise<Request>
  /** What a refusal means; null where it is none that the proxy may give to this question. `body` undefined: not JSON. */
  readonly failure: (exchange: Exchange<unknown>, status: number, body: unknown) => Failure | null
}
