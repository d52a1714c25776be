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

export interface Span {
  readonly id: string
  readonly hop: Hop
  readonly operation: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly status: number | null
  readonly code: string | null
  readonly marks: readonly Mark[]
  readonly children: readonly Span[]
}

export interface SpanRecorder {
  readonly id: string
  readonly mark: (step: string, note?: string) => void
  readonly child: (hop: Hop, operation: string) => SpanRecorder
  readonly end: (status: number, code?: string | null) => void
}

export interface TraceRecorder {
  readonly start: (id: string, hop: Hop, operation: string) => SpanRecorder
  /** Newest first. */
  readonly spans: () => readonly Span[]
}
