/** What is derived from whole tables, and asked for again and again: remembered until one of the tables changes. */
import type { CloudTables } from '#mocks/store/rows.ts'
import type { Store } from '#mocks/store/store.ts'

interface Entry {
  readonly tables: readonly (keyof CloudTables)[]
  readonly value: unknown
}

/** Lists that are under way at the same time, page by page. */
const capacity = 32

const memories = new WeakMap<Store<CloudTables>, Map<string, Entry>>()

function memoryOf(db: Store<CloudTables>): Map<string, Entry> {
  const known = memories.get(db)
  if (known) return known
  const memory = new Map<string, Entry>()
  db.onCommit((changes) => {
    const changed = new Set<string>(changes.map(({ table }) => table))
    for (const [name, { tables }] of memory) if (tables.some((table) => changed.has(table))) memory.delete(name)
  })
  memories.set(db, memory)
  return memory
}

/** `name`: what it is and all that it depends on besides the tables. What comes back is shared: nobody changes it. */
export function remembered<T>(
  db: Store<CloudTables>,
  name: string,
  tables: readonly (keyof CloudTables)[],
  make: () => T,
): T {
  const memory = memoryOf(db)
  const known = memory.get(name)
  if (known) {
    // The last to be asked for is the last to be forgotten.
    memory.delete(name)
    memory.set(name, known)
    return known.value as T
  }
  const value = make()
  memory.set(name, { tables, value })
  if (memory.size > capacity) memory.delete(memory.keys().next().value!)
  return value
}
