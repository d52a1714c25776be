import { expect, test } from 'vitest'
import { deletionTime, namesKey, readDays } from './deletion.ts'

const outOfRange = { code: 'outOfRange', min: 7, max: 366 }

test.each([
  ['7', 7],
  [' 366 ', 366],
  ['030', 30],
  ['', { code: 'required' }],
  ['6', outOfRange],
  ['367', outOfRange],
  ['7.5', outOfRange],
  ['1e2', outOfRange],
  ['-30', outOfRange],
  ['３０', outOfRange],
])('%j days', (typed, expected) => {
  expect(readDays(typed)).toEqual(expected)
})

test('days are of 24 hours, whatever the clocks on the wall do', () => {
  const now = Date.parse('2026-10-20T00:00:00Z')
  expect(new Date(deletionTime(now, 30)).toISOString()).toBe('2026-11-19T00:00:00.000Z')
})

test('a key is named by its ID or any alias, and by nothing close to them', () => {
  const names = ['alias/a', 'alias/b'] as const
  for (const typed of ['key-1', ' alias/b ', 'alias/a']) expect(namesKey(typed, 'key-1', names), typed).toBe(true)
  for (const typed of ['', 'alias', 'Alias/a', 'key-1 alias/a', 'key-11'])
    expect(namesKey(typed, 'key-1', names)).toBe(false)
})
