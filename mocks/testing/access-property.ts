import fc from 'fast-check'
import { expect } from 'vitest'
import { agreement, ground, tuples, type Tally } from './access-agreement.ts'
import { drawnAccess } from './access-world.ts'

const perWorld = 50

/** Worlds of drawn policies, and in each what 50 random tuples of principal, permission and key are told and then meet. */
export async function expectAgreement(worlds: number, seed: number): Promise<void> {
  const on = await ground()
  const total = { tuples: 0, allowed: 0, denied: 0, obstructed: 0, flipped: 0, unchangeable: 0 }
  const asking = fc.array(tuples, { minLength: perWorld, maxLength: perWorld })
  await fc.assert(
    fc.asyncProperty(drawnAccess, asking, async (drawn, asked) => {
      const tally = await agreement(drawn, asked, on)
      for (const name of Object.keys(total) as (keyof Tally)[]) total[name] += tally[name]
    }),
    // A counterexample says what disagreed; shrinking it would take minutes.
    { numRuns: worlds, seed, endOnFailure: true },
  )
  expect(total.tuples).toBeGreaterThan(worlds * perWorld * 0.95)
  // Each kind of answer is met often; otherwise this would prove little.
  const { tuples: all, allowed, denied, obstructed, flipped } = total
  expect(Math.min(allowed, denied, obstructed)).toBeGreaterThan(all * 0.08)
  expect(flipped).toBeGreaterThan(all * 0.6)
}
