/** A page's side of the way to the cloud: calls with their answers, whoever the holder is, and across the end of one. */
import { StartError, type Change } from '#src/api/contract/backend.ts'
import type { Call, Calls, Method, Outcome, PageMessage, WorkerMessage } from './messages.ts'
import type { WireRequest } from './wire.ts'

export interface BridgeOptions {
  readonly base: string
  /** Starts the worker, or joins the one that runs. */
  readonly connect: (receive: (message: WorkerMessage) => void) => (message: PageMessage) => void
  /** Resolves when the worker with this ID has ended. */
  readonly whenEnded: (worker: string) => Promise<void>
  readonly newId: () => string
}

export interface Bridge {
  /** Resolves at the first holder; rejects with StartError. */
  readonly ready: Promise<void>
  /** Rejects with StartError when storage or another build is in the way, with AnswerLost when it ended on the way, with Error for a refusal. */
  readonly call: <M extends Method>(method: M, ...args: Parameters<Calls[M]>) => Promise<ReturnType<Calls[M]>>
  /** The cloud's clock minus the host's, ms. */
  readonly clockOffsetMs: () => number
  readonly onChange: (listener: (change: Change) => void) => () => void
}

/** The holder ended before it answered: what was asked for may have been done or not. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost'
}

/** By their names, so that the page needs no table of all actions; a test holds the names to the contract. */
export const readNames = /^(?:Describe|List|Get|Explain)[A-Z]/

function isRead({ method, headers }: WireRequest): boolean {
  if (method === 'GET') return true
  const action = headers.find(([name]) => name === 'x-acs-action')?.[1] ?? ''
  return readNames.test(action)
}

/** Whether a call that may have been carried out can be made again at another holder. */
function mayRepeat(call: Call): boolean {
  switch (call.method) {
    case 'fetch':
      return isRead(call.args[0])
    case 'load':
    case 'reset':
    case 'advanceClock':
    case 'setFaults':
      return false
    default:
      return true
  }
}

/** What may have changed between two holders, announced by nobody. The cloud is the same: nobody has to begin anew. */
const missed = (['keys', 'aliases', 'instances', 'sharing', 'externalKeys', 'usage', 'clock'] as const).map(
  (table): Change => ({
    table,
    ids: [],
  }),
)

interface Pending {
  readonly call: Call
  /** Null: not sent yet. */
  term: string | null
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: Error) => void
}

export function createBridge(options: BridgeOptions): Bridge {
  const pending = new Map<string, Pending>()
  const listeners = new Set<(change: Change) => void>()
  let post: (message: PageMessage) => void
  let worker: string | null = null
  let holder: Extract<WorkerMessage, { kind: 'holder' }> | null = null
  let lastTerm: string | null = null
  let clockOffsetMs = 0
  let refused = false
  let settleReady!: { resolve: () => void; reject: (error: StartError) => void }
  const ready = new Promise<void>((resolve, reject) => {
    settleReady = { resolve, reject }
  })

  const take = (id: string): Pending | undefined => {
    const entry = pending.get(id)
    pending.delete(id)
    return entry
  }
  const send = (id: string, entry: Pending, term: string): void => {
    entry.term = term
    post({ kind: 'call', id, term, call: entry.call })
  }
  const lose = (id: string): void => take(id)?.reject(new AnswerLost('The cloud ended before it answered.'))
  const tell = (change: Change): void => {
    for (const listener of listeners) listener(change)
  }

  function begin(): void {
    post = options.connect(receive)
    post({ kind: 'hello', base: options.base })
  }

  async function watch(started: string): Promise<void> {
    if (started === worker) return
    worker = started
    await options.whenEnded(started)
    // Where it only passed calls on, the holder has them and would see a second one as a replay.
    const passedOn = holder?.here === false
    if (passedOn) for (const [id, { term }] of pending) if (term !== null) lose(id)
    holder = null
    begin()
  }

  function follow(next: Extract<WorkerMessage, { kind: 'holder' }>): void {
    holder = next
    refused = false
    clockOffsetMs = next.clockOffsetMs
    for (const [id, entry] of pending) {
      if (entry.term === next.term) continue
      if (entry.term === null || mayRepeat(entry.call)) send(id, entry, next.term)
      else lose(id)
    }
    if (lastTerm !== null && lastTerm !== next.term) missed.forEach(tell)
    lastTerm = next.term
    settleReady.resolve()
  }

  function refuse(error: StartError): void {
    holder = null
    refused = true
    for (const id of pending.keys()) take(id)?.reject(error)
    settleReady.reject(error)
  }

  function receive(message: WorkerMessage): void {
    switch (message.kind) {
      case 'welcome':
        return void watch(message.worker)
      case 'holder':
        return follow(message)
      case 'vacant':
        holder = null
        return
      case 'refused':
        return refuse(new StartError(message.problem, { cause: message.reason }))
      case 'answer':
        return take(message.id)?.resolve(message.outcome)
      case 'changed':
        clockOffsetMs = message.clockOffsetMs
        return tell(message.change)
    }
  }

  begin()
  return {
    ready,
    async call(method, ...args) {
      const outcome = await new Promise<Outcome>((resolve, reject) => {
        const id = options.newId()
        const entry: Pending = { call: { method, args } as Call, term: null, resolve, reject }
        pending.set(id, entry)
        if (holder) send(id, entry, holder.term)
        // Asking once more is how a refusal ends: storage may have room again, the other build may be gone.
        else if (refused) post({ kind: 'hello', base: options.base })
      })
      if (!outcome.ok) throw outcome.problem ? new StartError(outcome.problem) : new Error(outcome.message)
      return outcome.value as ReturnType<Calls[typeof method]>
    },
    clockOffsetMs: () => clockOffsetMs,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
