import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditionOperators, keysFor, parseCondition, unmetOf, type RequestFacts } from './conditions.ts'

const facts: RequestFacts = {
  now: Date.parse('2026-11-26T08:30:00Z'),
  secureTransport: true,
  sourceIp: '192.0.2.17',
  tags: new Map([
    ['env', 'Prod'],
    ['team', ''],
  ]),
}
const parse = (condition: unknown) => parseCondition(condition, 'Statement[0].Condition')
const holds = (condition: unknown, given: Partial<RequestFacts> = {}): boolean => {
  const parsed = parse(condition)
  if ('code' in parsed) throw new Error(JSON.stringify(parsed))
  return unmetOf(parsed as Exclude<typeof parsed, { code: string }>, { ...facts, ...given }).length === 0
}

test('keys that fit an operator', () => {
  expect(keysFor('Bool')).toEqual(['acs:SecureTransport'])
  expect(keysFor('NotIpAddress')).toEqual(['acs:SourceIp', 'acs:VpcSourceIp'])
  expect(keysFor('DateLessThan')).toEqual(['acs:CurrentTime'])
  expect(keysFor('StringLike')).toEqual(['kms:tag/', 'acs:SourceVpc'])
  expect(keysFor('toString')).toEqual([])
})

describe('holds', () => {
  test.each([
    ['StringEquals', 'kms:tag/env', 'Prod', true],
    ['StringEquals', 'kms:tag/env', 'prod', false],
    ['StringEquals', 'kms:tag/env', ['Test', 'Prod'], true],
    ['StringEquals', 'kms:tag/team', '', true],
    ['StringEquals', 'kms:tag/absent', '', false],
    ['StringNotEquals', 'kms:tag/env', 'prod', true],
    ['StringNotEquals', 'kms:tag/env', ['Test', 'Prod'], false],
    ['StringNotEquals', 'kms:tag/absent', 'Prod', true],
    ['StringEqualsIgnoreCase', 'kms:tag/env', 'pROD', true],
    ['StringNotEqualsIgnoreCase', 'kms:tag/env', 'pROD', false],
    ['StringLike', 'kms:tag/env', 'P*', true],
    ['StringLike', 'kms:tag/env', 'P?od', true],
    ['StringLike', 'kms:tag/env', 'P.od', false],
    ['StringLike', 'kms:tag/env', 'ro', false],
    ['StringNotLike', 'kms:tag/env', '*od', false],
    ['DateEquals', 'acs:CurrentTime', '2026-11-26T16:30:00+08:00', true],
    ['DateNotEquals', 'acs:CurrentTime', '2026-11-26T08:30:00Z', false],
    ['DateLessThan', 'acs:CurrentTime', '2026-11-26T08:30:00Z', false],
    ['DateLessThan', 'acs:CurrentTime', '2026-11-26T08:30:01Z', true],
    ['DateLessThanEquals', 'acs:CurrentTime', '2026-11-26T08:30Z', true],
    ['DateGreaterThan', 'acs:CurrentTime', '2026-11-26T08:30:00Z', false],
    ['DateGreaterThanEquals', 'acs:CurrentTime', '2026-11-26T08:30:00.000Z', true],
    ['Bool', 'acs:SecureTransport', 'true', true],
    ['Bool', 'acs:SecureTransport', true, true],
    ['Bool', 'acs:SecureTransport', false, false],
    ['IpAddress', 'acs:SourceIp', '192.0.2.17', true],
    ['IpAddress', 'acs:SourceIp', '192.0.2.0/24', true],
    ['IpAddress', 'acs:SourceIp', ['198.51.100.0/24', '2001:db8::/32'], false],
    ['StringEquals', 'acs:SourceVpc', 'vpc-1', false],
    ['StringNotEquals', 'acs:SourceVpc', 'vpc-1', true],
    ['IpAddress', 'acs:VpcSourceIp', '0.0.0.0/0', false],
    ['NotIpAddress', 'acs:SourceIp', '192.0.2.0/28', true],
    ['NotIpAddress', 'acs:SourceIp', '192.0.2.16/28', false],
  ])('%s %s %j: %s', (operator, key, wanted, expected) => {
    expect(holds({ [operator]: { [key]: wanted } })).toBe(expected)
  })

  test('addresses of both kinds', () => {
    expect(holds({ IpAddress: { 'acs:SourceIp': '2001:db8::/32' } }, { sourceIp: '2001:db8:1::5' })).toBe(true)
    expect(holds({ IpAddress: { 'acs:SourceIp': '192.0.2.0/24' } }, { sourceIp: '::ffff:192.0.2.9' })).toBe(true)
    expect(holds({ IpAddress: { 'acs:SourceIp': '0.0.0.0/0' } }, { sourceIp: '2001:db8::1' })).toBe(false)
    expect(holds({ IpAddress: { 'acs:SourceIp': '192.0.2.0/24' } }, { sourceIp: 'unix socket' })).toBe(false)
  })

  test('without sight of tags only what is negated', () => {
    expect(holds({ StringEquals: { 'kms:tag/env': 'Prod' } }, { tags: null })).toBe(false)
    expect(holds({ StringNotEquals: { 'kms:tag/env': 'Prod' } }, { tags: null })).toBe(true)
  })

  test('all keys and operators together, and names those that do not', () => {
    const condition = parse({
      StringEquals: { 'kms:tag/env': 'Prod', 'kms:tag/team': 'x' },
      Bool: { 'acs:SecureTransport': 'false' },
      IpAddress: { 'acs:SourceIp': '192.0.2.0/24' },
    })
    expect(unmetOf(condition as Exclude<typeof condition, { code: string }>, facts)).toEqual([
      { operator: 'StringEquals', key: 'kms:tag/team' },
      { operator: 'Bool', key: 'acs:SecureTransport' },
    ])
  })

  test('no condition always holds', () => {
    expect(unmetOf(undefined, facts)).toEqual([])
  })
})

describe('is refused', () => {
  test.each([
    ['condition', null, ''],
    ['condition', {}, ''],
    ['condition', [], ''],
    ['condition', { Bool: {} }, '.Bool'],
    ['condition', { Bool: 'true' }, '.Bool'],
    ['conditionOperator', { Equals: { 'kms:tag/env': 'x' } }, '.Equals'],
    ['conditionOperator', { NumericEquals: { 'kms:tag/env': '1' } }, '.NumericEquals'],
    ['conditionOperator', { constructor: { 'kms:tag/env': '1' } }, '.constructor'],
    ['conditionKey', { Bool: { 'acs:MFAPresent': 'true' } }, '.Bool.acs:MFAPresent'],
    ['conditionKey', { StringEquals: { 'kms:tag/': 'x' } }, '.StringEquals.kms:tag/'],
    ['conditionKey', { StringEquals: { toString: 'x' } }, '.StringEquals.toString'],
    ['conditionType', { StringEquals: { 'acs:SourceIp': '192.0.2.1' } }, '.StringEquals.acs:SourceIp'],
    ['conditionType', { IpAddress: { 'acs:CurrentTime': '192.0.2.1' } }, '.IpAddress.acs:CurrentTime'],
    ['conditionValue', { StringEquals: { 'kms:tag/env': [] } }, '.StringEquals.kms:tag/env'],
    ['conditionValue', { StringEquals: { 'kms:tag/env': 1 } }, '.StringEquals.kms:tag/env'],
    ['conditionValue', { Bool: { 'acs:SecureTransport': 'yes' } }, '.Bool.acs:SecureTransport'],
    [
      'conditionValue',
      { DateLessThan: { 'acs:CurrentTime': '2026-13-01T00:00:00Z' } },
      '.DateLessThan.acs:CurrentTime',
    ],
    ['conditionValue', { DateLessThan: { 'acs:CurrentTime': 'tomorrow' } }, '.DateLessThan.acs:CurrentTime'],
    ['conditionValue', { DateLessThan: { 'acs:CurrentTime': '2026-01-01' } }, '.DateLessThan.acs:CurrentTime'],
    ['conditionValue', { IpAddress: { 'acs:SourceIp': ['192.0.2.1', '192.0.2'] } }, '.IpAddress.acs:SourceIp[1]'],
    ['conditionValue', { IpAddress: { 'acs:SourceIp': '192.0.2.0/33' } }, '.IpAddress.acs:SourceIp'],
    ['conditionValue', { IpAddress: { 'acs:SourceIp': '0x7f.1' } }, '.IpAddress.acs:SourceIp'],
  ])('%s %j', (reason, condition, place) => {
    expect(parse(condition)).toEqual({ code: 'policy', reason, at: `Statement[0].Condition${place}` })
  })

  test('anything else than a condition, without being thrown at', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(conditionOperators)), (value, operator) => {
        expect(parse(value)).toBeTypeOf('object')
        expect(parse({ [operator]: value })).toBeTypeOf('object')
        expect(parse({ [operator]: { 'kms:tag/env': value } })).toBeTypeOf('object')
      }),
    )
  })
})

test('a negated operator holds exactly where the other does not', () => {
  const pairs = [
    ['StringEquals', 'StringNotEquals'],
    ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    ['StringLike', 'StringNotLike'],
  ] as const
  const value = fc.string({ unit: fc.constantFrom('a', 'A', '*', '?', '.', '\\'), maxLength: 4 })
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      fc.array(value, { minLength: 1, maxLength: 3 }),
      value,
      ([one, other], wanted, actual) => {
        const tags = new Map([['env', actual]])
        const key = 'kms:tag/env'
        expect(holds({ [one]: { [key]: wanted } }, { tags })).toBe(!holds({ [other]: { [key]: wanted } }, { tags }))
      },
    ),
  )
})
