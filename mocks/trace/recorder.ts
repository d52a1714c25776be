import type { Hop } from '#src/api/contract/errors.ts'
import type { About, AnsweredRequest, Mark, Span, SpanRecorder, TraceRecorder } from './trace.ts'

/** Notes are short facts, never contents: what is longer is cut. */
const noteLength = 300

interface LiveSpan {
  readonly id: string
  readonly hop: Hop
  readonly operation: string
  readonly startedAt: number
  endedAt: number | null
  status: number | null
  code: string | null
  about: About | null
  readonly marks: Mark[]
  readonly children: LiveSpan[]
}

const countOf = (span: LiveSpan): number => span.children.reduce((sum, child) => sum + countOf(child), 1)

const isAnsweredAbout = (span: LiveSpan, keyId: string): span is LiveSpan & AnsweredRequest =>
  span.endedAt !== null && span.about !== null && span.about.keyIds.includes(keyId)

const copyOf = (span: LiveSpan): Span => ({
  ...span,
  marks: [...span.marks],
  children: span.children.map(copyOf),
})

/** Keeps the newest `capacity` spans, children included; the oldest requests go first, each with its children. */
export function createTrace(wallNow: () => number, capacity = 10_000): TraceRecorder {
  const requests = new Set<LiveSpan>()
  let kept = 0

  function begin(id: string, hop: Hop, operation: string): LiveSpan {
    return {
      id,
      hop,
      operation,
      startedAt: wallNow(),
      endedAt: null,
      status: null,
      code: null,
      about: null,
      marks: [],
      children: [],
    }
  }

  function keep(request: LiveSpan): void {
    if (!requests.has(request)) return
    kept += 1
    for (const oldest of requests) {
      if (kept <= capacity || oldest === request) break
      requests.delete(oldest)
      kept -= countOf(oldest)
    }
  }

  function recorderOf(span: LiveSpan, request: LiveSpan): SpanRecorder {
    return {
      id: span.id,
      about: (about) => {
        span.about = about
      },
      mark: (step, note) => {
        span.marks.push({ step, at: wallNow(), ...(note === undefined ? {} : { note: note.slice(0, noteLength) }) })
      },
      child: (hop, operation) => {
        const child = begin(`${span.id}.${span.children.length + 1}`, hop, operation)
        span.children.push(child)
        keep(request)
        return recorderOf(child, request)
      },
      end: (status, code = null) => {
        span.endedAt = wallNow()
        span.status = status
        span.code = code
      },
    }
  }

  return {
    start: (id, hop, operation) => {
      const request = begin(id, hop, operation)
      requests.add(request)
      keep(request)
      return recorderOf(request, request)
    },
    spans: () => [...requests].reverse().map(copyOf),
    requestsAbout: (keyId) => [...requests].reverse().filter((request) => isAnsweredAbout(request, keyId)),
  }
}
