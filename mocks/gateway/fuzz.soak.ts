import { expect, test } from 'vitest'
import { fuzz } from '#mocks/testing/fuzz.ts'

test.each(Array.from({ length: 10 }, (_, index) => index + 100))('seed %i', async (seed) => {
  expect((await fuzz(seed, 10_000)).get('success')).toBeGreaterThan(0)
})
