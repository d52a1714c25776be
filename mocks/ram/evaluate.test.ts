import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountArn, roleArn, userArn } from '#src/api/contract/arn.ts'
import {
  customPolicy,
  defaultPolicy,
  policyRoles,
  type KeyPolicy,
  type PolicyStatement,
} from '#src/api/contract/policy.ts'
import type { RamStatement } from '#mocks/store/rows.ts'
import type { Circumstances } from '#mocks/kms/context.ts'
import { evaluate, type AttachedPolicy, type Question } from './evaluate.ts'
import { systemPolicies, type SystemPolicyName } from './system-policies.ts'

const home = '1203456789012345'
const abroad = '1309876543210987'
const keyArn = `acs:kms:cn-hangzhou:${home}:key/key-hzz6661a2b3c4d5e6f7g8h`

const account = (accountId: string): Question['caller'] => ({
  accountId,
  kind: 'account',
  arn: `acs:ram::${accountId}:root`,
})
const user = (accountId: string): Question['caller'] => ({ accountId, kind: 'user', arn: userArn(accountId, 'li') })

const statement = (
  Effect: 'Allow' | 'Deny',
  principals: readonly string[],
  actions: readonly string[] = ['kms:Encrypt'],
): PolicyStatement => ({ Effect, Principal: { RAM: principals }, Action: actions, Resource: ['*'] })
const keyPolicy = (...statements: readonly PolicyStatement[]): KeyPolicy => ({ Version: '1', Statement: statements })
const ram = (...Statement: readonly RamStatement[]): readonly AttachedPolicy[] => [
  { name: 'Own', type: 'Custom', via: 'user', document: { Version: '1', Statement } },
]
const ramAllow: RamStatement = { Effect: 'Allow', Action: ['kms:Encrypt'], Resource: ['*'] }
const ramDeny: RamStatement = { ...ramAllow, Effect: 'Deny' }
const system = (...names: readonly SystemPolicyName[]): readonly AttachedPolicy[] =>
  names.map((name) => ({ name, type: 'System', via: 'user', document: systemPolicies[name] }))

const circumstances: Circumstances = {
  now: Date.parse('2026-11-26T00:00:00Z'),
  sourceIp: '127.0.0.1',
  secureTransport: true,
}

const ask = (
  caller: Question['caller'],
  policy: KeyPolicy | null,
  ramPolicies: readonly AttachedPolicy[] = [],
  action = 'kms:Encrypt',
) =>
  evaluate({ caller, action, resource: { arn: keyArn, accountId: home, policy, tags: [] }, ramPolicies, circumstances })

const toAll = defaultPolicy([home])
const toUser = keyPolicy(statement('Allow', [userArn(home, 'li')]))
const toForeignUser = keyPolicy(statement('Allow', [userArn(abroad, 'li')]))
const toForeignAccount = keyPolicy(statement('Allow', [accountArn(abroad)]))

describe('in the account that owns the key', () => {
  test.each([
    ['the account itself', account(home), toAll, [], 'allowed', []],
    ['the account itself, though no statement names it', account(home), toUser, [], 'allowed', []],
    [
      'the account itself, denied by the key policy',
      account(home),
      keyPolicy(statement('Deny', [`acs:ram::${home}:root`])),
      [],
      'explicitDeny',
      [],
    ],
    ['a user of whom nothing is said', user(home), toAll, [], 'notGranted', ['keyPolicy', 'ramPolicy']],
    ['a user that RAM allows', user(home), toAll, ram(ramAllow), 'allowed', []],
    ['a user that the key policy names', user(home), toUser, [], 'allowed', []],
    ['a user that RAM denies', user(home), toUser, ram(ramDeny), 'explicitDeny', []],
    [
      'a user whose account the key policy denies',
      user(home),
      keyPolicy(statement('Deny', [accountArn(home)])),
      ram(ramAllow),
      'explicitDeny',
      [],
    ],
    ['a user, and something without a key policy', user(home), null, [], 'notGranted', ['ramPolicy']],
  ] as const)('%s', (_, caller, policy, ramPolicies, why, missing) => {
    const decision = ask(caller, policy, ramPolicies)
    expect(decision).toMatchObject({ why, missing, verdict: why === 'allowed' ? 'allow' : 'deny' })
  })
})

describe('from another account both sides must allow', () => {
  test.each([
    ['neither', user(abroad), toAll, [], 'notGranted', ['keyPolicy', 'ramPolicy']],
    ['RAM alone', user(abroad), toAll, ram(ramAllow), 'notGranted', ['keyPolicy']],
    ['the key policy alone', user(abroad), toForeignUser, [], 'notGranted', ['ramPolicy']],
    ['both', user(abroad), toForeignUser, ram(ramAllow), 'allowed', []],
    ['RAM, and the key policy for the whole account', user(abroad), toForeignAccount, ram(ramAllow), 'allowed', []],
    ['both, denied besides', user(abroad), toForeignUser, ram(ramAllow, ramDeny), 'explicitDeny', []],
    ['the other account itself, named', account(abroad), toForeignAccount, [], 'allowed', []],
    ['the other account itself, not named', account(abroad), toAll, [], 'notGranted', ['keyPolicy']],
    ['something without a key policy', user(abroad), null, ram(ramAllow), 'notGranted', ['keyPolicy']],
  ] as const)('%s', (_, caller, policy, ramPolicies, why, missing) => {
    expect(ask(caller, policy, ramPolicies)).toMatchObject({ why, missing })
  })
})

test('tells which statements matched on each side', () => {
  const policy = keyPolicy(
    statement('Allow', [accountArn(home)], ['kms:*']),
    statement('Allow', [userArn(home, 'li')], ['kms:Decrypt']),
    statement('Deny', [userArn(home, 'li')], ['kms:Encrypt']),
  )
  const ramPolicies = ram(ramDeny, { ...ramAllow, Action: ['kms:Decrypt'] }, ramAllow)
  const [own] = ramPolicies
  expect(ask(user(home), policy, ramPolicies)).toEqual({
    verdict: 'deny',
    why: 'explicitDeny',
    keyPolicy: [
      { index: 0, effect: 'Allow', names: 'account', unmet: [] },
      { index: 2, effect: 'Deny', names: 'caller', unmet: [] },
    ],
    ramPolicy: [
      { policy: own, index: 0, effect: 'Deny', unmet: [] },
      { policy: own, index: 2, effect: 'Allow', unmet: [] },
    ],
    missing: [],
  })
})

describe("the console's roles", () => {
  const policy = customPolicy([home], {
    administrator: [userArn(home, 'admin')],
    user: [userArn(home, 'app')],
    crossAccountUser: [],
  })
  const may = (name: string, action: string): string =>
    ask({ accountId: home, kind: 'user', arn: userArn(home, name) }, policy, [], action).verdict

  test.each(['kms:DescribeKey', 'kms:DisableKey', 'kms:SetKeyPolicy', 'kms:CreateAlias', 'kms:ListTagResources'])(
    'an administrator may %s',
    (action) => expect(may('admin', action)).toBe('allow'),
  )
  test.each(['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:TagResources'])(
    'an administrator may not %s',
    (action) => expect(may('admin', action)).toBe('deny'),
  )
  test.each(['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'])('a user may %s', (action) =>
    expect(may('app', action)).toBe('allow'),
  )
  test.each(['kms:GenerateDataKeyWithoutPlaintext', 'kms:DisableKey', 'kms:GetKeyPolicy'])(
    'a user may not %s',
    (action) => expect(may('app', action)).toBe('deny'),
  )
  test('what a key policy cannot control has no effect in one', () => {
    const named = keyPolicy(statement('Allow', [userArn(home, 'li')], ['kms:GenerateDataKeyWithoutPlaintext']))
    expect(ask(user(home), named, [], 'kms:GenerateDataKeyWithoutPlaintext').verdict).toBe('deny')
  })
})

describe('system policies', () => {
  test.each([
    ['AliyunKMSFullAccess', 'kms:Encrypt', 'allow'],
    ['AliyunKMSFullAccess', 'ram:ListUsers', 'deny'],
    ['AliyunKMSReadOnlyAccess', 'kms:GetKeyPolicy', 'allow'],
    ['AliyunKMSReadOnlyAccess', 'kms:Encrypt', 'deny'],
    ['AliyunKMSReadOnlyAccess', 'kms:DisableKey', 'deny'],
    ['AliyunKMSCryptoAdminAccess', 'kms:SetKeyPolicy', 'allow'],
    ['AliyunKMSCryptoAdminAccess', 'kms:Decrypt', 'deny'],
    ['AliyunKMSCryptoUserAccess', 'kms:Decrypt', 'allow'],
    ['AliyunKMSCryptoUserAccess', 'kms:ListKeys', 'deny'],
    ['AliyunRAMReadOnlyAccess', 'ram:ListRoles', 'allow'],
    ['AdministratorAccess', 'ram:ListUsers', 'allow'],
  ] as const)('%s: %s is %s', (name, action, verdict) => {
    expect(ask(user(home), toAll, system(name), action).verdict).toBe(verdict)
  })
})

test('RAM resources are matched with their wildcards', () => {
  const on = (resource: string): string => ask(user(home), toAll, ram({ ...ramAllow, Resource: [resource] })).verdict
  expect(on(keyArn)).toBe('allow')
  expect(on(`acs:kms:*:${home}:key/*`)).toBe('allow')
  expect(on(`acs:kms:cn-shanghai:${home}:key/*`)).toBe('deny')
  expect(on(`acs:kms:*:${abroad}:*`)).toBe('deny')
  expect(on(`acs:kms:*:${home}:key`)).toBe('deny')
})

describe('whatever the policies say', () => {
  const principals = [home, abroad].flatMap((id) => [
    accountArn(id),
    userArn(id, 'li'),
    userArn(id, 'wang'),
    roleArn(id, 'app'),
  ])
  const actions = ['kms:*', 'kms:Encrypt', 'kms:Decrypt', 'kms:Describe*', 'kms:TagResources', ...policyRoles.user]
  const effect = fc.constantFrom('Allow' as const, 'Deny' as const)
  const some = <T>(values: readonly T[]): fc.Arbitrary<readonly T[]> =>
    fc.subarray([...values], { minLength: 1, maxLength: 3 })
  const keyStatement = fc
    .tuple(effect, some(principals), some(actions))
    .map(([Effect, who, what]) => statement(Effect, who, what))
  const ramStatement = fc.record({
    Effect: effect,
    Action: some([...actions, '*', 'ram:*']),
    Resource: some(['*', keyArn, `acs:kms:*:${abroad}:*`]),
  })
  const questions: fc.Arbitrary<Question> = fc.record({
    caller: fc.constantFrom(account(home), account(abroad), user(home), user(abroad)),
    action: fc.constantFrom('kms:Encrypt', 'kms:DescribeKey', 'kms:TagResources', 'kms:DisableKey'),
    resource: fc.record({
      arn: fc.constant(keyArn),
      accountId: fc.constant(home),
      policy: fc.option(fc.array(keyStatement, { maxLength: 4 }).map((all) => keyPolicy(...all))),
      tags: fc.constant([]),
    }),
    circumstances: fc.constant(circumstances),
    ramPolicies: fc.array(ramStatement, { maxLength: 3 }).map((all) => (all.length > 0 ? ram(...all) : [])),
  })
  const withKeyStatement = (question: Question, added: PolicyStatement): Question => ({
    ...question,
    resource: { ...question.resource, policy: keyPolicy(...(question.resource.policy?.Statement ?? []), added) },
  })
  const withRamStatement = (question: Question, added: RamStatement): Question => ({
    ...question,
    ramPolicies: [...question.ramPolicies, ...ram(added)],
  })
  const all = <A>(other: fc.Arbitrary<A>, check: (question: Question, other: A) => void): void =>
    fc.assert(fc.property(questions, other, check), { numRuns: 1000 })

  test('a deny that matches wins', () => {
    all(fc.boolean(), (question, inKeyPolicy) => {
      const denied = inKeyPolicy
        ? withKeyStatement(question, statement('Deny', [question.caller.arn], ['kms:*']))
        : withRamStatement(question, { Effect: 'Deny', Action: ['*'], Resource: ['*'] })
      expect(evaluate(denied)).toMatchObject({ verdict: 'deny', why: 'explicitDeny', missing: [] })
    })
  })

  test('one more allow never takes away', () => {
    const added = fc.oneof(
      keyStatement.map((one) => (question: Question) => withKeyStatement(question, { ...one, Effect: 'Allow' })),
      ramStatement.map((one) => (question: Question) => withRamStatement(question, { ...one, Effect: 'Allow' })),
    )
    all(added, (question, add) => {
      if (evaluate(question).verdict === 'allow') expect(evaluate(add(question)).verdict).toBe('allow')
    })
  })

  test('granting on every missing side is enough, and the order of statements does not matter', () => {
    all(fc.constant(null), (question) => {
      const before = evaluate(question)
      let granted = question
      for (const side of before.missing)
        granted =
          side === 'keyPolicy'
            ? withKeyStatement(granted, statement('Allow', [question.caller.arn], ['kms:*']))
            : withRamStatement(granted, { Effect: 'Allow', Action: ['*'], Resource: ['*'] })
      expect(evaluate(granted).verdict).toBe(before.why === 'explicitDeny' ? 'deny' : 'allow')

      const { policy } = question.resource
      const reversed = policy && keyPolicy(...policy.Statement.toReversed())
      const again = evaluate({ ...question, resource: { ...question.resource, policy: reversed } })
      expect([again.verdict, again.why, again.missing]).toEqual([before.verdict, before.why, before.missing])
    })
  })
})
