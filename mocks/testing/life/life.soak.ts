import { test } from 'vitest'
import { compareLives } from '#mocks/testing/life/life.ts'

test.each(Array.from({ length: 10 }, (_, index) => index + 100))('seed %i', async (seed) => {
  await compareLives({ seed, runs: 200, length: 100 })
})
