/**
 * One order over many keys: gathers them, checks each, carries the order out at the published pace, and knows what became of every key.
 * A store beside React: no component's end stops it, and nothing here knows a component.
 */
import type { ApiError } from '#src/api/api-error.ts'
import type { ApiResult, Client } from '#src/api/client.ts'
import { createPacer, type Clock } from './pacer.ts'
import { isTagVerb, send, skipOf, verbTable, type Order, type Skip, type Verb } from './orders.ts'
import { createReader, lotsOf, type CheckResult, type Chosen, type Watch } from './reader.ts'
import { timeLeft } from './time-left.ts'
import { workThrough, type Attempt, type QueueWork } from './work-through.ts'

/** What became of a key. The last four are ends: a row is in exactly one of them when the run has finished. */
export type Outcome =
  | { readonly at: 'waiting' }
  | { readonly at: 'underWay' }
  | { readonly at: 'done'; readonly time: number; readonly requestId: string | null }
  | { readonly at: 'skipped'; readonly skip: Skip }
  /** `isUnknown`: no answer came, so it may have been carried out all the same. It is never repeated by itself. */
  | { readonly at: 'failed'; readonly time: number; readonly error: ApiError; readonly isUnknown: boolean }
  | { readonly at: 'notTried' }

export type OutcomeName = Outcome['at']

export interface Row {
  readonly keyId: string
  /** Alias names; empty where there are none, or they are not known. */
  readonly aliases: readonly string[]
  /** Null until it is checked. */
  readonly checked: CheckResult | null
  readonly outcome: Outcome
}

/**
 * gathering: the keys that match are being named; checking: each is being looked at; checked: it waits for the order; running; finished.
 * stopped: the check was stopped, and nothing was carried out.
 */
export type Phase = 'gathering' | 'checking' | 'checked' | 'running' | 'finished' | 'stopped' | 'failed'

export interface BulkState {
  readonly phase: Phase
  /** In the order of the list; set when the run begins. */
  readonly rows: readonly Row[]
  readonly order: Order | null
  /** Of the present phase: keys gathered, looked at or carried out, of so many. */
  readonly progress: { readonly done: number; readonly total: number }
  /** Seconds that the phase still takes at its present pace; null: not known yet. */
  readonly secondsLeft: number | null
  /** Nobody answers: everything stands still until `goOn` or `stop`. */
  readonly standsStill: boolean
  /** Stopping, while something is still under way. */
  readonly isStopping: boolean
  /** Why the keys could not be gathered (phase failed). */
  readonly error: ApiError | null
}

export interface BulkRun {
  readonly verb: Verb
  readonly region: string
  readonly subscribe: (listener: () => void) => () => void
  readonly state: () => BulkState
  /** The state's own, for those who follow every change. */
  readonly phase: () => Phase
  /** Carries the order out for every checked row that nothing bars. */
  readonly start: (order: Order) => void
  /** Begins nothing more; what is under way ends. */
  readonly stop: () => void
  readonly goOn: () => void
  /** Checks these rows again and carries the order out for them; every other row stays as it is. */
  readonly again: (which: 'failed' | 'notTried') => void
}

export interface BulkPorts extends Clock {
  readonly client: Pick<Client, 'call'>
}

/** Requests in flight at once. */
const atOnce = 4
/** So many refusals for the rate and the row has failed: the last pauses are seconds long. */
const throttledTries = 8

const waiting: Outcome = { at: 'waiting' }
const underWay: Outcome = { at: 'underWay' }

/** No answer came: what became of the request is not known. */
const isUnknown = ({ kind }: ApiError): boolean => kind === 'unreachable' || kind === 'unreadable'

/** Refused for what was asked, not for the cloud's own trouble: a smaller question may be answered. */
const isAboutTheKeys = ({ kind, status }: ApiError): boolean => kind === 'refused' && status < 500 && status !== 429

export function createBulkRun(
  ports: BulkPorts,
  { region, chosen, verb }: { readonly region: string; readonly chosen: Chosen; readonly verb: Verb },
): BulkRun {
  const { client, now } = ports
  const reader = createReader(ports, region)
  const changes = createPacer('changes', ports)
  const listeners = new Set<() => void>()

  let rows: Row[] = []
  let state: BulkState = {
    phase: 'gathering',
    rows,
    order: null,
    progress: { done: 0, total: chosen.count },
    secondsLeft: null,
    standsStill: false,
    isStopping: false,
    error: null,
  }
  let isCurrent = true
  let began = now()
  let work: QueueWork | null = null
  let isStopping = false

  function tell(): void {
    isCurrent = false
    for (const listener of listeners) listener()
  }

  function put(part: Partial<BulkState>): void {
    state = { ...state, ...part }
    tell()
  }

  function enter(phase: Phase, total: number): void {
    began = now()
    put({ phase, progress: { done: 0, total }, standsStill: false, isStopping })
  }

  function advance(done: number): void {
    put({ progress: { ...state.progress, done: state.progress.done + done } })
  }

  function setOutcome(index: number, outcome: Outcome): void {
    rows[index] = { ...rows[index]!, outcome }
  }

  const watch: Watch = {
    isStopping: () => isStopping,
    onProgress: (done, total) => put({ progress: { done, total } }),
    onStandstill: (standsStill) => put({ standsStill }),
    onQueue: (queue) => {
      work = queue
    },
  }

  async function check(indices: readonly number[]): Promise<void> {
    enter('checking', indices.length)
    const keyIds = indices.map((index) => rows[index]!.keyId)
    const results = await reader.check(keyIds, { permissions: true, tags: isTagVerb(verb) }, watch)
    for (const index of indices) {
      const row = rows[index]!
      rows[index] = { ...row, checked: results.get(row.keyId) ?? null }
    }
  }

  function settle(indices: readonly number[], outcome: Outcome): void {
    for (const index of indices) setOutcome(index, outcome)
    advance(indices.length)
  }

  /** `before`: what had become of rows that are tried again, which stands where they are not. */
  async function carryOut(
    order: Order,
    indices: readonly number[],
    before: ReadonlyMap<number, Outcome>,
  ): Promise<void> {
    const notTried = (index: number): Outcome => before.get(index) ?? { at: 'notTried' }
    const ready: number[] = []
    for (const index of indices) {
      const { checked } = rows[index]!
      const skip = checked && ('problem' in checked ? checked.problem : skipOf(order, checked))
      // Without a check there was a stop.
      if (checked === null) setOutcome(index, notTried(index))
      else if (skip) setOutcome(index, { at: 'skipped', skip })
      else {
        setOutcome(index, waiting)
        ready.push(index)
      }
    }
    enter('running', ready.length)

    /** Lots that were refused because of one of their keys, key by key. */
    const singles: (readonly number[])[] = []
    await runLots(order, lotsOf(ready, verbTable[verb].keysPerCall), singles)
    await runLots(order, singles, [])

    for (const index of ready) if (rows[index]!.outcome.at === 'waiting') setOutcome(index, notTried(index))
    isStopping = false
    put({ phase: 'finished', standsStill: false, isStopping })
  }

  async function runLots(
    order: Order,
    lots: readonly (readonly number[])[],
    refused: (readonly number[])[],
  ): Promise<void> {
    const tries = new Map<readonly number[], number>()
    work = workThrough({
      items: lots,
      atOnce,
      pacer: changes,
      attempt: async (lot) => {
        for (const index of lot) setOutcome(index, underWay)
        tell()
        const keyIds = lot.map((index) => rows[index]!.keyId)
        return concluded(lot, await send(client, region, order, keyIds), tries, refused)
      },
      onStandstill: watch.onStandstill,
    })
    if (isStopping) work.stop()
    await work.ended
    work = null
  }

  /** What a write's answer means for its rows, and for the queue. */
  function concluded(
    lot: readonly number[],
    result: ApiResult<unknown>,
    tries: Map<readonly number[], number>,
    refused: (readonly number[])[],
  ): Attempt {
    if (result.ok) {
      settle(lot, { at: 'done', time: now(), requestId: result.requestId })
      return { cloud: 'answered', again: false }
    }
    const { error } = result
    const backToWaiting = (): void => {
      for (const index of lot) setOutcome(index, waiting)
      tell()
    }
    // Refused for its rate, or never arrived: it was certainly not carried out, so it may be tried once more.
    if (error.status === 429) {
      const count = (tries.get(lot) ?? 0) + 1
      tries.set(lot, count)
      if (count < throttledTries) {
        backToWaiting()
        return { cloud: 'busy', again: true }
      }
    } else if (error.kind === 'notDelivered') {
      backToWaiting()
      return { cloud: 'silent', again: true }
    } else if (lot.length > 1 && isAboutTheKeys(error)) {
      backToWaiting()
      refused.push(...lot.map((index) => [index]))
      return { cloud: 'answered', again: false }
    }
    settle(lot, { at: 'failed', time: now(), error, isUnknown: isUnknown(error) })
    const cloud = error.status === 429 ? 'busy' : error.kind === 'unreachable' ? 'silent' : 'answered'
    return { cloud, again: false }
  }

  async function begin(): Promise<void> {
    const gathered = await reader.gather(chosen, watch)
    if ('error' in gathered) return put({ phase: 'failed', error: gathered.error })
    rows = gathered.keyIds.map((keyId) => ({
      keyId,
      aliases: gathered.aliases.get(keyId) ?? [],
      checked: null,
      outcome: waiting,
    }))
    await check([...rows.keys()])
    const phase = isStopping ? 'stopped' : 'checked'
    isStopping = false
    put({ phase, standsStill: false, isStopping })
  }

  void begin()

  return {
    verb,
    region,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    state: () => {
      if (!isCurrent) {
        state = { ...state, rows: [...rows], secondsLeft: timeLeft(state.progress, now() - began) }
        isCurrent = true
      }
      return state
    },
    phase: () => state.phase,
    start: (order) => {
      if (state.phase !== 'checked') return
      state = { ...state, order }
      void carryOut(order, [...rows.keys()], new Map())
    },
    stop: () => {
      if (state.phase !== 'gathering' && state.phase !== 'checking' && state.phase !== 'running') return
      isStopping = true
      put({ isStopping })
      work?.stop()
    },
    goOn: () => work?.goOn(),
    again: (which) => {
      const { phase, order } = state
      if (phase !== 'finished' || !order) return
      const indices = [...rows.keys()].filter((index) => rows[index]!.outcome.at === which)
      if (indices.length === 0) return
      const before = new Map(indices.map((index) => [index, rows[index]!.outcome]))
      for (const index of indices) setOutcome(index, waiting)
      void check(indices).then(() => carryOut(order, indices, before))
    },
  }
}
