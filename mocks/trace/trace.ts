/**
 * The one trace recorder. A request is a span; each pipeline step is a mark on it; the hop to the proxy is a child.
 * Contents are redacted here, where they are recorded: only names and sizes of sensitive parameters are kept.
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
  readonly about: (about: About) => void
  readonly mark: (step: string, note?: string) => void
  readonly child: (hop: Hop, operation: string) => SpanRecorder
  readonly end: (status: number, code?: string | null) => void
}

export interface TraceRecorder {
  readonly start: (id: string, hop: Hop, operation: string) => SpanRecorder
  /** Newest first. */
  readonly spans: () => readonly Span[]
  /** Answered requests about a key, newest first: the records themselves, not copies, so cheap also where there are thousands. */
  readonly requestsAbout: (keyId: string) => readonly AnsweredRequest[]
}
