import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userArn } from '#src/api/contract/arn.ts'
import { customPolicy } from '#src/api/contract/policy.ts'
import { limits } from '#src/api/contract/rules.ts'
import { documentProblems } from './document-problems.ts'

const own = '1203456789012345'
const good = {
  Effect: 'Allow',
  Principal: { RAM: [userArn(own, 'li')] },
  Action: ['kms:Encrypt', 'kms:Decrypt'],
  Resource: ['*'],
}
const documentOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '1', Statement: statements }, null, 2)

/** Severity and the words of the text that each problem points at. */
const pointed = (text: string, listed: Parameters<typeof documentProblems>[1] = null) =>
  documentProblems(text, listed).map(({ severity, from, to }) => [severity, text.slice(from, to)])

it('has nothing to say about what the console writes', () => {
  const text = JSON.stringify(
    customPolicy([own], { administrator: [userArn(own, 'li')], user: [], crossAccountUser: [] }),
  )
  expect(documentProblems(text, null)).toEqual([])
})

describe('points at', () => {
  it.each([
    ['a wrong action', documentOf(good, { ...good, Action: ['kms:Encrypt', 'oss:*'] }), '"oss:*"'],
    ['a bare action', documentOf({ ...good, Action: 'encrypt' }), '"encrypt"'],
    ['a wrong effect', documentOf({ ...good, Effect: 'allow' }), '"allow"'],
    ['a missing effect: the statement', documentOf({ ...good, Effect: undefined }), '{'],
    ['a principal', documentOf({ ...good, Principal: { RAM: ['*'] } }), '"*"'],
    ['a principal of another kind', documentOf({ ...good, Principal: '*' }), '"*"'],
    ['an element that is not known, by its name', documentOf({ ...good, Colour: 'red' }), '"Colour"'],
    ['one whose name looks like a path', documentOf({ ...good, 'Action[0].x': 'red' }), '"Action[0].x"'],
    ['an element that is not supported', documentOf({ ...good, NotAction: [] }), '"NotAction"'],
    ['a condition without operators', documentOf({ ...good, Condition: {} }), '{}'],
    ['an unknown operator', documentOf({ ...good, Condition: { Same: {} } }), '"Same"'],
    ['a wrong version', '{"Version":"2","Statement":[{}]}'.replace('{}', JSON.stringify(good)), '"2"'],
    ['the resource', documentOf({ ...good, Resource: ['acs:kms:*:*:*'] }), '[\n        "acs:kms:*:*:*"\n      ]'],
    ['a Sid with an emoji', documentOf({ ...good, Sid: '🔑' }), '"🔑"'],
    [
      'a Sid from right to left, after an emoji',
      documentOf({ Sid: 'ok', ...good }, { ...good, Sid: 'مفتاح' }),
      '"مفتاح"',
    ],
    ['a statement that is none', documentOf(good, []), '[]'],
    ['an element given twice', `{"Version":"1","Version":"1","Statement":[${JSON.stringify(good)}]}`, '"Version"'],
    ['what is not JSON', '{"Version":"1" "Statement":[]}', '"Statement"'],
    ['nothing at all', '', ''],
  ])('%s', (_, text, words) => {
    expect(pointed(text)).toEqual([['error', words]])
  })

  it('everything at once, in the order of the text', () => {
    const text = documentOf({ ...good, Effect: 'x', Action: ['kms:Encrypt', 'y'] }, { ...good, Sid: 'é' })
    expect(pointed(text).map(([, words]) => words)).toEqual(['"x"', '"y"', '"é"'])
  })

  it('actions that mean nothing in a key policy, which KMS takes', () => {
    const text = documentOf({ ...good, Action: ['kms:Encrpyt', 'kms:Encrypt', 'kms:CreateSecret'] })
    expect(pointed(text)).toEqual([
      ['warning', '"kms:Encrpyt"'],
      ['warning', '"kms:CreateSecret"'],
    ])
  })

  it('users of the own account that RAM does not have, where it could be asked', () => {
    const text = documentOf({
      ...good,
      Principal: {
        RAM: [userArn(own, 'li'), userArn(own, 'gone'), userArn('1309876543210987', 'x'), `acs:ram::${own}:*`],
      },
    })
    expect(pointed(text, { accountId: own, arns: new Set([userArn(own, 'li')]) })).toEqual([
      ['warning', `"${userArn(own, 'gone')}"`],
    ])
    expect(pointed(text)).toEqual([])
  })
})

it('takes 32,768 bytes, and points at what is beyond', () => {
  const bare = documentOf(good)
  const full = bare + ' '.repeat(limits.policyBytes - bare.length)
  expect(documentProblems(full, null)).toEqual([])
  expect(documentProblems(`${full}  `, null)).toMatchObject([
    {
      from: limits.policyBytes,
      to: limits.policyBytes + 2,
      fault: { kind: 'tooLarge', bytes: limits.policyBytes + 2 },
    },
  ])
  // Counted as UTF-8: three bytes of one character make it too large.
  const wide = full.slice(0, -2) + '密'
  expect(documentProblems(wide, null)[0]).toMatchObject({ from: wide.length - 1, fault: { kind: 'tooLarge' } })
})

it.each(['[', '{"a":'])('takes documents that are nested as deeply as they are long: %s', (opening) => {
  const depth = 20_000
  const nested = opening.repeat(depth) + '1' + (opening === '[' ? ']' : '}').repeat(depth)
  expect(documentProblems(nested, null).map(({ fault }) => fault.kind)).toContain('policy')
  expect(documentProblems(opening.repeat(depth), null)).toMatchObject(
    [{}, { fault: { kind: 'json' } }].slice(opening === '[' ? 1 : 0),
  )
})

it('every problem points into the text, whatever stands there', () => {
  const anything = fc.oneof(
    fc.json(),
    fc.string({ unit: 'grapheme' }),
    fc.record({ Version: fc.jsonValue(), Statement: fc.array(fc.jsonValue()) }).map((value) => JSON.stringify(value)),
    fc
      .record({ Effect: fc.jsonValue(), Principal: fc.jsonValue(), Action: fc.jsonValue(), Resource: fc.jsonValue() })
      .map((value) => documentOf(value)),
  )
  fc.assert(
    fc.property(anything, (text) => {
      for (const { from, to } of documentProblems(text, null)) {
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeGreaterThanOrEqual(from)
        expect(to).toBeLessThanOrEqual(text.length)
      }
    }),
    { numRuns: 500 },
  )
})
