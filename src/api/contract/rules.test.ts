import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aliasNameProblem,
  base64Length,
  describeProblem,
  descriptionProblem,
  externalKeyIdProblem,
  parseEncryptionContext,
  plaintextProblem,
  tagKeyProblem,
  tagListProblem,
  tagValueProblem,
} from './rules.ts'

const atLimit: readonly [string, (text: string) => unknown, string, number][] = [
  ['alias', (text) => aliasNameProblem(`alias/${text}`), 'a', 255],
  ['tag key', tagKeyProblem, 'a', 128],
  ['tag value', tagValueProblem, 'a', 128],
  ['description', descriptionProblem, '密', 8192],
  ['external key ID', externalKeyIdProblem, 'a', 128],
]

describe.each(atLimit)('length of %s', (_, problemOf, character, max) => {
  it(`takes ${max} and refuses one more`, () => {
    expect(problemOf(character.repeat(max))).toBeNull()
    expect(problemOf(character.repeat(max + 1))).toMatchObject({ code: 'tooLong', max, length: max + 1 })
  })
})

it.each([
  ['alias/orders/db_1-a', null],
  ['orders', 'malformed'],
  ['alias/', 'required'],
  ['alias/acs/oss', 'reservedPrefix'],
  ['alias/acsx', 'reservedPrefix'],
  ['alias/a b', 'characters'],
  ['alias/订单', 'characters'],
  ['alias/😀', 'characters'],
  ['ALIAS/a', 'malformed'],
])('alias %s → %s', (name, code) => {
  expect(aliasNameProblem(name)?.code ?? null).toBe(code)
})

it.each([
  ['env', null],
  ['a/\\_-.+=:@', null],
  ['aliyun', 'reservedPrefix'],
  ['acs:x', 'reservedPrefix'],
  ['acs', null],
  ['', 'required'],
  ['a b', 'characters'],
  ['מפתח', 'characters'],
])('tag key %s → %s', (key, code) => {
  expect(tagKeyProblem(key)?.code ?? null).toBe(code)
})

it('refuses a tag key given twice at its second row, and 21 tags', () => {
  expect(
    tagListProblem([
      { TagKey: 'a', TagValue: '' },
      { TagKey: 'a', TagValue: 'x' },
    ]),
  ).toMatchObject({
    index: 1,
    problem: { code: 'duplicate' },
  })
  const tags = Array.from({ length: 21 }, (_, index) => ({ TagKey: `k${index}`, TagValue: '' }))
  expect(tagListProblem(tags)).toMatchObject({ index: null, problem: { code: 'tooMany', max: 20 } })
  expect(tagListProblem(tags.slice(1))).toBeNull()
})

it('refuses text that UTF-8 cannot carry, wherever the lone surrogate stands', () => {
  for (const text of ['\uD800', 'a\uDC00', '\uD83D\uDE00\uD83D']) expect(descriptionProblem(text)).not.toBeNull()
  expect(descriptionProblem('\uD83D\uDE00')).toBeNull()
})

it('measures Base64 as decoding does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(base64Length(Buffer.from(bytes).toString('base64'))).toBe(bytes.length)
    }),
  )
  for (const bad of ['A', 'AA', 'AAA', 'AAA*', 'A===', 'AA=A', 'AAAA ', 'AA-_'])
    expect(typeof base64Length(bad)).toBe('object')
})

it('bounds a plaintext to 6,144 bytes', () => {
  expect(plaintextProblem(Buffer.alloc(6144).toString('base64'))).toBeNull()
  expect(plaintextProblem(Buffer.alloc(6145).toString('base64'))).toMatchObject({ code: 'tooLong' })
})

it.each(['[]', '{"a":1}', '{"a":{}}', '{"a":["b"]}', 'null', '"a"', '{'])(
  'refuses the encryption context %s',
  (text) => {
    expect(parseEncryptionContext(text)).toHaveProperty('code', 'malformed')
  },
)

it('has English words for every problem', () => {
  expect(describeProblem({ code: 'reservedPrefix', prefix: 'acs:' })).toContain('acs:')
  expect(describeProblem({ code: 'malformed', reason: 'base64' })).toContain('Base64')
})
