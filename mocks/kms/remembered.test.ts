import { expect, test, vi } from 'vitest'
import { cloudTables, type AccountRow } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { remembered } from './remembered.ts'

const account = (accountId: string): AccountRow => ({ accountId, name: accountId, kmsStatus: 'Enabled' })

test('what was made is made again only after one of its tables changed, or was put back', async () => {
  const write = vi.fn(async () => {})
  const db = await openStore(cloudTables, { load: async () => ({}), write, replace: async () => {} })
  const make = vi.fn(() => [...db.read.accounts.values()].length)
  const count = () => remembered(db, 'count', ['accounts'], make)
  expect([count(), count()]).toEqual([0, 0])
  expect(make).toHaveBeenCalledTimes(1)
  db.write((tx) => tx.withdrawals.put({ id: 'i/a', instanceId: 'i', accountId: 'a', returnsAt: 0 }))
  expect(count()).toBe(0)
  expect(make).toHaveBeenCalledTimes(1)
  db.write((tx) => tx.accounts.put(account('a')))
  expect(count()).toBe(1)
  await db.durable()
  write.mockRejectedValueOnce(new Error('full'))
  db.write((tx) => tx.accounts.put(account('b')))
  expect(count()).toBe(2)
  await expect(db.durable()).rejects.toThrow('full')
  expect(count()).toBe(1)
})

test('stores are apart, and of many things the oldest is forgotten', async () => {
  const [one, other] = [await openStore(cloudTables), await openStore(cloudTables)]
  const make = vi.fn((text: string) => text)
  expect(remembered(one, 'x', [], () => make('one'))).toBe('one')
  expect(remembered(other, 'x', [], () => make('other'))).toBe('other')
  for (let at = 0; at < 31; at++) remembered(one, `more ${at}`, [], () => '')
  remembered(one, 'x', [], () => make('again'))
  expect(make).toHaveBeenCalledTimes(2)
  for (let at = 31; at < 63; at++) remembered(one, `more ${at}`, [], () => '')
  expect(remembered(one, 'x', [], () => make('again'))).toBe('again')
})
