import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountArn, roleArn, userArn } from '#src/api/contract/arn.ts'
import {
  customPolicy,
  defaultPolicy,
  parsePolicy,
  policyRoles,
  type KeyPolicy,
  type PolicyStatement,
} from '#src/api/contract/policy.ts'
import { comparePolicies } from '#src/api/contract/policy-difference.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import { isLock, pickedFrom } from './choice.ts'
import { compactJson, formatJson } from './document/json-format.ts'

const own = '1203456789012345'
const other = '1309876543210987'
const third = '1407654321098765'

const name = fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/)
const arnIn = (accountId: fc.Arbitrary<string>) =>
  fc.tuple(accountId, fc.constantFrom(userArn, roleArn), name).map(([id, arn, text]) => arn(id, text))
const ownArns = fc.uniqueArray(arnIn(fc.constant(own)), { maxLength: 4 })
const foreignArns = fc.uniqueArray(arnIn(fc.constantFrom(other, third)), { maxLength: 4 })
const accountIds = fc.uniqueArray(fc.constantFrom(own, other, third), { minLength: 1 })
const choices = fc.record({ administrator: ownArns, user: ownArns, crossAccountUser: foreignArns })

const allow = (principals: readonly string[], actions: readonly string[], more = {}): PolicyStatement => ({
  Effect: 'Allow',
  Principal: { RAM: principals },
  Action: actions,
  Resource: ['*'],
  ...more,
})
const withDefault = (...statements: readonly PolicyStatement[]): KeyPolicy => ({
  Version: '1',
  Statement: [...defaultPolicy([own]).Statement, ...statements],
})

it('choice → policy → choice is the choice', () => {
  fc.assert(
    fc.property(accountIds, choices, (ids, choice) => {
      expect(pickedFrom(customPolicy(ids, choice), own)).toEqual({ accountIds: ids, choice })
    }),
  )
})

const statements = fc.record(
  {
    Sid: fc.constantFrom('kms default key policy', 'mine'),
    Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
    Principal: fc.record({
      RAM: fc.uniqueArray(
        fc.oneof(
          arnIn(accountIds.map(([id]) => id!)),
          accountIds.map(([id]) => accountArn(id!)),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
    Action: fc.constantFrom<readonly string[]>(
      ['kms:*'],
      policyRoles.administrator,
      policyRoles.user,
      policyRoles.user.toReversed(),
      ['kms:Encrypt'],
    ),
    Resource: fc.constant(['*'] as const),
  },
  { requiredKeys: ['Effect', 'Principal', 'Action', 'Resource'] },
)
const policies = fc
  .tuple(choices, fc.array(statements, { maxLength: 2 }), fc.boolean())
  .map(([choice, more, first]): KeyPolicy => {
    const { Statement } = customPolicy([own], choice)
    return { Version: '1', Statement: first ? [...more, ...Statement] : [...Statement, ...more] }
  })

it('what the pickers take over they write with the same meaning; what they would lose locks them', () => {
  let taken = 0
  let locked = 0
  fc.assert(
    fc.property(policies, (policy) => {
      const picked = pickedFrom(policy, own)
      if (isLock(picked)) {
        locked++
        if (picked.statement !== null) expect(policy.Statement[picked.statement]).toBeDefined()
        return
      }
      taken++
      const rewritten = customPolicy(picked.accountIds, picked.choice)
      expect(rewritten.Statement).toHaveLength(policy.Statement.length)
      const sidsOf = ({ Statement }: KeyPolicy) => Statement.flatMap(({ Sid }) => Sid ?? [])
      expect(sidsOf(rewritten)).toEqual(sidsOf(policy))
      const caller = { accountId: own, kind: 'account', arn: `acs:ram::${own}:root` } as const
      expect(comparePolicies(policy, rewritten, { ownerAccountId: own, caller })).toEqual({ changes: [], warnings: [] })
    }),
    { numRuns: 500 },
  )
  expect(Math.min(taken, locked)).toBeGreaterThan(20)
})

it('any policy goes through the document untouched', () => {
  fc.assert(
    fc.property(policies, (policy) => {
      const text = JSON.stringify(policy)
      const read = parsePolicy(formatJson(text))
      expect(isProblem(read) ? read : JSON.stringify(read)).toBe(text)
      expect(compactJson(formatJson(text))).toBe(text)
    }),
  )
})

describe('locks', () => {
  it.each([
    [
      'no default statement',
      { Version: '1', Statement: [allow([userArn(own, 'a')], policyRoles.user)] } as const,
      'noDefault',
      null,
    ],
    ['a deny', withDefault({ ...allow([userArn(own, 'a')], policyRoles.user), Effect: 'Deny' }), 'deny', 1],
    ['a Sid of its own', withDefault(allow([userArn(own, 'a')], policyRoles.user, { Sid: 'apps' })), 'sid', 1],
    ['actions of no role', withDefault(allow([userArn(own, 'a')], ['kms:Encrypt'])), 'actions', 1],
    [
      'one action more',
      withDefault(allow([userArn(own, 'a')], [...policyRoles.user, 'kms:GetPublicKey'])),
      'actions',
      1,
    ],
    ['everything for a user', withDefault(allow([userArn(own, 'a')], ['kms:*'])), 'actions', 1],
    ['a whole account as user', withDefault(allow([accountArn(other)], policyRoles.user)), 'wholeAccount', 1],
    [
      'an administrator of another account',
      withDefault(allow([userArn(other, 'a')], policyRoles.administrator)),
      'foreignAdministrator',
      1,
    ],
    [
      'own and other users in one',
      withDefault(allow([userArn(own, 'a'), userArn(other, 'b')], policyRoles.user)),
      'mixedAccounts',
      1,
    ],
    [
      'a role twice',
      withDefault(allow([userArn(own, 'a')], policyRoles.user), allow([userArn(own, 'b')], policyRoles.user)),
      'repeated',
      2,
    ],
    ['the default statement twice', withDefault(...defaultPolicy([other]).Statement), 'repeated', 1],
    [
      'a default statement with another Sid',
      withDefault(allow([accountArn(own)], ['kms:*'], { Sid: 'Enable RAM User Permissions' })),
      'defaultForm',
      1,
    ],
    [
      'one that names :root',
      {
        Version: '1',
        Statement: [{ ...defaultPolicy([own]).Statement[0]!, Principal: { RAM: [`acs:ram::${own}:root`] } }],
      } as const,
      'defaultForm',
      0,
    ],
  ])('%s', (_, policy, reason, statement) => {
    expect(pickedFrom(policy, own)).toEqual({ reason, statement })
  })
})
