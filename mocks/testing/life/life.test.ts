import { expect, test } from 'vitest'
import { compareLives } from './life.ts'

test('the emulator does what the documented rules say, whatever happens to keys', async () => {
  const outcomes = await compareLives({ runs: 40, length: 60 })
  // What never came was not tested.
  for (const [name, codes] of outcomes) {
    expect(codes.get('success'), name).toBeGreaterThan(0)
    expect(codes.size, name).toBeGreaterThan(1)
  }
}, 120_000)
