import { expect, test } from 'vitest'
import { simulatedTime } from '#mocks/testing/simulated-time.ts'
import { createRefresher } from './refresher.ts'

const describeKey = (KeyId: string) => ['DescribeKey', 'ak', 'cn-hangzhou', { KeyId }]
const listKeys = ['ListKeys', 'ak', 'cn-hangzhou', {}]
const cached = [describeKey('key-1'), describeKey('key-2'), describeKey('alias/one'), listKeys, ['ListUsers', 'ak']]

function setUp() {
  const time = simulatedTime()
  /** The cached queries that were refreshed, refresh by refresh. */
  const refreshes: { readonly time: number; readonly keys: readonly unknown[] }[] = []
  const note = createRefresher(
    {
      invalidateQueries: async (filters) => {
        const keys = cached.filter((queryKey) => filters?.predicate?.({ queryKey } as never))
        refreshes.push({ time: time.now(), keys })
      },
    },
    { now: time.now, later: (ms, work) => void time.sleep(ms).then(work) },
  )
  return { time, refreshes, note, quiet: () => time.until(() => false) }
}

test('a single change is followed at once, and what it leaves as it is stays', async () => {
  const { refreshes, note, quiet } = setUp()
  note({ table: 'keys', ids: ['key-1'] })
  await quiet()
  expect(refreshes).toEqual([{ time: 16, keys: [describeKey('key-1'), describeKey('alias/one'), listKeys] }])
})

test('what one request changes is refreshed together', async () => {
  const { refreshes, note, quiet } = setUp()
  note({ table: 'keys', ids: ['key-1'] })
  note({ table: 'keys', ids: ['key-2'] })
  note({ table: 'instances', ids: ['kst-1'] })
  await quiet()
  expect(refreshes).toHaveLength(1)
  expect(refreshes[0]?.keys).toEqual(cached.slice(0, 4))
})

test('rows that are not told, or are no keys, refresh every key', async () => {
  const { refreshes, note, quiet } = setUp()
  note({ table: 'keys', ids: [] })
  note({ table: 'keys', ids: ['key-1'] })
  await quiet()
  note({ table: 'keys', ids: ['key-1/version-2'] })
  await quiet()
  expect(refreshes.map(({ keys }) => keys.length)).toEqual([4, 4])
})

test('five hundred changes in a row refresh a few times, the last one included', async () => {
  const { time, refreshes, note, quiet } = setUp()
  for (let at = 0; at < 500; at++) {
    void time.sleep(at * 40).then(() => note({ table: 'keys', ids: [`key-${at}`] }))
  }
  await quiet()
  expect(refreshes.length).toBeLessThan(12)
  expect(refreshes.at(-1)!.time).toBeGreaterThanOrEqual(499 * 40)
  const waits = refreshes.slice(1).map(({ time: at }, index) => at - refreshes[index]!.time)
  expect(Math.max(...waits)).toBeLessThanOrEqual(4000)
})

test('after a quiet while the next change is followed at once again', async () => {
  const { time, refreshes, note, quiet } = setUp()
  for (let at = 0; at < 100; at++) void time.sleep(at * 40).then(() => note({ table: 'keys', ids: ['key-1'] }))
  void time.sleep(60_000).then(() => note({ table: 'keys', ids: ['key-2'] }))
  await quiet()
  expect(refreshes.at(-1)?.time).toBe(60_016)
})
