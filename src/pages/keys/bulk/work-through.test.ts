import { expect, test } from 'vitest'
import { simulatedTime } from '#mocks/testing/simulated-time.ts'
import { createPacer } from './pacer.ts'
import { workThrough, type Attempt } from './work-through.ts'

const answered: Attempt = { cloud: 'answered', again: false }

function start(count: number, attempt: (item: number) => Attempt, latency = 20) {
  const time = simulatedTime()
  const began: number[] = []
  const standstills: boolean[] = []
  let underWay = 0
  let most = 0
  let over = false
  const work = workThrough({
    items: Array.from({ length: count }, (_, at) => at),
    atOnce: 4,
    pacer: createPacer('changes', time),
    attempt: async (item) => {
      began.push(item)
      underWay += 1
      most = Math.max(most, underWay)
      await time.sleep(latency)
      underWay -= 1
      return attempt(item)
    },
    onStandstill: (stands) => standstills.push(stands),
  })
  void work.ended.then(() => (over = true))
  return { time, work, began, standstills, most: () => most, underWay: () => underWay, over: () => over }
}

test('every item is attempted once and in order, a few at a time', async () => {
  const run = start(100, () => answered, 400)
  expect(await run.time.until(run.over)).toBe(true)
  expect(run.began).toEqual(Array.from({ length: 100 }, (_, at) => at))
  expect(run.most()).toBe(4)
})

test('what is to be tried again comes before what is new', async () => {
  const tries = new Map<number, number>()
  const run = start(20, (item) => {
    const count = (tries.get(item) ?? 0) + 1
    tries.set(item, count)
    return item === 3 && count < 3 ? { cloud: 'busy', again: true } : answered
  })
  expect(await run.time.until(run.over)).toBe(true)
  expect(run.began.filter((item) => item === 3)).toHaveLength(3)
  expect(new Set(run.began).size).toBe(20)
})

test('a stop begins nothing more, and ends when what is under way has ended', async () => {
  const run = start(1000, () => answered, 500)
  await run.time.until(() => run.began.length >= 50)
  run.work.stop()
  const begun = run.began.length
  expect(run.underWay()).toBeGreaterThan(0)
  expect(await run.time.until(run.over)).toBe(true)
  expect(run.began).toHaveLength(begun)
  expect(run.underWay()).toBe(0)
})

test('three silences in a row are a standstill; going on asks with one item first', async () => {
  let silent = false
  const run = start(200, () => (silent ? { cloud: 'silent', again: true } : answered))
  await run.time.until(() => run.began.length >= 20)
  silent = true
  expect(await run.time.until(run.over)).toBe(false)
  expect(run.standstills).toEqual([true])
  const asked = run.began.length
  run.work.goOn()
  expect(await run.time.until(run.over)).toBe(false)
  expect(run.began).toHaveLength(asked + 1)
  expect(run.standstills).toEqual([true, false, true])
  silent = false
  run.work.goOn()
  expect(await run.time.until(run.over)).toBe(true)
  expect(new Set(run.began).size).toBe(200)
})

test('single silences between answers are no standstill', async () => {
  const run = start(60, (item) => (item % 2 === 0 ? { cloud: 'silent', again: false } : answered), 0)
  expect(await run.time.until(run.over)).toBe(true)
  expect(run.standstills).toEqual([])
})

test('a standstill can be stopped', async () => {
  const run = start(10, () => ({ cloud: 'silent', again: true }))
  expect(await run.time.until(run.over)).toBe(false)
  run.work.stop()
  expect(await run.time.until(run.over)).toBe(true)
  expect(run.standstills).toEqual([true, false])
})

test('nothing to do ends at once', async () => {
  const run = start(0, () => answered)
  expect(await run.time.until(run.over)).toBe(true)
})
