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

const begin = (id: string, hop: Hop, operation: string, startedAt: number): LiveSpan => ({
  id,
  hop,
  operation,
  startedAt,
  endedAt: null,
  status: null,
  code: null,
  about: null,
  told: {},
  marks: [],
  children: [],
})

/** A class, since one is made for each request: closures would be one more of each method. */
class Recorder implements SpanRecorder {
  readonly #span: LiveSpan
  readonly #now: () => number
  readonly #requests: Set<LiveSpan>

  constructor(span: LiveSpan, now: () => number, requests: Set<LiveSpan>) {
    this.#span = span
    this.#now = now
    this.#requests = requests
  }
  get id(): string {
    return this.#span.id
  }
  get operation(): string {
    return this.#span.operation
  }
  rename(operation: string): void {
    this.#span.operation = operation
  }
  about(about: About): void {
    this.#span.about = about
  }
  tell(told: Told): void {
    Object.assign(this.#span.told, told)
  }
  mark(step: string, note?: string): void {
    const at = this.#now()
    this.#span.marks.push(note === undefined ? { step, at } : { step, at, note: note.slice(0, noteLength) })
  }
  child(hop: Hop, operation: string): SpanRecorder {
    const { id, children } = this.#span
    const child = begin(`${id}.${children.length + 1}`, hop, operation, this.#now())
    children.push(child)
    return new Recorder(child, this.#now, this.#requests)
  }
  end(status: number, code: string | null = null): void {
    const span = this.#span
    span.endedAt = this.#now()
    span.status = status
    span.code = code
  }
  forget(): void {
    this.#requests.delete(this.#span)
  }
}

/** Keeps the newest `capacity` requests, each with its children. `now`: ms by the host's clock. */
export function createTrace(now: () => number, capacity = 10_000): TraceRecorder {
  const requests = new Set<LiveSpan>()
  // Goes on as the set changes. A new one would step over all that was deleted before, with each request.
  const oldestFirst = requests.values()
  const newestFirst = (): readonly LiveSpan[] => [...requests].reverse()

  return {
    start: (id, hop, operation) => {
      const request = begin(id, hop, operation, now())
      requests.add(request)
      if (requests.size > capacity) requests.delete(oldestFirst.next().value!)
      return new Recorder(request, now, requests)
    },
    spans: () => newestFirst().map(copyOf),
    requests: newestFirst,
  }
}
