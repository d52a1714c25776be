import { expect, test } from 'vitest'
import { fuzzWire } from '#mocks/testing/wire-fuzz.ts'

const seed = Number(process.env.KMS_SEED ?? Date.now() % 1_000_000)

test(`10,000 requests with changed bytes (KMS_SEED=${seed})`, async () => {
  const statuses = await fuzzWire(seed, 10_000)
  expect(statuses.get(200)).toBeGreaterThan(0)
})
