import type { Persistence, RowChange } from './store.ts'

/** One transaction as it is persisted, and how to take it back. */
export interface Entry {
  readonly changes: readonly RowChange[]
  /** The changes are made on emptied tables. */
  readonly replaces: boolean
  readonly undo: () => void
}

export interface Journal {
  readonly append: (entry: Entry) => void
  readonly durable: () => Promise<void>
  readonly checkpoint: () => () => Promise<void>
}

interface Batch {
  readonly entries: Entry[]
  readonly done: Promise<void>
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

function newBatch(): Batch {
  let resolve!: () => void
  let reject!: (cause: unknown) => void
  const done = new Promise<void>((onDurable, onFailure) => {
    resolve = onDurable
    reject = onFailure
  })
  // A failure that nobody waits for is no unhandled rejection: the entries are undone either way.
  done.catch(() => {})
  return { entries: [], done, resolve, reject }
}

/** What came before the last replacement need not be written. */
function persist(persistence: Persistence, entries: readonly Entry[]): Promise<void> {
  const start = entries.findLastIndex(({ replaces }) => replaces)
  const changes = entries.slice(Math.max(start, 0)).flatMap((entry) => entry.changes)
  return start < 0 ? persistence.write(changes) : persistence.replace(changes)
}

/**
 * Writes transactions to the port in order, one batch at a time; what arrives meanwhile forms the next batch. When a batch fails, it and
 * what was built on it are undone, newest first.
 */
export function createJournal(persistence: Persistence): Journal {
  let underway: Batch | null = null
  let waiting: Batch | null = null
  let running = false
  let failures = 0
  let lastCause: unknown

  function fail(cause: unknown): void {
    const batches = [underway, waiting].filter((batch) => batch !== null)
    waiting = null
    failures += 1
    lastCause = cause
    for (const entry of batches.flatMap((batch) => batch.entries).reverse()) entry.undo()
    for (const batch of batches) batch.reject(cause)
  }

  async function run(): Promise<void> {
    running = true
    // Everything that is written in this task goes in one batch.
    await Promise.resolve()
    while (waiting) {
      underway = waiting
      waiting = null
      try {
        await persist(persistence, underway.entries)
        underway.resolve()
      } catch (error) {
        fail(error)
      }
      underway = null
    }
    running = false
  }

  const durable = (): Promise<void> => (waiting ?? underway)?.done ?? Promise.resolve()

  return {
    append(entry) {
      waiting ??= newBatch()
      waiting.entries.push(entry)
      if (!running) void run()
    },
    durable,
    checkpoint() {
      const before = failures
      return async () => {
        if (failures !== before) throw lastCause
        await durable()
      }
    },
  }
}
