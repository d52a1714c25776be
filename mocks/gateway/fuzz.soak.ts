import { expect, test } from 'vitest'
import { actions, isActionName } from '#src/api/contract/actions.ts'
import { fuzz } from '#mocks/testing/fuzz.ts'

const done = Object.keys(actions).filter((name) => isActionName(name) && !('absent' in actions[name]))

test.each(Array.from({ length: 10 }, (_, index) => index + 100))('seed %i', async (seed) => {
  const { carriedOut } = await fuzz(seed, 10_000)
  expect(done.filter((name) => !carriedOut.has(name))).toEqual([])
})
