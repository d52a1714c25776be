import type { Hop } from '#src/api/contract/errors.ts'
import type { About, Mark, Span, SpanRecorder, Told, TraceRecorder } from './trace.ts'

/** Notes are short facts, never contents: what is longer is cut. */
const noteLength = 300

interface LiveSpan {
  readonly id: string
  readonly hop: Hop
  operation: string
  readonly startedAt: number
  endedAt: number | null
  status: number | null
  code: string | null
  about: About | null
  readonly told: Told
  readonly marks: Mark[]
  readonly children: LiveSpan[]
}

const copyOf = (span: LiveSpan): Span => ({
  ...span,
  told: { ...span.told },
  marks: [...span.marks],
  children: span.children.map(copyOf),
})

/** Keeps the newest `capacity` requests, each with its children. `now`: ms by the host's clock. */
export function createTrace(now: () => number, capacity = 10_000): TraceRecorder {
  const requests = new Set<LiveSpan>()
  // Goes on as the set changes. A new one would step over all that was deleted before, with each request.
  const oldestFirst = requests.values()

  const begin = (id: string, hop: Hop, operation: string): LiveSpan => ({
    id,
    hop,
    operation,
    startedAt: now(),
    endedAt: null,
    status: null,
    code: null,
    about: null,
    told: {},
    marks: [],
    children: [],
  })

  const recorderOf = (span: LiveSpan): SpanRecorder => ({
    id: span.id,
    get operation() {
      return span.operation
    },
    rename: (operation) => {
      span.operation = operation
    },
    about: (about) => {
      span.about = about
    },
    tell: (told) => void Object.assign(span.told, told),
    mark: (step, note) => {
      const at = now()
      span.marks.push(note === undefined ? { step, at } : { step, at, note: note.slice(0, noteLength) })
    },
    child: (hop, operation) => {
      const child = begin(`${span.id}.${span.children.length + 1}`, hop, operation)
      span.children.push(child)
      return recorderOf(child)
    },
    end: (status, code = null) => {
      span.endedAt = now()
      span.status = status
      span.code = code
    },
    forget: () => void requests.delete(span),
  })

  const newestFirst = (): readonly LiveSpan[] => [...requests].reverse()

  return {
    start: (id, hop, operation) => {
      const request = begin(id, hop, operation)
      requests.add(request)
      if (requests.size > capacity) requests.delete(oldestFirst.next().value!)
      return recorderOf(request)
    },
    spans: () => newestFirst().map(copyOf),
    requests: newestFirst,
  }
}
