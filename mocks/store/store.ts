/**
 * In-memory tables with synchronous, all-or-nothing transactions over frozen rows. What is written goes to the
 * persistence port in order; an answer waits for `durable()`, so whatever was answered is there after a crash.
 */

type Rows = object
type IdsOf<T extends Rows> = { readonly [N in keyof T]: (row: T[N]) => string }

export interface ReadTable<Row> {
  readonly get: (id: string) => Row | undefined
  readonly values: () => Iterable<Row>
}
export interface WriteTable<Row> extends ReadTable<Row> {
  readonly put: (row: Row) => void
  readonly delete: (id: string) => void
}
export type ReadTransaction<T extends Rows> = { readonly [N in keyof T]: ReadTable<T[N]> }
export type WriteTransaction<T extends Rows> = { readonly [N in keyof T]: WriteTable<T[N]> }

/** One changed row; `row` undefined: deleted. */
export interface RowChange {
  readonly table: string
  readonly id: string
  readonly row: unknown
}

/** Where rows survive. `write` resolves when the rows are durable; it is never called again before that. */
export interface Persistence {
  readonly load: () => Promise<Readonly<Record<string, readonly unknown[]>>>
  readonly write: (changes: readonly RowChange[]) => Promise<void>
  /** Removes everything and writes these rows, all or nothing. */
  readonly replace: (changes: readonly RowChange[]) => Promise<void>
}

export interface Store<T extends Rows> {
  /** The committed tables. */
  readonly read: ReadTransaction<T>
  /** Runs `body` on the tables; its changes are applied together, or not at all when it throws. */
  readonly write: <R>(body: (tx: WriteTransaction<T>) => R) => R
  /** Empties all tables and fills them by `body`, as one transaction. */
  readonly replace: (body: (tx: WriteTransaction<T>) => void) => void
  /** Resolves when all that was written so far is durable. Rejects when it could not be made so; the tables are then what is stored. */
  readonly durable: () => Promise<void>
  readonly onCommit: (listener: (changes: readonly RowChange[]) => void) => () => void
}

function deepFreeze<V>(value: V): V {
  if (
    Array.isArray(value) ||
    (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
  ) {
    if (Object.isFrozen(value)) return value
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}

/** Opens a store on what the persistence port holds; without a port it lives in memory only. */
export async function openStore<T extends Rows>(ids: IdsOf<T>, persistence?: Persistence): Promise<Store<T>> {
  const names = Object.keys(ids) as (keyof T & string)[]
  const tables = new Map<string, Map<string, unknown>>(names.map((name) => [name, new Map()]))
  const listeners = new Set<(changes: readonly RowChange[]) => void>()
  const idOf = (name: string, row: unknown): string => (ids as Record<string, (row: unknown) => string>)[name]!(row)

  async function fill(): Promise<void> {
    const stored = (await persistence?.load()) ?? {}
    for (const [name, table] of tables) {
      table.clear()
      for (const row of stored[name] ?? []) table.set(idOf(name, row), deepFreeze(row))
    }
  }

  // Writes reach the port one batch at a time; what arrives meanwhile forms the next batch.
  let waiting: { changes: RowChange[]; replaces: boolean } | null = null
  let running: Promise<void> = Promise.resolve()
  let settled: Promise<void> = Promise.resolve()

  function persist(changes: readonly RowChange[], replaces: boolean): void {
    if (!persistence) return
    if (waiting && !replaces) {
      waiting.changes.push(...changes)
      return
    }
    const batch = { changes: [...changes], replaces: replaces || (waiting?.replaces ?? false) }
    if (waiting) {
      waiting.changes = batch.changes
      waiting.replaces = batch.replaces
      return
    }
    waiting = batch
    running = running.then(async () => {
      const { changes: rows, replaces: whole } = waiting!
      waiting = null
      try {
        await (whole ? persistence.replace(rows) : persistence.write(rows))
      } catch (error) {
        await fill()
        throw error
      }
    })
    settled = running
    running = running.catch(() => {})
    settled.catch(() => {})
  }

  function transaction<R>(body: (tx: WriteTransaction<T>) => R, replaces: boolean): R {
    const overlays = new Map<string, Map<string, unknown>>(names.map((name) => [name, new Map()]))
    const tx = Object.fromEntries(
      names.map((name) => {
        const base = replaces ? new Map<string, unknown>() : tables.get(name)!
        const overlay = overlays.get(name)!
        const table: WriteTable<unknown> = {
          get: (id) => (overlay.has(id) ? overlay.get(id) : base.get(id)),
          *values() {
            for (const [id, row] of base) if (!overlay.has(id)) yield row
            for (const row of overlay.values()) if (row !== undefined) yield row
          },
          put: (row) => void overlay.set(idOf(name, row), deepFreeze(row)),
          delete: (id) => void overlay.set(id, undefined),
        }
        return [name, table]
      }),
    ) as WriteTransaction<T>
    const result = body(tx)
    const changes: RowChange[] = []
    for (const [name, overlay] of overlays) {
      const table = tables.get(name)!
      if (replaces) table.clear()
      for (const [id, row] of overlay) {
        if (row === undefined) table.delete(id)
        else table.set(id, row)
        changes.push({ table: name, id, row })
      }
    }
    if (changes.length > 0 || replaces) {
      persist(changes, replaces)
      for (const listener of listeners) listener(changes)
    }
    return result
  }

  await fill()
  return {
    read: Object.fromEntries(
      names.map((name) => {
        const table = tables.get(name)!
        return [name, { get: (id: string) => table.get(id), values: () => table.values() }]
      }),
    ) as unknown as ReadTransaction<T>,
    write: (body) => transaction(body, false),
    replace: (body) => transaction(body, true),
    durable: () => settled,
    onCommit: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
