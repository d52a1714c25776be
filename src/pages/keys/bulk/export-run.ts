/** Reads everything about the keys of a list, page by page and at the published pace. A store beside React, like a bulk run. */
import type { ApiError } from '#src/api/api-error.ts'
import type { ExportedKey } from './export-file.ts'
import { createReader, type Chosen, type ReadPorts, type Watch } from './reader.ts'
import { timeLeft } from './time-left.ts'
import type { QueueWork } from './work-through.ts'

/** stopped: some keys were read, and may be saved. */
export type ExportPhase = 'gathering' | 'reading' | 'finished' | 'stopped' | 'failed'

export interface ExportState {
  readonly phase: ExportPhase
  readonly progress: { readonly done: number; readonly total: number }
  /** Null: not known yet. */
  readonly secondsLeft: number | null
  readonly standsStill: boolean
  readonly isStopping: boolean
  /** Why the keys could not be listed (phase failed). */
  readonly error: ApiError | null
  /** What was read, in the order of the list; empty until the end. */
  readonly keys: readonly ExportedKey[]
}

export interface ExportRun {
  readonly subscribe: (listener: () => void) => () => void
  readonly state: () => ExportState
  readonly phase: () => ExportPhase
  readonly stop: () => void
  readonly goOn: () => void
}

export function createExportRun(ports: ReadPorts, region: string, chosen: Chosen): ExportRun {
  const { now } = ports
  const reader = createReader(ports, region)
  const listeners = new Set<() => void>()
  let state: ExportState = {
    phase: 'gathering',
    progress: { done: 0, total: chosen.count },
    secondsLeft: null,
    standsStill: false,
    isStopping: false,
    error: null,
    keys: [],
  }
  let began = now()
  let work: QueueWork | null = null

  function put(part: Partial<ExportState>): void {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }

  const watch: Watch = {
    isStopping: () => state.isStopping,
    onProgress: (done, total) =>
      put({ progress: { done, total }, secondsLeft: timeLeft({ done, total }, now() - began) }),
    onStandstill: (standsStill) => put({ standsStill }),
    onQueue: (queue) => {
      work = queue
    },
  }

  async function read(): Promise<void> {
    const gathered = await reader.gather(chosen, watch)
    if ('error' in gathered) return put({ phase: 'failed', error: gathered.error })
    const { keyIds, aliases } = gathered
    began = now()
    put({ phase: 'reading', progress: { done: 0, total: keyIds.length }, secondsLeft: null })
    const results = await reader.check(keyIds, { permissions: false, tags: true }, watch)
    const keys = keyIds.flatMap((keyId): readonly ExportedKey[] => {
      const result = results.get(keyId)
      if (!result) return []
      const names = aliases.get(keyId) ?? []
      if ('problem' in result) {
        const { problem } = result
        const code = problem.by === 'unreadable' ? problem.error.code || problem.error.kind : problem.by
        return [{ keyId, aliases: names, metadata: null, tags: null, problem: code }]
      }
      return [{ keyId, aliases: names, metadata: result.metadata, tags: result.tags, problem: null }]
    })
    const isWhole = keys.length === keyIds.length && !state.isStopping
    put({ phase: isWhole ? 'finished' : 'stopped', keys, standsStill: false, isStopping: false })
  }

  void read()

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    state: () => state,
    phase: () => state.phase,
    stop: () => {
      if (state.phase !== 'gathering' && state.phase !== 'reading') return
      put({ isStopping: true })
      work?.stop()
    },
    goOn: () => work?.goOn(),
  }
}
