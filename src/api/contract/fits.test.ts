import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits } from './fits.ts'

test('agrees with a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', ':'), maxLength: 8 })
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`)
      expect(fits(pattern, text)).toBe(expression.test(text))
    }),
    { numRuns: 2000 },
  )
})
