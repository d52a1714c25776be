/**
 * In-memory tables with synchronous, all-or-nothing transactions over frozen rows. What is written goes to the
 * persistence port in order; an answer waits until it is durable, so whatever was answered is there after a crash.
 */
import { createJournal } from './journal.ts'

type Rows = object
type IdsOf<T extends Rows> = { readonly [N in keyof T]: (row: T[N]) => string }

export interface ReadTable<Row> {
  readonly get: (id: string) => Row | undefined
  /** In no promised order: sort what is shown. */
  readonly values: () => Iterable<Row>
}
export interface WriteTable<Row> extends ReadTable<Row> {
  /** Freezes the row, deeply, and keeps it. */
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

/** Where rows survive. One call at a time; a call that rejects has changed nothing. */
export interface Persistence {
  readonly load: () => Promise<Readonly<Record<string, readonly unknown[]>>>
  /** All of the changes in their order, or none; resolves when they are durable. */
  readonly write: (changes: readonly RowChange[]) => Promise<void>
  /** The same, on emptied tables. */
  readonly replace: (changes: readonly RowChange[]) => Promise<void>
}

const nowhere: Persistence = { load: async () => ({}), write: async () => {}, replace: async () => {} }

export interface Store<T extends Rows> {
  /** The committed tables. */
  readonly read: ReadTransaction<T>
  /**
   * Runs `body` on the tables; its changes are applied together, or not at all when it throws. `body` is synchronous:
   * its tables are closed when it returns. Transactions do not nest.
   */
  readonly write: <R>(body: (tx: WriteTransaction<T>) => R) => R
  /** Empties all tables and fills them by `body`, as one transaction. */
  readonly replace: (body: (tx: WriteTransaction<T>) => void) => void
  /**
   * Resolves when all that is written by now is durable. Rejects when persistence fails: every transaction that was not durable is then
   * undone, the tables are what is stored, and later writes start from there. Ask in the same task as the write, or use `checkpoint`.
   */
  readonly durable: () => Promise<void>
  /**
   * Taken before work of several steps. What it returns is called at the end: it resolves when everything seen and written since is
   * durable, and rejects with the cause when any of it may have been undone.
   */
  readonly checkpoint: () => () => Promise<void>
  /** Told of every transaction's changes, and of the reverse changes when one is undone. A listener must not throw. */
  readonly onCommit: (listener: (changes: readonly RowChange[]) => void) => () => void
}

type Table = Map<string, unknown>

const deeplyFrozen = new WeakSet<object>()

/** Freezes arrays and plain objects; keys and byte arrays stay as they are. */
function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || deeplyFrozen.has(value)) return
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return
  deeplyFrozen.add(Object.freeze(value))
  for (const inner of Object.values(value)) deepFreeze(inner)
}

/** The same for what was just read from where rows survive, and is seen for the first time: remembering it would take longer than all the rest. */
function freezeFresh(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freezeFresh(inner)
}

/** A table inside a transaction: what is stored, seen through `changed`. */
function overlay(
  stored: Table,
  changed: Table,
  idOf: (row: unknown) => string,
  assertOpen: () => void,
): WriteTable<unknown> {
  return {
    get(id) {
      assertOpen()
      return changed.has(id) ? changed.get(id) : stored.get(id)
    },
    values() {
      assertOpen()
      const rows = changed.size === 0 ? stored : new Map([...stored, ...changed])
      return [...rows.values()].filter((row) => row !== undefined)
    },
    put(row) {
      assertOpen()
      deepFreeze(row)
      changed.set(idOf(row), row)
    },
    delete(id) {
      assertOpen()
      changed.set(id, undefined)
    },
  }
}

/** Opens a store on what the persistence port holds; without a port it lives in memory only. */
export async function openStore<T extends Rows>(ids: IdsOf<T>, persistence: Persistence = nowhere): Promise<Store<T>> {
  const idOf = Object.entries(ids) as [name: string, idOf: (row: unknown) => string][]
  const stored = await persistence.load()
  const tables = new Map<string, Table>(
    idOf.map(([name, id]) => [
      name,
      new Map(
        (stored[name] ?? []).map((row) => {
          freezeFresh(row)
          return [id(row), row]
        }),
      ),
    ]),
  )
  const journal = createJournal(persistence)
  const listeners = new Set<(changes: readonly RowChange[]) => void>()
  let writing = false

  function apply(changes: readonly RowChange[]): void {
    for (const { table, id, row } of changes) {
      if (row === undefined) tables.get(table)!.delete(id)
      else tables.get(table)!.set(id, row)
    }
    for (const listener of listeners) listener(changes)
  }

  /** What `body` changes, without changing it yet. */
  function collect<R>(body: (tx: WriteTransaction<T>) => R, replaces: boolean): { result: R; changes: RowChange[] } {
    if (writing) throw new Error('A transaction is open: transactions do not nest.')
    let open = true
    const assertOpen = (): void => {
      if (!open) throw new Error('The transaction is closed: its body must be synchronous.')
    }
    const changed = new Map<string, Table>(idOf.map(([name]) => [name, new Map()]))
    const tx = Object.fromEntries(
      idOf.map(([name, id]) => [
        name,
        overlay(replaces ? new Map() : tables.get(name)!, changed.get(name)!, id, assertOpen),
      ]),
    ) as WriteTransaction<T>
    writing = true
    try {
      const result = body(tx)
      if (replaces) for (const [name, rows] of changed) forgetOthers(tables.get(name)!, rows)
      return {
        result,
        changes: [...changed].flatMap(([table, rows]) => [...rows].map(([id, row]) => ({ table, id, row }))),
      }
    } finally {
      open = false
      writing = false
    }
  }

  function transaction<R>(body: (tx: WriteTransaction<T>) => R, replaces: boolean): R {
    const { result, changes } = collect(body, replaces)
    if (changes.length === 0) return result
    const before = changes.map(({ table, id }) => ({ table, id, row: tables.get(table)!.get(id) }))
    journal.append({ changes, replaces, undo: () => apply(before) })
    apply(changes)
    return result
  }

  return {
    read: Object.fromEntries(
      [...tables].map(([name, table]) => [
        name,
        { get: (id: string) => table.get(id), values: () => table.values() } satisfies ReadTable<unknown>,
      ]),
    ) as unknown as ReadTransaction<T>,
    write: (body) => transaction(body, false),
    replace: (body) => transaction(body, true),
    durable: journal.durable,
    checkpoint: journal.checkpoint,
    onCommit: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Marks as deleted what `stored` holds and `changed` does not. */
function forgetOthers(stored: Table, changed: Table): void {
  for (const id of stored.keys()) if (!changed.has(id)) changed.set(id, undefined)
}
