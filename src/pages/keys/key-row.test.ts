import { describe, expect, it } from 'vitest'
import { aliasesByKey, countdown, statusOf, tagsByKey, toggleOf, withCreatedFirst } from './key-row.ts'

const day = 24 * 3_600_000
const deleteDate = '2026-12-01T00:00:00Z'
const at = Date.parse(deleteDate)

describe('countdown', () => {
  it.each([
    [6 * day + 4.5 * 3_600_000, { days: 6, hours: 4 }],
    [1, { days: 0, hours: 0 }],
    [-day, { days: 0, hours: 0 }],
  ])('%d ms before the date', (left, expected) => {
    expect(countdown(deleteDate, at - left)).toEqual(expected)
  })

  it('is null without a date', () => {
    expect(countdown(undefined, at)).toBeNull()
    expect(countdown('soon', at)).toBeNull()
  })
})

describe('statusOf', () => {
  const unavailable = { verdict: 'unavailable', failure: 'externalKey.DISABLED' } as const

  it('is a status of its own where an enabled key cannot work', () => {
    expect(statusOf('Enabled', unavailable)).toBe('Unavailable')
  })

  it('is the key state where that says enough, or nothing is known', () => {
    expect(statusOf('Disabled', unavailable)).toBe('Disabled')
    expect(statusOf('Enabled', { verdict: 'unknown' })).toBe('Enabled')
    expect(statusOf('Enabled', null)).toBe('Enabled')
  })
})

it.each([
  ['Enabled', { action: 'DisableKey', refusal: null }],
  ['Disabled', { action: 'EnableKey', refusal: null }],
  ['PendingDeletion', { action: 'EnableKey', refusal: 'Rejected.StateModifiedFailed' }],
] as const)('%s toggles as %j', (state, toggle) => {
  expect(toggleOf(state)).toEqual(toggle)
})

it('groups aliases and tags by key, in their order', () => {
  const alias = (KeyId: string, AliasName: string) => ({ KeyId, AliasName, AliasArn: '' })
  expect([...aliasesByKey([alias('k1', 'alias/b'), alias('k2', 'alias/c'), alias('k1', 'alias/a')])]).toEqual([
    ['k1', ['alias/b', 'alias/a']],
    ['k2', ['alias/c']],
  ])
  const tag = { ResourceId: 'k1', ResourceType: 'key', TagKey: 'env', TagValue: '' }
  expect(tagsByKey([tag]).get('k1')).toEqual([tag])
})

it('puts the key just made first, once', () => {
  expect(withCreatedFirst(['a', 'b'], null)).toEqual(['a', 'b'])
  expect(withCreatedFirst(['a', 'b'], 'b')).toEqual(['b', 'a'])
  expect(withCreatedFirst(['a', 'b'], 'c')).toEqual(['c', 'a', 'b'])
})
