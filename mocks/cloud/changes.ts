/** Committed rows as the announcements that the console refreshes its queries by. */
import type { Change } from '#src/api/contract/backend.ts'
import type { CloudTables, VaultTables, WorldRow } from '#mocks/store/rows.ts'
import type { RowChange } from '#mocks/store/store.ts'

/** Which kind of change a table's rows are, and of what. Null: nothing that the console shows. */
type Announcement = { readonly table: Change['table']; readonly idOf: (id: string) => string } | null

const same = (id: string): string => id
const announcements: Readonly<Record<keyof CloudTables | keyof VaultTables, Announcement>> = {
  keys: { table: 'keys', idOf: same },
  aliases: { table: 'aliases', idOf: same },
  /** A version never comes or goes alone: its key changes with it. */
  keyVersions: null,
  resources: null,
  detections: { table: 'usage', idOf: same },
  /** Every request that uses a key is announced by itself: see usage-news.ts. */
  keyUses: null,
  useAttempts: null,
  instances: { table: 'instances', idOf: same },
  withdrawals: { table: 'instances', idOf: (id) => id.split('/', 1)[0]! },
  resourceShares: { table: 'sharing', idOf: same },
  shareAssociations: { table: 'sharing', idOf: (id) => id.split('/', 1)[0]! },
  accounts: { table: 'identities', idOf: same },
  principals: { table: 'identities', idOf: same },
  groups: { table: 'identities', idOf: same },
  ramPolicies: { table: 'identities', idOf: same },
  accessKeys: { table: 'identities', idOf: same },
  /** Whoever asked for credentials has them in the answer. */
  sessions: null,
  externalKeys: { table: 'externalKeys', idOf: same },
  wrappingKeys: null,
  credentials: null,
  /** Its clock alone is shown, and it changes with every identifier drawn: see `createChanges`. */
  world: null,
}

/** One announcement per kind, in the order in which the kinds were touched. */
export function changesOf(rows: readonly RowChange[]): readonly Change[] {
  const idsByTable = new Map<Change['table'], Set<string>>()
  for (const { table, id } of rows) {
    const announcement = announcements[table as keyof typeof announcements]
    if (!announcement) continue
    const ids = idsByTable.get(announcement.table) ?? new Set()
    idsByTable.set(announcement.table, ids.add(announcement.idOf(id)))
  }
  return [...idsByTable].map(([table, ids]) => ({ table, ids: [...ids] }))
}

export interface Changes {
  readonly onChange: (listener: (change: Change) => void) => () => void
  /** Tells of what no committed row tells. */
  readonly announce: (change: Change) => void
  /** To be called with what a store committed, or took back. */
  readonly committed: (rows: readonly RowChange[]) => void
  /** Runs work whose many commits are one change: everything. */
  readonly asEverything: (work: () => Promise<void>) => Promise<void>
}

export function createChanges(clockOffsetMs: number): Changes {
  const listeners = new Set<(change: Change) => void>()
  let offset = clockOffsetMs
  let replacing = false

  function announce(change: Change): void {
    for (const listener of listeners) listener(change)
  }

  return {
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    announce: (change) => {
      if (!replacing) announce(change)
    },
    committed: (rows) => {
      const world = rows.findLast(({ table, row }) => table === 'world' && row !== undefined)?.row as
        | WorldRow
        | undefined
      const clockMoved = world !== undefined && world.clockOffsetMs !== offset
      offset = world?.clockOffsetMs ?? offset
      if (replacing) return
      if (clockMoved) announce({ table: 'clock', ids: [] })
      for (const change of changesOf(rows)) announce(change)
    },
    asEverything: async (work) => {
      replacing = true
      try {
        await work()
      } finally {
        replacing = false
        announce({ table: 'everything', ids: [] })
      }
    },
  }
}
