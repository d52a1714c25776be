import { afterAll, expect, test } from 'vitest'
import { actions, isActionName } from '#src/api/contract/actions.ts'
import { fuzz } from '#mocks/testing/fuzz.ts'

const reached = new Set<string>()

test.each(Array.from({ length: 10 }, (_, index) => index + 100))('seed %i', async (seed) => {
  const { carriedOut } = await fuzz(seed, 10_000)
  for (const name of carriedOut) reached.add(name)
  expect(carriedOut.size).toBeGreaterThan(30)
})

afterAll(() => {
  const done = Object.keys(actions).filter((name) => isActionName(name) && !('absent' in actions[name]))
  expect(done.filter((name) => !reached.has(name))).toEqual([])
})
