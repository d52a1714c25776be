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
  instances: { table: 'instances', idOf: same },
  withdrawals: { table: 'instances', idOf: (id) => id.split('/', 1)[0]! },
  accounts: { table: 'identities', idOf: same },
  principals: { table: 'identities', idOf: same },
  ramPolicies: { table: 'identities', idOf: same },
  accessKeys: { table: 'identities', idOf: same },
  externalKeys: { table: 'externalKeys', idOf: same },
  wrappingKeys: null,
  credentials: null,
  /** Its clock alone is of interest: see `clockChanges`. */
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

/** Whether the cloud's clock is another than before. The world's row changes with every identifier drawn. */
export const movesClock = (rows: readonly RowChange[], offsetBefore: number): boolean =>
  rows.some(({ table, row }) => table === 'world' && (row as WorldRow | undefined)?.clockOffsetMs !== offsetBefore)
