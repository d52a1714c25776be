import { describe, expect, it } from 'vitest'
import { aliasesByKey, hoursUntil, tagsByKey, withCreatedFirst } from './key-row.ts'

const day = 24 * 3_600_000
const deleteDate = '2026-12-01T00:00:00Z'
const at = Date.parse(deleteDate)

describe('hoursUntil', () => {
  it.each([
    [6 * day + 4.5 * 3_600_000, 6 * 24 + 4],
    [1, 0],
    [-day, 0],
  ])('%d ms before the date', (left, hours) => {
    expect(hoursUntil(deleteDate, at - left)).toBe(hours)
  })

  it('is null without a date', () => {
    expect(hoursUntil(undefined, at)).toBeNull()
    expect(hoursUntil('soon', at)).toBeNull()
  })
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

it('puts the key just made first, once, and keeps to the page', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((KeyId) => ({ KeyId })) as [
    { KeyId: string },
    { KeyId: string },
    { KeyId: string },
  ]
  expect(withCreatedFirst([a, b], null, 2)).toEqual([a, b])
  expect(withCreatedFirst([a, b], b, 2)).toEqual([b, a])
  expect(withCreatedFirst([a, b], c, 2)).toEqual([c, a])
})
