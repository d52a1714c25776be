import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { evaluate, type AttachedPolicy } from '#mocks/ram/evaluate.ts'
import { hasEffect, keyPermissions, principalOf, wordsFor, type Principal } from './access.ts'
import { actions } from './actions.ts'
import type { Action, Subject } from './action.ts'
import { accountArn, roleArn, userArn } from './arn.ts'
import { customPolicy, defaultPolicy, policyRoles, type KeyPolicy, type PolicyStatement } from './policy.ts'
import { changeKinds, comparePolicies, type PolicyWarning } from './policy-difference.ts'

const home = '1203456789012345'
const abroad = '1309876543210987'
const admin = userArn(home, 'key-admin')
const app = roleArn(home, 'order-app')
const etl = roleArn(abroad, 'etl')

const someone = (arn: string): Principal => principalOf(arn)!
const root = someone(accountArn(home))
const statement = (
  Effect: 'Allow' | 'Deny',
  principals: readonly string[],
  named: readonly string[] = ['kms:*'],
): PolicyStatement => ({ Effect, Principal: { RAM: principals }, Action: named, Resource: ['*'] })
const policy = (...statements: readonly PolicyStatement[]): KeyPolicy => ({ Version: '1', Statement: statements })
const custom = (
  administrator: readonly string[],
  user: readonly string[] = [],
  crossAccountUser: readonly string[] = [],
) => customPolicy([home], { administrator, user, crossAccountUser })
const compare = (before: KeyPolicy, after: KeyPolicy, caller = root) =>
  comparePolicies(before, after, { ownerAccountId: home, caller })
const kinds = (warnings: readonly PolicyWarning[]): readonly string[] => warnings.map(({ kind }) => kind)

describe('the permissions that a key policy can be asked for', () => {
  const aboutKeys: ReadonlySet<Subject> = new Set([
    'key',
    'ciphertext',
    'aliasAndKey',
    'alias',
    'protected',
    'resources',
  ])
  const asked = (Object.values(actions) as readonly Action[]).filter(
    ({ subject, permission, extension }) => aboutKeys.has(subject) && permission !== null && extension !== true,
  )

  test.each(asked.map(({ permission }) => permission!))('hold %s', (permission) => {
    expect(keyPermissions).toContain(permission)
  })

  it.each([...policyRoles.administrator, ...policyRoles.user, 'kms:*'])('%s has an effect', (pattern) => {
    expect(hasEffect(pattern)).toBe(true)
  })

  it.each(['kms:Encrpyt', 'kms:CreateSecret', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ListKeys'])(
    '%s has none',
    (pattern) => expect(hasEffect(pattern)).toBe(false),
  )
})

describe('the difference', () => {
  it('is empty for the same policy, however it is written', () => {
    const before = custom([admin], [app], [etl])
    const shuffled = policy(
      ...before.Statement.toReversed().map((one) => ({ ...one, Action: one.Action.toReversed() })),
    )
    expect(compare(before, shuffled)).toEqual({ changes: [], warnings: [] })
  })

  it('expands wildcards, per principal', () => {
    const { changes } = compare(custom([admin]), custom([admin], [app]))
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({ principal: { arn: app, kind: 'role' }, lost: [], denied: [], released: [] })
    expect(changes[0]!.gained).toHaveLength(policyRoles.user.length)
    const { changes: back } = compare(custom([admin], [app]), custom([admin]))
    expect(back[0]!.lost).toEqual(changes[0]!.gained)
  })

  it('tells a deny from a grant that is no longer there', () => {
    const allowed = policy(statement('Allow', [app], ['kms:Encrypt', 'kms:Decrypt']))
    const denied = policy(...allowed.Statement, statement('Deny', [app], ['kms:Decrypt']))
    expect(compare(allowed, denied).changes).toMatchObject([{ denied: ['kms:Decrypt'], lost: [] }])
    expect(compare(denied, allowed).changes).toMatchObject([{ gained: ['kms:Decrypt'], released: [] }])
    const freed = policy(statement('Allow', [app], ['kms:Encrypt']))
    expect(compare(denied, freed).changes).toMatchObject([{ released: ['kms:Decrypt'], gained: [], lost: [] }])
  })

  it('takes :* and :root for one principal', () => {
    const asRoot = policy(statement('Allow', [`acs:ram::${abroad}:root`]))
    expect(compare(asRoot, policy(statement('Allow', [accountArn(abroad)]))).changes).toEqual([])
  })

  it('gives the owner nothing that it has not already', () => {
    const { changes } = compare(custom([admin]), policy(statement('Allow', [admin], policyRoles.administrator)))
    expect(changes).toEqual([])
  })
})

describe('warnings', () => {
  const operator = someone(userArn(home, 'key-operator'))

  it('a deny locks a user out for certain', () => {
    const after = policy(...custom([admin]).Statement, statement('Deny', [operator.arn], ['kms:Set*']))
    expect(compare(custom([admin]), after, operator).warnings[0]).toEqual({
      kind: 'selfLockedOut',
      permissions: ['kms:SetKeyPolicy'],
      certain: true,
    })
    expect(kinds(compare(custom([admin]), after, root).warnings)).toEqual(['explicitDeny'])
  })

  it('a grant that goes locks a user out unless RAM allows', () => {
    expect(compare(custom([admin, operator.arn]), custom([admin]), operator).warnings).toEqual([
      { kind: 'selfLockedOut', permissions: ['kms:GetKeyPolicy', 'kms:SetKeyPolicy'], certain: false },
    ])
  })

  it('the same from another account is certain: there the key policy must allow', () => {
    const before = defaultPolicy([home, abroad])
    const { warnings } = compare(before, defaultPolicy([home]), someone(accountArn(abroad)))
    expect(warnings).toMatchObject([{ kind: 'selfLockedOut', certain: true }])
  })

  it('the account locks itself out by a deny alone', () => {
    const after = policy(...custom([admin]).Statement, statement('Deny', [accountArn(home)], ['kms:SetKeyPolicy']))
    expect(kinds(compare(custom([admin]), after).warnings)).toEqual(['sealed', 'explicitDeny'])
    expect(kinds(compare(custom([admin]), after, operator).warnings)).toEqual(['sealed', 'explicitDeny'])
    expect(compare(custom([admin]), policy(statement('Allow', [etl]))).warnings).toMatchObject([
      { kind: 'noAdministrator' },
    ])
  })

  it('the last administrator', () => {
    expect(compare(custom([admin, admin]), custom([], [app])).warnings).toMatchObject([
      { kind: 'noAdministrator', last: [{ arn: admin }] },
    ])
    expect(compare(custom([admin]), custom([app])).warnings).toEqual([])
    expect(compare(defaultPolicy([home]), custom([], [app])).warnings).toEqual([])
    // Denied besides, so administrator in name only.
    const inName = policy(...custom([admin]).Statement, statement('Deny', [admin]))
    expect(kinds(compare(custom([admin]), inName).warnings)).toEqual(['noAdministrator', 'explicitDeny'])
  })

  it('an account as a whole, the own and another, where it is new', () => {
    const before = policy(statement('Allow', [admin]))
    expect(
      compare(before, policy(...before.Statement, ...defaultPolicy([home, abroad]).Statement)).warnings,
    ).toMatchObject([
      { kind: 'wholeAccount', accountId: home, own: true, permissions: keyPermissions },
      { kind: 'wholeAccount', accountId: abroad, own: false },
    ])
    const more = policy(...custom([admin]).Statement, statement('Allow', [accountArn(abroad)], ['kms:Encrypt']))
    expect(compare(custom([admin]), more).warnings).toMatchObject([{ accountId: abroad, permissions: ['kms:Encrypt'] }])
    expect(compare(more, more).warnings).toEqual([])
  })
})

describe('whatever the policies say', () => {
  const principals = [home, abroad].flatMap((id) => [
    accountArn(id),
    `acs:ram::${id}:root`,
    userArn(id, 'li'),
    roleArn(id, 'app'),
  ])
  const some = <T>(values: readonly T[]): fc.Arbitrary<readonly T[]> =>
    fc.subarray([...values], { minLength: 1, maxLength: 3 })
  const named = [
    'kms:*',
    ...policyRoles.administrator,
    ...policyRoles.user,
    'kms:ReEncryptFrom',
    'kms:D*',
    'kms:Nothing',
  ]
  const policies = fc
    .array(
      fc
        .tuple(fc.constantFrom('Allow' as const, 'Deny' as const), some(principals), some(named))
        .map(([effect, who, what]) => statement(effect, who, what)),
      { minLength: 1, maxLength: 4 },
    )
    .map((statements) => policy(...statements))
  const everyone = principals.map(someone)
  const full: readonly AttachedPolicy[] = [
    {
      name: 'Full',
      type: 'Custom',
      via: 'user',
      document: { Version: '1', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] },
    },
  ]
  const mayWith = (document: KeyPolicy, caller: Principal, action: string, ramPolicies: readonly AttachedPolicy[]) =>
    evaluate({
      caller,
      action,
      resource: { arn: `acs:kms:cn-hangzhou:${home}:key/key-1`, accountId: home, policy: document, tags: [] },
      ramPolicies,
      circumstances: { now: Date.parse('2026-11-26T00:00:00Z'), sourceIp: '127.0.0.1', secureTransport: true },
    }).verdict === 'allow'

  test('its word on a permission is what enforcement makes of it, with RAM and without', () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(...everyone), (document, principal) => {
        const words = wordsFor(document, principal, home)
        const own = principal.accountId === home
        const asAccount = principal.kind === 'account'
        for (const permission of keyPermissions) {
          const word = words.get(permission)!
          const withRam = word === 'allow' || (word === 'none' && own)
          const without = word === 'allow' && (own || asAccount)
          expect([permission, word, mayWith(document, principal, permission, full)]).toEqual([
            permission,
            word,
            withRam,
          ])
          expect([permission, word, mayWith(document, principal, permission, [])]).toEqual([permission, word, without])
        }
      }),
      { numRuns: 150 },
    )
  })

  test('the difference leads from what was enforced before to what is enforced after', () => {
    fc.assert(
      fc.property(policies, policies, fc.constantFrom(...everyone), (before, after, caller) => {
        const { changes } = comparePolicies(before, after, { ownerAccountId: home, caller })
        for (const principal of everyone) {
          const change = changes.find(({ principal: { arn } }) => arn === principal.arn)
          // Where RAM allows everything, or nothing, only these permissions may come out otherwise than before.
          for (const ram of [full, []])
            for (const permission of keyPermissions) {
              const was = mayWith(before, principal, permission, ram)
              const will = mayWith(after, principal, permission, ram)
              const kind = changeKinds.find((one) => change?.[one].includes(permission))
              if (was === will) continue
              // Those who are named nowhere have no row: their account's tells.
              if (!change && !isNamed(principal, before, after)) continue
              expect([kind === 'gained' || kind === 'released', kind === undefined]).toEqual([will, false])
            }
        }
      }),
      { numRuns: 100 },
    )
  })

  const isNamed = ({ arn, kind, accountId }: Principal, ...documents: readonly KeyPolicy[]): boolean =>
    documents.some(({ Statement }) =>
      Statement.some(({ Principal: { RAM } }) =>
        RAM.some((text) => text === arn || (kind === 'account' && text === accountArn(accountId))),
      ),
    )

  test('there and back again is the same list the other way round', () => {
    const opposite = {
      gained: ['lost', 'denied'],
      lost: ['gained'],
      denied: ['gained', 'released'],
      released: ['denied'],
      conditional: ['conditional', 'gained', 'lost', 'denied'],
    } as const
    fc.assert(
      fc.property(policies, policies, (before, after) => {
        const there = compare(before, after).changes
        const back = compare(after, before).changes
        expect(there.map(({ principal }) => principal.arn).sort()).toEqual(
          back.map(({ principal }) => principal.arn).sort(),
        )
        for (const change of there) {
          const returned = back.find(({ principal }) => principal.arn === change.principal.arn)!
          for (const kind of changeKinds)
            for (const permission of change[kind])
              expect(opposite[kind].some((other) => returned[other].includes(permission))).toBe(true)
          // Each permission in one list only.
          const all = changeKinds.flatMap((kind) => change[kind])
          expect(new Set(all).size).toBe(all.length)
        }
      }),
      { numRuns: 100 },
    )
  })
})
