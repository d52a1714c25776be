/** Rows in IndexedDB: one object store per table, the database's version is the schema's. */
import { openDB, type IDBPDatabase } from 'idb'
import { StartError, type StartProblem } from '#src/api/contract/backend.ts'
import type { Persistence, RowChange } from './store.ts'

export interface IndexedDbOptions {
  readonly name: string
  readonly tables: readonly string[]
  /** Raised when stored rows change their shape. */
  readonly version: number
  /**
   * The data was taken away from under the connection: somebody deletes the database, or the browser closed it. Every later call rejects;
   * only opening anew helps.
   */
  readonly onLost: () => void
}

export interface IndexedDbPersistence extends Persistence {
  readonly close: () => void
}

const problems: Readonly<Record<string, StartProblem>> = {
  VersionError: 'storedByNewerBuild',
  QuotaExceededError: 'storageFull',
  // Refused by a setting of the browser, or by its private mode.
  SecurityError: 'storageRefused',
  InvalidStateError: 'storageRefused',
  NotAllowedError: 'storageRefused',
  // The browser could not read its own files, or a row in them.
  UnknownError: 'storageDamaged',
  NotFoundError: 'storageDamaged',
  NotReadableError: 'storageDamaged',
  DataError: 'storageDamaged',
}

function storageError(cause: unknown): StartError {
  if (cause instanceof StartError) return cause
  const name = cause instanceof Error ? cause.name : ''
  return new StartError(problems[name] ?? 'failed', { cause })
}

async function open({ name, tables, version, onLost }: IndexedDbOptions): Promise<IDBPDatabase> {
  if (globalThis.indexedDB === undefined) throw new StartError('storageRefused')
  const database = await openDB(name, version, {
    upgrade(upgraded) {
      for (const table of tables) if (!upgraded.objectStoreNames.contains(table)) upgraded.createObjectStore(table)
    },
    blocking() {
      database.close()
      onLost()
    },
    terminated: onLost,
  })
  const missing = tables.filter((table) => !database.objectStoreNames.contains(table))
  if (missing.length > 0) {
    database.close()
    throw new StartError('storageDamaged', { cause: new Error(`${name} lacks ${missing.join(', ')}.`) })
  }
  return database
}

/** Opens the database, and makes it where there is none. This and every call of the result reject with StartError. */
export async function openIndexedDb(options: IndexedDbOptions): Promise<IndexedDbPersistence> {
  const { tables } = options
  const database = await open(options).catch((error: unknown) => {
    throw storageError(error)
  })

  async function load(): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const transaction = database.transaction(tables)
    const rows = await Promise.all(tables.map((table) => transaction.objectStore(table).getAll()))
    return Object.fromEntries(tables.map((table, index) => [table, rows[index]!]))
  }

  async function write(changes: readonly RowChange[], emptyFirst: boolean): Promise<void> {
    const touched = emptyFirst ? tables : [...new Set(changes.map(({ table }) => table))]
    const transaction = database.transaction(touched, 'readwrite', { durability: 'strict' })
    const causes: unknown[] = []
    const note = (request: Promise<unknown>): void => void request.catch((error: unknown) => causes.push(error))
    try {
      if (emptyFirst) for (const table of tables) note(transaction.objectStore(table).clear())
      for (const { table, id, row } of changes) {
        const rows = transaction.objectStore(table)
        note(row === undefined ? rows.delete(id) : rows.put(row, id))
      }
    } catch (error) {
      note(transaction.done)
      transaction.abort()
      throw error
    }
    await transaction.done.catch((error: unknown) => {
      // Everything that was under way reports AbortError; what caused it says more.
      throw (
        [...causes, transaction.error].find((cause) => cause instanceof Error && cause.name !== 'AbortError') ?? error
      )
    })
  }

  const named = async <R>(work: Promise<R>): Promise<R> => {
    try {
      return await work
    } catch (error) {
      throw storageError(error)
    }
  }

  return {
    load: () => named(load()),
    write: (changes) => named(write(changes, false)),
    replace: (changes) => named(write(changes, true)),
    close: () => database.close(),
  }
}
