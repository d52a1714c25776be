/** A wire between KMS and a proxy, as KMS's end needs it. What is asked is the port's; a dialect puts it into requests. */
import type { InstanceRow, ProxyConnection } from '#mocks/store/rows.ts'
import type { ExternalKeyMetadata, SealedBytes, XkiCaller, XkiError } from '#mocks/xki/port.ts'
import type { Bytes } from '#mocks/crypto/bytes.ts'

/** One question to a proxy, and how its answer is understood. */
export interface Exchange<Answer> {
  /** As the dialect calls it, for the trace. */
  readonly operation: string
  /** After the path prefix. */
  readonly path: string
  readonly body: object
  /** The meaning of a successful answer, parsed from JSON; undefined where it is no answer to this question. */
  readonly read: (answer: unknown) => Answer | undefined | Promise<Answer | undefined>
}

export interface Failure {
  readonly hop: XkiError['hop']
  readonly failure: XkiError['failure']
}

export interface Dialect {
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
  /** The signed request. `time` is ms since the epoch by the wall clock. */
  readonly request: (
    exchange: Exchange<unknown>,
    proxy: ProxyConnection,
    region: InstanceRow['region'],
    time: number,
  ) => Promise<Request>
  /** What a refusal means; null where it is none that the proxy may give to this question. `body` undefined: not JSON. */
  readonly failure: (exchange: Exchange<unknown>, status: number, body: unknown) => Failure | null
}
