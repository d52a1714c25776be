import { describe, expect, test } from 'vitest'
import type { AccessExplanation, ExplainedStatement } from '#src/api/contract/explanations.ts'
import { legsOf, partOf, statementLines, statementsIn, stateOfVerdict, valuesAskedFor } from './explained.ts'

const own = '1203456789012345'
const other = '1309876543210987'

const statement = (part: Partial<ExplainedStatement> = {}): ExplainedStatement => ({
  Side: 'KeyPolicy',
  PolicyName: 'default',
  PolicyType: 'KeyPolicy',
  Via: '',
  Index: 0,
  Effect: 'Allow',
  NamesAccountOnly: false,
  Unmet: [],
  ...part,
})
const ram = (part: Partial<ExplainedStatement> = {}): ExplainedStatement =>
  statement({ Side: 'RamPolicy', PolicyName: 'Use', PolicyType: 'Custom', Via: 'user', ...part })

const keyDocument = { Side: 'KeyPolicy', PolicyName: 'default', PolicyType: 'KeyPolicy', Text: '{}' } as const

const explanation = (
  statements: readonly ExplainedStatement[],
  part: Partial<AccessExplanation> = {},
  accountId = own,
): AccessExplanation => ({
  Verdict: 'NotGranted',
  Permission: 'kms:Decrypt',
  Resource: `acs:kms:cn-hangzhou:${own}:key/key-1`,
  OwnerAccountId: own,
  Principal: { PrincipalArn: `acs:ram::${accountId}:user/li`, AccountId: accountId, Kind: 'user', Exists: true },
  Statements: { Statement: [...statements] },
  Missing: [],
  Documents: { Document: [keyDocument] },
  Withheld: [],
  Obstacle: null,
  Change: null,
  NoChange: null,
  ...part,
})

const words = (told: AccessExplanation) => legsOf(told).map(({ word }) => word)

describe('what each side says', () => {
  test('nothing: both would do, none is there', () => {
    const told = explanation([], { Missing: ['KeyPolicy', 'RamPolicy'] })
    expect(words(told)).toEqual(['none', 'none'])
    expect(legsOf(told).every(({ missing }) => missing)).toBe(true)
  })

  test('a statement that names the account leaves it to RAM there, and grants to another account', () => {
    const named = statement({ NamesAccountOnly: true })
    expect(words(explanation([named]))).toEqual(['delegates', 'none'])
    const across = explanation([named], { Missing: ['RamPolicy'] }, other)
    expect(words(across)).toEqual(['grants', 'none'])
    expect(legsOf(across).map(({ accountId, missing }) => [accountId, missing])).toEqual([
      [own, false],
      [other, true],
    ])
    expect(partOf(named, across)).toBe('half')
  })

  test('a condition that does not hold grants nothing', () => {
    const one = statement({ Unmet: [{ Operator: 'Bool', Key: 'acs:SecureTransport' }] })
    const told = explanation([one])
    expect(words(told)).toEqual(['none', 'none'])
    expect(partOf(one, told)).toBe('unmet')
  })

  test('a deny wins', () => {
    const told = explanation([statement(), ram({ Effect: 'Deny' })], { Verdict: 'ExplicitDeny' })
    expect(words(told)).toEqual(['grants', 'denies'])
    expect(told.Statements.Statement.map((one) => partOf(one, told))).toEqual(['overruled', 'decides'])
  })

  test('the account itself, and a key without a policy', () => {
    const Principal = { PrincipalArn: `acs:ram::${own}:root`, AccountId: own, Kind: 'account', Exists: true } as const
    expect(words(explanation([], { Principal, Verdict: 'Allow', Documents: { Document: [] } }))).toEqual([
      'absent',
      'account',
    ])
    expect(words(explanation([], { Documents: { Document: [] }, Withheld: ['KeyPolicy'] }))).toEqual(['none', 'none'])
  })
})

test('granted and impossible', () => {
  const Obstacle = { Reason: 'State', ErrorCode: 'Rejected.Disabled', Hop: '', Cause: '' } as const
  expect(stateOfVerdict({ Verdict: 'Allow', Obstacle })).toBe('impossible')
  expect(stateOfVerdict({ Verdict: 'Allow', Obstacle: null })).toBe('allowed')
  expect(stateOfVerdict({ Verdict: 'NotGranted', Obstacle })).toBe('none')
  expect(stateOfVerdict({ Verdict: 'ExplicitDeny', Obstacle })).toBe('denied')
})

describe('where statements stand', () => {
  test('line by line, as JSON.stringify sets them', () => {
    const text = JSON.stringify(
      { Version: '1', Statement: [{ Effect: 'Allow' }, { Effect: 'Deny', Sid: '}\n{' }] },
      null,
      2,
    )
    const lines = text.split('\n')
    const found = statementLines(text).map(({ first, last }) => lines.slice(first - 1, last).join('\n'))
    expect(found.map((one) => JSON.parse(one.replace(/,$/, '')) as unknown)).toEqual([
      { Effect: 'Allow' },
      { Effect: 'Deny', Sid: '}\n{' },
    ])
  })

  test('several on one line, one without a list, and none', () => {
    expect(statementLines('{"Statement":[{"a":1},{"b":2}]}')).toEqual([
      { first: 1, last: 1 },
      { first: 1, last: 1 },
    ])
    expect(statementLines('{\n"Statement": {\n"a":1}}')).toEqual([{ first: 2, last: 3 }])
    expect(statementLines('no document')).toEqual([])
  })

  test('what a condition asks for', () => {
    const text = JSON.stringify({
      Statement: [
        {},
        { Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8', '::1'] }, Bool: { 'acs:SecureTransport': true } } },
      ],
    })
    expect(valuesAskedFor(text, 1, 'IpAddress', 'acs:SourceIp')).toEqual(['10.0.0.0/8', '::1'])
    expect(valuesAskedFor(text, 1, 'Bool', 'acs:SecureTransport')).toEqual(['true'])
    expect(valuesAskedFor(text, 0, 'Bool', 'acs:SecureTransport')).toEqual([])
    expect(valuesAskedFor('{', 0, 'Bool', 'acs:SecureTransport')).toEqual([])
  })

  test('a policy that applies by two ways marks its statement once', () => {
    const told = explanation([ram({ Via: 'user' }), ram({ Via: 'group ops' }), statement({ Index: 2 })])
    const document = { Side: 'RamPolicy', PolicyName: 'Use', PolicyType: 'Custom', Text: '{}' } as const
    expect(statementsIn(document, told)).toHaveLength(1)
    expect(statementsIn(keyDocument, told).map(({ Index }) => Index)).toEqual([2])
  })
})
