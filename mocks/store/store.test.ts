import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { gatedPersistence } from '#mocks/testing/gated-persistence.ts'
import { memoryDisk } from '#mocks/testing/memory-persistence.ts'
import { openIndexedDb } from './indexeddb.ts'
import { openStore, type Persistence, type RowChange, type Store } from './store.ts'

interface Note {
  readonly id: string
  readonly text: string
  readonly tags?: readonly { readonly name: string }[]
}
interface Tables {
  readonly notes: Note
  readonly others: Note
}
const ids = { notes: (row: Note) => row.id, others: (row: Note) => row.id }

type Open = () => Promise<Persistence>

let databases = 0
const disks: Record<string, () => Open> = {
  memory: () => {
    const disk = memoryDisk()
    return async () => disk.open()
  },
  IndexedDB: () => {
    const name = `test-${(databases += 1)}`
    return () => openIndexedDb({ name, tables: Object.keys(ids), version: 1, onLost: () => {} })
  },
}

const texts = (store: Store<Tables>): Record<string, string> =>
  Object.fromEntries(
    [...store.read.notes.values(), ...store.read.others.values()]
      .map(({ id, text }) => [id, text] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
const put = (store: Store<Tables>, id: string, text: string): void => store.write((tx) => tx.notes.put({ id, text }))
/** Lets everything that is ready run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe.each(Object.entries(disks))('a store on %s', (_name, newDisk) => {
  let open: Open
  let store: Store<Tables>
  beforeEach(async () => {
    open = newDisk()
    store = await openStore<Tables>(ids, await open())
  })
  const reopened = async (): Promise<Store<Tables>> => openStore<Tables>(ids, await open())

  it('keeps what was durable', async () => {
    put(store, 'a', '1')
    put(store, 'b', '1')
    store.write((tx) => {
      tx.notes.put({ id: 'a', text: '2' })
      tx.notes.delete('b')
      tx.others.put({ id: 'c', text: '1' })
    })
    await store.durable()
    expect(texts(await reopened())).toEqual({ a: '2', c: '1' })
  })

  it('changes nothing when a transaction throws', async () => {
    put(store, 'a', '1')
    const failing = (): void =>
      store.write((tx) => {
        tx.notes.put({ id: 'a', text: '2' })
        tx.others.put({ id: 'b', text: '2' })
        throw new Error('no')
      })
    expect(failing).toThrow('no')
    expect(texts(store)).toEqual({ a: '1' })
    await store.durable()
    expect(texts(await reopened())).toEqual({ a: '1' })
  })

  it('replaces everything at once', async () => {
    put(store, 'a', '1')
    store.write((tx) => tx.others.put({ id: 'b', text: '1' }))
    await store.durable()
    store.replace((tx) => {
      expect([...tx.notes.values()]).toEqual([])
      tx.notes.put({ id: 'c', text: '1' })
    })
    put(store, 'd', '1')
    await store.durable()
    expect(texts(store)).toEqual({ c: '1', d: '1' })
    expect(texts(await reopened())).toEqual({ c: '1', d: '1' })
  })

  it('keeps keys that cannot be extracted, and bytes', async () => {
    const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const row = { id: 'k', text: '', key, bytes: new Uint8Array([1, 2, 3]) }
    store.write((tx) => tx.notes.put(row))
    await store.durable()
    const kept = (await reopened()).read.notes.get('k') as unknown as typeof row
    expect(kept.bytes).toEqual(row.bytes)
    expect(kept.key.extractable).toBe(false)
    const data = new Uint8Array([7])
    expect(await crypto.subtle.sign('HMAC', kept.key, data)).toEqual(await crypto.subtle.sign('HMAC', key, data))
  })

  it('undoes what was not durable when a write fails, and goes on', async () => {
    const gate = gatedPersistence(await open())
    store = await openStore<Tables>(ids, gate)
    const told: RowChange[] = []
    put(store, 'a', '1')
    await settle()
    await gate.pass()
    await store.durable()

    store.onCommit((changes) => told.push(...changes))
    put(store, 'a', '2')
    put(store, 'b', '2')
    const first = store.durable()
    await settle()
    store.replace((tx) => tx.others.put({ id: 'c', text: '3' }))
    put(store, 'd', '3')
    const second = store.durable()
    expect(texts(store)).toEqual({ c: '3', d: '3' })
    told.length = 0

    const cause = new Error('disk full')
    await gate.fail(cause)
    await expect(first).rejects.toBe(cause)
    await expect(second).rejects.toBe(cause)
    expect(texts(store)).toEqual({ a: '1' })
    expect(told.at(-1)).toEqual({ table: 'notes', id: 'a', row: { id: 'a', text: '1' } })
    expect(texts(await reopened())).toEqual({ a: '1' })
    await store.durable()

    put(store, 'e', '4')
    const third = store.durable()
    await settle()
    await gate.pass()
    await third
    expect(texts(store)).toEqual({ a: '1', e: '4' })
    expect(texts(await reopened())).toEqual({ a: '1', e: '4' })
  })

  it('is, after a crash, a prefix of its transactions with all that were acknowledged', async () => {
    const change = fc.record({
      table: fc.constantFrom('notes' as const, 'others' as const),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      kind: fc.constantFrom('put', 'put', 'delete'),
    })
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('write' as const),
          changes: fc.array(change, { minLength: 1, maxLength: 4 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('replace' as const), changes: fc.array(change, { maxLength: 4 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('abandon' as const), changes: fc.array(change, { maxLength: 4 }) }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), written: fc.boolean() }) },
    )
    const contents = (of: Store<Tables>): string =>
      JSON.stringify(
        (['notes', 'others'] as const).map((name) =>
          [...of.read[name].values()].map(({ id, text }) => `${id}=${text}`).sort(),
        ),
      )

    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const openDisk = newDisk()
        let gate = gatedPersistence(await openDisk())
        let current = await openStore<Tables>(ids, gate)
        /** Contents after each transaction since the last that is surely on the disk, which is the first. */
        let history = [contents(current)]
        let acknowledged = 0
        let serial = 0

        const track = (store: Store<Tables>): void => {
          const place = history.length - 1
          const ofHistory = history
          store.durable().then(
            () => {
              if (history === ofHistory) acknowledged = Math.max(acknowledged, place)
            },
            () => {},
          )
        }
        const startAnew = (): void => {
          history = [contents(current)]
          acknowledged = 0
        }

        for (const action of [...steps, { do: 'crash' as const, written: false }]) {
          if (action.do === 'write' || action.do === 'replace' || action.do === 'abandon') {
            serial += 1
            const before = contents(current)
            const body = (tx: Parameters<Parameters<typeof current.write>[0]>[0]): void => {
              for (const { table, id, kind } of action.changes) {
                if (kind === 'delete') tx[table].delete(id)
                else tx[table].put({ id, text: `${serial}` })
              }
              if (action.do === 'abandon') throw new Error('abandoned')
            }
            if (action.do === 'abandon') {
              expect(() => current.write(body)).toThrow('abandoned')
              expect(contents(current)).toBe(before)
            } else {
              current[action.do](body)
              history.push(contents(current))
              track(current)
            }
          } else if (action.do === 'pass') {
            if (gate.waiting()) await gate.pass()
          } else if (action.do === 'fail') {
            if (gate.waiting()) {
              await gate.fail(new Error('failed'))
              await settle()
              // Memory is what is stored, which holds everything that was acknowledged.
              expect(contents(current)).toBe(contents(await openStore<Tables>(ids, await openDisk())))
              expect(history.slice(acknowledged)).toContain(contents(current))
              startAnew()
            }
          } else {
            await gate.crash(action.written)
            gate = gatedPersistence(await openDisk())
            current = await openStore<Tables>(ids, gate)
            expect(history.slice(acknowledged)).toContain(contents(current))
            startAnew()
          }
          await settle()
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('a store', () => {
  it('freezes rows, deeply, and leaves the caller no way to change them', async () => {
    const store = await openStore<Tables>(ids)
    const row = { id: 'a', text: '1', tags: [Object.freeze({ name: 'x' as string, inner: { y: 1 } })] }
    store.write((tx) => tx.notes.put(row))
    expect(() => row.tags.push({ name: 'z', inner: { y: 2 } })).toThrow(TypeError)
    expect(() => (row.tags[0]!.inner.y = 2)).toThrow(TypeError)
    expect(store.read.notes.get('a')).toBe(row)
  })

  it('shows a transaction its own changes once each, and nobody else', async () => {
    const store = await openStore<Tables>(ids)
    put(store, 'a', '1')
    put(store, 'b', '1')
    store.write((tx) => {
      const seen: string[] = []
      for (const note of tx.notes.values()) {
        seen.push(note.id)
        tx.notes.put({ ...note, text: '2' })
        tx.notes.put({ id: `${note.id}${note.id}`, text: '2' })
      }
      tx.notes.delete('b')
      expect(seen).toEqual(['a', 'b'])
      expect([...tx.notes.values()].map(({ id }) => id).sort()).toEqual(['a', 'aa', 'bb'])
      expect(tx.notes.get('b')).toBeUndefined()
      expect(texts(store)).toEqual({ a: '1', b: '1' })
    })
    expect(texts(store)).toEqual({ a: '2', aa: '2', bb: '2' })
  })

  it('refuses nesting, and a body that goes on after its end', async () => {
    const store = await openStore<Tables>(ids)
    expect(() => store.write(() => put(store, 'a', '1'))).toThrow('do not nest')
    const late = store.write(async (tx) => {
      await Promise.resolve()
      tx.notes.put({ id: 'a', text: '1' })
    })
    await expect(late).rejects.toThrow('closed')
    put(store, 'b', '1')
    expect(texts(store)).toEqual({ b: '1' })
  })

  it('writes one batch at a time, in order, and commits what waits together', async () => {
    const gate = gatedPersistence(memoryDisk().open())
    const store = await openStore<Tables>(ids, gate)
    const batch = (): string => (gate.waiting() ?? []).map(({ id }) => id).join('')
    put(store, 'a', '1')
    put(store, 'b', '1')
    await settle()
    expect(batch()).toBe('ab')
    put(store, 'c', '1')
    put(store, 'd', '1')
    let durable = false
    const done = store.durable().then(() => (durable = true))
    await settle()
    expect(batch()).toBe('ab')
    await gate.pass()
    await settle()
    expect(batch()).toBe('cd')
    expect(durable).toBe(false)
    await gate.pass()
    await done
  })

  it('tells a checkpoint of a failure that happened before the end of the work', async () => {
    const gate = gatedPersistence(memoryDisk().open())
    const store = await openStore<Tables>(ids, gate)
    const kept = store.checkpoint()
    put(store, 'a', '1')
    await settle()
    const cause = new Error('disk full')
    await gate.fail(cause)
    await settle()
    await expect(kept()).rejects.toBe(cause)
    await expect(store.checkpoint()()).resolves.toBeUndefined()
  })
})
