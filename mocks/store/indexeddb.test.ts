import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openIndexedDb, type IndexedDbOptions } from './indexeddb.ts'

let databases = 0
const options = (changed: Partial<IndexedDbOptions> = {}): IndexedDbOptions => ({
  name: `indexeddb-${(databases += 1)}`,
  tables: ['notes', 'others'],
  version: 2,
  onLost: () => {},
  ...changed,
})
const change = { table: 'notes', id: 'a', row: { id: 'a' } }

afterEach(() => vi.restoreAllMocks())

describe('IndexedDB', () => {
  it('refuses what a newer build stored', async () => {
    const given = options()
    const newer = await openDB(given.name, 3)
    newer.close()
    await expect(openIndexedDb(given)).rejects.toMatchObject({ problem: 'storedByNewerBuild' })
  })

  it('adds tables to what an older build stored', async () => {
    const given = options()
    const older = await openIndexedDb({ ...given, version: 1, tables: ['notes'] })
    await older.write([change])
    older.close()
    const now = await openIndexedDb(given)
    expect(await now.load()).toEqual({ notes: [{ id: 'a' }], others: [] })
  })

  it('says that storage is damaged when a table is missing', async () => {
    const given = options()
    const other = await openDB(given.name, given.version)
    other.close()
    await expect(openIndexedDb(given)).rejects.toMatchObject({ problem: 'storageDamaged' })
  })

  it('says that storage is refused where there is none', async () => {
    vi.stubGlobal('indexedDB', undefined)
    await expect(openIndexedDb(options())).rejects.toMatchObject({ problem: 'storageRefused' })
    vi.unstubAllGlobals()
  })

  it.each([
    ['SecurityError', 'storageRefused'],
    ['UnknownError', 'storageDamaged'],
    ['ConstraintError', 'failed'],
  ])('says of %s: %s', async (name, problem) => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', name)
    })
    await expect(openIndexedDb(options())).rejects.toMatchObject({ problem, cause: { name } })
  })

  it('says that storage is full, and has written nothing', async () => {
    const given = options()
    const disk = await openIndexedDb(given)
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, row, id) {
      if (id === 'b') throw new DOMException('no room', 'QuotaExceededError')
      return put.call(this, row, id)
    })
    await expect(disk.write([change, { ...change, id: 'b' }])).rejects.toMatchObject({ problem: 'storageFull' })
    vi.restoreAllMocks()
    expect(await disk.load()).toEqual({ notes: [], others: [] })
    await disk.write([change])
    expect(await disk.load()).toEqual({ notes: [{ id: 'a' }], others: [] })
  })

  it('asks for strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const disk = await openIndexedDb(options())
    await disk.write([change])
    expect(transaction).toHaveBeenLastCalledWith(['notes'], 'readwrite', { durability: 'strict' })
    await disk.replace([])
    expect(transaction).toHaveBeenLastCalledWith(['notes', 'others'], 'readwrite', { durability: 'strict' })
  })

  it('lets go when somebody deletes the database, and says so', async () => {
    const onLost = vi.fn()
    const given = options({ onLost })
    const disk = await openIndexedDb(given)
    await deleteDB(given.name)
    expect(onLost).toHaveBeenCalledOnce()
    await expect(disk.write([change])).rejects.toThrow()
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(given.name)
  })
})
