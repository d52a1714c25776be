import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tag } from '#src/api/contract/rules.ts'
import {
  isInForce,
  isNoDifference,
  keysOf,
  tagDifference,
  tagSteps,
  takeOver,
  withDifference,
  withStep,
} from './tag-difference.ts'
import { rowsOfTags } from './tag-rows.ts'

const tags = (values: Readonly<Record<string, string>>): readonly Tag[] =>
  Object.entries(values).map(([TagKey, TagValue]) => ({ TagKey, TagValue }))

const anyTags = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom('', '1', '2'))
  .map((values) => tags(values))
const byKey = (list: readonly Tag[]): readonly Tag[] => list.toSorted((a, b) => (a.TagKey < b.TagKey ? -1 : 1))

describe('the difference', () => {
  it('tells new keys, other values and what goes', () => {
    const before = tags({ env: 'prod', team: 'orders', data: 'card' })
    expect(tagDifference(before, tags({ env: 'dev', team: 'orders', owner: '' }))).toEqual({
      added: tags({ owner: '' }),
      changed: [{ TagKey: 'env', TagValue: 'dev', before: 'prod' }],
      removed: tags({ data: 'card' }),
    })
  })

  it('is none where only the order differs', () => {
    const before = tags({ env: 'prod', team: 'orders' })
    expect(isNoDifference(tagDifference(before, before.toReversed()))).toBe(true)
  })

  it('leads from one list to the other, whatever they are', () => {
    fc.assert(
      fc.property(anyTags, anyTags, (before, after) => {
        expect(byKey(withDifference(before, tagDifference(before, after)))).toEqual(byKey(after))
      }),
    )
  })
})

describe('the steps', () => {
  it('put before they take away', () => {
    const current = tags({ env: 'prod', data: 'card' })
    expect(tagSteps(tagDifference(current, tags({ env: 'dev' })), current)).toEqual([
      { action: 'TagResource', tags: tags({ env: 'dev' }) },
      { action: 'UntagResource', tags: tags({ data: 'card' }) },
    ])
  })

  it('take away first where 20 are there', () => {
    const current = Array.from({ length: 20 }, (_, index) => ({ TagKey: `k${index}`, TagValue: '' }))
    const after = [...current.slice(1), { TagKey: 'new', TagValue: '' }]
    expect(tagSteps(tagDifference(current, after), current).map(({ action }) => action)).toEqual([
      'UntagResource',
      'TagResource',
    ])
  })

  it('leave out what is so already', () => {
    const edit = tagDifference(tags({ env: 'prod', data: 'card' }), tags({ env: 'dev' }))
    expect(tagSteps(edit, tags({ env: 'dev' }))).toEqual([])
  })

  it('carry the edit out on what others have left', () => {
    fc.assert(
      fc.property(anyTags, anyTags, anyTags, (base, edited, current) => {
        const edit = tagDifference(base, edited)
        const steps = tagSteps(edit, current)
        let now = current
        for (const step of steps) {
          expect(isInForce(step, now)).toBe(false)
          now = withStep(now, step)
          expect(isInForce(step, now)).toBe(true)
        }
        expect(byKey(now)).toEqual(byKey(withDifference(current, edit)))
      }),
    )
  })
})

describe('taking over what came in', () => {
  const base = tags({ env: 'prod', team: 'orders', data: 'card' })
  const incoming = tagDifference(base, tags({ env: 'dev', team: 'orders', owner: 'ops' }))

  it('follows rows that nobody touched', () => {
    expect(takeOver(rowsOfTags(base), base, incoming)).toEqual(
      rowsOfTags(tags({ env: 'dev', team: 'orders', owner: 'ops' })),
    )
  })

  it('leaves what was typed, doubled and unfinished rows too', () => {
    const typed = [
      { key: 'env', value: 'staging' },
      { key: 'env', value: 'twice' },
      { key: 'owner', value: 'me' },
      { key: '', value: 'unfinished' },
    ]
    expect(takeOver(typed, base, incoming)).toEqual(typed)
  })

  it('loses no key that the edit touched', () => {
    fc.assert(
      fc.property(anyTags, anyTags, anyTags, (before, edited, current) => {
        const edit = tagDifference(before, edited)
        const rows = takeOver(rowsOfTags(edited), before, tagDifference(before, current))
        const again = tagDifference(
          current,
          rows.map(({ key, value }) => ({ TagKey: key, TagValue: value })),
        )
        for (const key of keysOf(again))
          expect(keysOf(edit).has(key) || edited.some((tag) => tag.TagKey === key)).toBe(true)
        for (const { TagKey, TagValue } of [...edit.added, ...edit.changed])
          expect(rows).toContainEqual({ key: TagKey, value: TagValue })
      }),
    )
  })
})
