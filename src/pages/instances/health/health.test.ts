import { expect, test } from 'vitest'
import { barsOf, spansOf } from './figures.ts'
import { readHealthSearch } from './health-search.ts'

test('bars are what went well and what failed at each hop', () => {
  const bucket = { Start: '', Requests: 9, Failures: { kms: 1, proxy: 2, keyManager: 3 }, P50: 1, P90: 1, P99: 1 }
  expect(barsOf(bucket)).toEqual([3, 1, 2, 3])
})

test('states are the newest first, each until the next', () => {
  const state = (At: string) => ({ At, Status: 'Connected', Hop: '', Cause: '' }) as const
  expect(spansOf([state('a'), state('b')]).map(({ At, Until }) => [At, Until])).toEqual([
    ['b', null],
    ['a', 'b'],
  ])
})

test.each([
  [{ period: '24h' }, { period: '24h' }],
  [{ period: '1h' }, {}],
  [{ period: 'toString' }, {}],
  [{ period: 15 }, {}],
  [{}, {}],
])('the address %o means %o', (raw, expected) => {
  expect(readHealthSearch(raw)).toEqual(expected)
})
