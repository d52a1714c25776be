import type { Persistence, RowChange } from '#mocks/store/store.ts'

/** What a store keeps between two openings, as IndexedDB would: copies, and a batch whole or not at all. */
export interface MemoryDisk {
  readonly open: () => Persistence
  /** Tables with rows by ID. */
  readonly rows: () => Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export function memoryDisk(): MemoryDisk {
  let tables = new Map<string, Map<string, unknown>>()

  const changed = (from: ReadonlyMap<string, Map<string, unknown>>, changes: readonly RowChange[]) => {
    const to = new Map([...from].map(([name, rows]) => [name, new Map(rows)]))
    for (const { table, id, row } of changes) {
      if (!to.has(table)) to.set(table, new Map())
      if (row === undefined) to.get(table)!.delete(id)
      else to.get(table)!.set(id, structuredClone(row))
    }
    return to
  }

  return {
    open: () => ({
      load: async () =>
        Object.fromEntries(
          [...tables].map(([name, rows]) => [name, [...rows.values()].map((row) => structuredClone(row))]),
        ),
      write: async (changes) => {
        tables = changed(tables, changes)
      },
      replace: async (changes) => {
        tables = changed(new Map(), changes)
      },
    }),
    rows: () => Object.fromEntries([...tables].map(([name, rows]) => [name, Object.fromEntries(rows)])),
  }
}
