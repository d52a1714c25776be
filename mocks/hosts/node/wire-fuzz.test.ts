import { expect, test } from 'vitest'
import { fuzzWire } from '#mocks/testing/wire-fuzz.ts'

const seed = Number(process.env.KMS_SEED ?? 1)

test('200 requests with changed bytes: refused, or answered where the change means nothing, and never a 500 or a hang', async () => {
  const statuses = await fuzzWire(seed, 200)
  // Changed ones are refused by the server, by the gateway, or still right.
  for (const status of [200, 400]) expect(statuses.get(status), `status ${status}`).toBeGreaterThan(0)
}, 60_000)
