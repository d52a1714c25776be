import { expect, test } from 'vitest'
import { simulatedTime } from '#mocks/testing/simulated-time.ts'
import { createPacer } from './pacer.ts'

/** The times at which so many requests go out. */
async function times(pacer: ReturnType<typeof createPacer>, time: ReturnType<typeof simulatedTime>, count: number) {
  const out: number[] = []
  for (let at = 0; at < count; at++) void pacer.turn().then(() => out.push(time.now()))
  await time.until(() => out.length === count)
  return out
}

/** The most requests within any second. */
const densest = (out: readonly number[]): number =>
  Math.max(...out.map((from) => out.filter((at) => at >= from && at < from + 1000).length))

test.each([
  ['changes', 30],
  ['lists', 50],
] as const)(
  'no second holds more %s than the published limit, and a minute nearly as many as it may',
  async (group, limit) => {
    const time = simulatedTime()
    const pacer = createPacer(group, time)
    const out = await times(pacer, time, limit * 60)
    expect(densest(out)).toBeLessThanOrEqual(limit)
    expect(out.at(-1)!).toBeLessThan(80_000)
  },
)

test('after a rest no burst goes beyond the limit', async () => {
  const time = simulatedTime()
  const pacer = createPacer('changes', time)
  const first = await times(pacer, time, 40)
  let rested = false
  void time.sleep(60_000).then(() => (rested = true))
  await time.until(() => rested)
  const second = await times(pacer, time, 40)
  expect(densest([...first, ...second])).toBeLessThanOrEqual(30)
})

test('a refusal for the rate pauses everything, longer each time, and full pace comes back with answers', async () => {
  const time = simulatedTime()
  const pacer = createPacer('changes', time)
  await times(pacer, time, 20)
  const usual = time.now()
  pacer.slowDown()
  pacer.slowDown()
  const [resumed = 0] = await times(pacer, time, 1)
  expect(resumed - usual).toBeGreaterThanOrEqual(250)
  expect(resumed - usual).toBeLessThan(500)
  pacer.slowDown()
  const before = time.now()
  const [again = 0] = await times(pacer, time, 1)
  expect(again - before).toBeCloseTo(500, 3)
  for (let at = 0; at < 50; at++) {
    await times(pacer, time, 1)
    pacer.answered()
  }
  const start = time.now()
  await times(pacer, time, 48)
  expect(time.now() - start).toBeLessThan(2100)
})
