/**
 * The one trace recorder. A request is a span; each pipeline step is a mark on it; the hop to the proxy is a child.
 * Contents are redacted where they are recorded: only names and sizes of sensitive parameters are kept.
 */
import type { Hop } from '#src/api/contract/errors.ts'

export interface Mark {
  readonly step: string
  /** ms by the host's clock. */
  readonly at: number
  readonly note?: string
}

/** What a request is about: known once its keys were found. Names only. */
export interface About {
  readonly action: string
  /** ms by the cloud's clock. */
  readonly at: number
  readonly region: string
  /** Account of the caller. */
  readonly accountId: string
  readonly principalArn: string
  readonly keyIds: readonly string[]
}

/** A number: only the size of the value is kept, in characters; null: it is a structure, and not kept. */
export type Field = readonly [name: string, value: string | number | null]

/** How a signature was verified: what the texts that are signed are made of. */
export type VerifiedSignature = VerifiedV3 | VerifiedV1

/** ACS3-HMAC-SHA256. */
export interface VerifiedV3 {
  readonly version: '3'
  readonly signedNames: readonly string[]
  /** Of the body as it arrived, hex SHA-256. */
  readonly payloadHash: string
  readonly canonicalHash: string
  readonly bodyMatches: boolean
  readonly matches: boolean
}

/** HMAC-SHA1 over all parameters. */
export interface VerifiedV1 {
  readonly version: '1.0'
  readonly fields: readonly Field[]
  readonly matches: boolean
}

/** What else is known of a request, as far as it got. */
export interface Told {
  /** ms by the cloud's clock. */
  readonly at?: number
  readonly method?: string
  readonly region?: string
  /** The logical host that it was signed for. */
  readonly host?: string
  readonly headers?: readonly Field[]
  /** Of the URL; they are among the parameters too. */
  readonly query?: readonly Field[]
  readonly parameters?: readonly Field[]
  readonly bodyBytes?: number
  /** Whose access key it is, whether or not the signature is right. */
  readonly accountId?: string
  readonly principalArn?: string
  readonly accessKeyId?: string
  readonly signature?: VerifiedSignature
  /** Of the answer: of a success its fields, of a refusal its `Detail`. */
  readonly answer?: readonly Field[]
  readonly detail?: unknown
  /** Of a hop to a proxy: for which instance, how long the answer took by the time that counts, ms, and whose failure it was. */
  readonly instanceId?: string
  readonly latencyMs?: number
  readonly failedAt?: Hop
}

export interface Span {
  readonly id: string
  readonly hop: Hop
  readonly operation: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly status: number | null
  readonly code: string | null
  /** Of requests that got so far; null for all others and for hops. */
  readonly about: About | null
  readonly told: Told
  readonly marks: readonly Mark[]
  readonly children: readonly Span[]
}

/** An answered request as its key's activity shows it. */
export type AnsweredRequest = Pick<Span, 'id' | 'startedAt' | 'code'> & {
  readonly about: About
  readonly endedAt: number
  readonly status: number
}

export interface SpanRecorder {
  readonly id: string
  readonly operation: string
  /** Where it was not known yet at the start. */
  rename(operation: string): void
  about(about: About): void
  tell(told: Told): void
  mark(step: string, note?: string): void
  child(hop: Hop, operation: string): SpanRecorder
  end(status: number, code?: string | null): void
  /** As if it had not been. */
  forget(): void
}

export interface TraceRecorder {
  readonly start: (id: string, hop: Hop, operation: string) => SpanRecorder
  /** Newest first. */
  readonly spans: () => readonly Span[]
  /** Newest first: the records themselves, not copies, so cheap also where there are thousands. */
  readonly requests: () => readonly Span[]
}
