/** Random policies over the small world: what the explanations are compared with the gateway on. */
import fc from 'fast-check'
import { accountArn, roleArn, userArn } from '#src/api/contract/arn.ts'
import type { Condition } from '#src/api/contract/conditions.ts'
import { defaultPolicy, policyRoles, type KeyPolicy, type PolicyStatement } from '#src/api/contract/policy.ts'
import type { KeyState } from '#src/api/contract/states.ts'
import type { Circumstances } from '#mocks/kms/context.ts'
import { firstVersion } from '#mocks/ram/attached.ts'
import type { World } from '#mocks/scenarios/world.ts'
import type { PolicyRef, PrincipalRow, RamPolicy, RamStatement } from '#mocks/store/rows.ts'
import { generateHmacKey } from '#mocks/crypto/hmac.ts'
import { testStart } from './runtime.ts'
import { account, instanceId, keyIds, otherAccount, region, smallWorld } from './small-world.ts'

/** The small world's keys, one more without a policy, and one of the other account on the shared instance. */
export const accessKeyIds = {
  ...keyIds,
  shared: 'key-hzz69a5412800000000005',
  default: 'key-hzz69a5412800000000006',
} as const
export type AccessKey = keyof typeof accessKeyIds

/** Who asks, by access key or, for the role, by session. */
export const askers = ['owner', 'admin', 'reader', 'nobody', 'helper', 'stranger', 'guest'] as const
export type Asker = (typeof askers)[number]

export const arnOfAsker: Readonly<Record<Asker, string>> = {
  owner: `acs:ram::${account}:root`,
  admin: userArn(account, 'admin'),
  reader: userArn(account, 'reader'),
  nobody: userArn(account, 'nobody'),
  helper: roleArn(account, 'helper'),
  stranger: `acs:ram::${otherAccount}:root`,
  guest: userArn(otherAccount, 'guest'),
}
export const accountOfAsker = (asker: Asker): string =>
  asker === 'stranger' || asker === 'guest' ? otherAccount : account

export interface DrawnAccess {
  readonly keyPolicies: Readonly<Record<Exclude<AccessKey, 'default'>, KeyPolicy>>
  readonly states: Readonly<Record<Exclude<AccessKey, 'pendingDeletion'>, KeyState>>
  /** Documents of the own policies `P0`… of both accounts. */
  readonly documents: readonly RamPolicy[]
  /** Which of them are attached to whom; `team` is the group that `reader` is in. */
  readonly attached: Readonly<Record<'admin' | 'reader' | 'nobody' | 'helper' | 'guest' | 'team', readonly number[]>>
  readonly circumstances: Circumstances
}

const some = <T>(values: readonly T[], maxLength = 3): fc.Arbitrary<readonly T[]> =>
  fc.subarray([...values], { minLength: 1, maxLength })

const conditions: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { DateLessThan: { 'acs:CurrentTime': [new Date(testStart + 1000).toISOString()] } },
  { DateGreaterThan: { 'acs:CurrentTime': [new Date(testStart + 60_000).toISOString()] } },
  { IpAddress: { 'acs:SourceIp': ['192.0.2.0/24'] } },
  { NotIpAddress: { 'acs:SourceIp': ['192.0.2.0/24', '127.0.0.1'] } },
  { Bool: { 'acs:SecureTransport': ['true'] } },
  { StringEquals: { 'kms:tag/env': ['test'] } },
  { StringNotLike: { 'kms:tag/env': ['t*'] } },
)

const withCondition = <S extends object>(statement: fc.Arbitrary<S>): fc.Arbitrary<S & { Condition?: Condition }> =>
  fc
    .tuple(statement, fc.option(conditions, { freq: 3, nil: undefined }))
    .map(([one, Condition]) => (Condition === undefined ? one : { ...one, Condition }))

const named = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:CreateAlias',
  'kms:TagResource',
  'kms:GenerateDataKey',
  'kms:ReEncryptTo',
  'kms:List*',
  'kms:Describe*',
]
const principals = Object.values(arnOfAsker)

const keyStatement: fc.Arbitrary<PolicyStatement> = withCondition(
  fc.oneof(
    fc.record({
      Effect: fc.constant('Allow' as const),
      Principal: fc.record({ RAM: some([...principals, accountArn(account), accountArn(otherAccount)]) }),
      Action: fc.oneof(some(named), fc.constantFrom(policyRoles.administrator, policyRoles.user, ['kms:*'])),
      Resource: fc.constant(['*']),
    }),
    fc.record({
      Effect: fc.constant('Deny' as const),
      Principal: fc.record({ RAM: some([...principals, accountArn(otherAccount)]) }),
      Action: some(named),
      Resource: fc.constant(['*']),
    }),
  ),
)
const keyPolicy = (owner: string): fc.Arbitrary<KeyPolicy> =>
  fc.tuple(fc.boolean(), fc.array(keyStatement, { maxLength: 4 })).map(([usual, statements]): KeyPolicy => {
    const Statement = [...(usual || statements.length === 0 ? defaultPolicy([owner]).Statement : []), ...statements]
    return { Version: '1', Statement }
  })

const ramStatement: fc.Arbitrary<RamStatement> = withCondition(
  fc.record({
    Effect: fc.oneof(
      { weight: 4, arbitrary: fc.constant('Allow' as const) },
      { weight: 1, arbitrary: fc.constant('Deny' as const) },
    ),
    Action: fc.oneof(some(named), fc.constantFrom(['kms:*'], ['*'], policyRoles.user)),
    Resource: some([
      '*',
      `acs:kms:*:${account}:key/*`,
      `acs:kms:${region}:${account}:key/${keyIds.enabled}`,
      `acs:kms:*:${account}:alias/*`,
      `acs:kms:*:${otherAccount}:*`,
    ]),
  }),
)
const documents = fc.array(
  fc.array(ramStatement, { minLength: 1, maxLength: 2 }).map((Statement): RamPolicy => ({ Version: '1', Statement })),
  { minLength: 4, maxLength: 4 },
)
const attachment = fc.subarray([0, 1, 2, 3], { maxLength: 3 })

export const drawnAccess: fc.Arbitrary<DrawnAccess> = fc.record({
  keyPolicies: fc.record({
    enabled: keyPolicy(account),
    disabled: keyPolicy(account),
    pendingDeletion: keyPolicy(account),
    foreign: keyPolicy(otherAccount),
    shared: keyPolicy(otherAccount),
  }),
  states: fc.record({
    enabled: fc.constantFrom<KeyState>('Enabled'),
    disabled: fc.constantFrom<KeyState>('Disabled'),
    foreign: fc.constantFrom<KeyState>('Enabled', 'Disabled'),
    shared: fc.constantFrom<KeyState>('Enabled', 'Enabled', 'Disabled'),
    default: fc.constantFrom<KeyState>('Enabled', 'Disabled'),
  }),
  documents,
  attached: fc.record({
    admin: attachment,
    reader: attachment,
    nobody: attachment,
    helper: attachment,
    guest: attachment,
    team: attachment,
  }),
  circumstances: fc.record({
    now: fc.constant(testStart),
    sourceIp: fc.constantFrom('127.0.0.1', '192.0.2.7', '2001:db8::7'),
    secureTransport: fc.boolean(),
  }),
})

const ref = (index: number): PolicyRef => ({ name: `P${index}`, type: 'Custom', attachedAt: testStart })
/** So that `assumer` may assume `helper`, whatever is drawn. */
const assume: PolicyRef = { name: 'Assume', type: 'Custom', attachedAt: testStart }

const defaultVersion = 'key-hzz69a5412800000000006-1'

/** The small world under drawn policies. `base`: the small world, which may be made once for many. */
export async function accessWorld(drawn: DrawnAccess, base: World): Promise<World> {
  const { cloud, vault } = base
  const usual = cloud.keys.find(({ keyId }) => keyId === keyIds.enabled)!
  const own = (accountId: string, name: string, document: RamPolicy) =>
    firstVersion({ accountId, name, description: '', document, createdAt: testStart })
  const assuming: RamPolicy = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: ['*'] }],
  }
  const policiesOf = (name: string): readonly PolicyRef[] =>
    Object.hasOwn(drawn.attached, name) ? drawn.attached[name as keyof typeof drawn.attached].map(ref) : []
  const people = cloud.principals.map((row): PrincipalRow => ({ ...row, policies: policiesOf(row.name) }))
  const guest: PrincipalRow = {
    ...people.find(({ name }) => name === 'nobody')!,
    arn: userArn(otherAccount, 'guest'),
    accountId: otherAccount,
    name: 'guest',
    id: '99',
    policies: policiesOf('guest'),
  }
  const assumer: PrincipalRow = {
    ...guest,
    arn: userArn(account, 'assumer'),
    accountId: account,
    name: 'assumer',
    id: '98',
    policies: [assume],
  }
  const tags = [{ TagKey: 'env', TagValue: 'test' }]
  return {
    vault,
    cloud: {
      ...cloud,
      principals: [...people, guest, assumer],
      groups: cloud.groups.map((group) => ({ ...group, policies: drawn.attached.team.map(ref) })),
      ramPolicies: [
        ...cloud.ramPolicies,
        own(account, 'Assume', assuming),
        ...drawn.documents.flatMap((document, index) => [
          own(account, `P${index}`, document),
          own(otherAccount, `P${index}`, document),
        ]),
      ],
      accessKeys: [
        ...cloud.accessKeys,
        ...(await Promise.all(
          [guest, assumer].map(async ({ accountId, arn, name }) => ({
            accessKeyId: name,
            accountId,
            principalArn: arn,
            active: true,
            key: await generateHmacKey(),
            about: name,
            order: 20,
          })),
        )),
      ],
      keys: [
        ...cloud.keys.map((key) => {
          const name = (Object.keys(keyIds) as (keyof typeof keyIds)[]).find((one) => keyIds[one] === key.keyId)!
          const state = name === 'pendingDeletion' ? key.state : drawn.states[name]
          return { ...key, instanceId, policy: drawn.keyPolicies[name], state, tags: name === 'enabled' ? tags : [] }
        }),
        {
          ...usual,
          keyId: accessKeyIds.shared,
          accountId: otherAccount,
          policy: drawn.keyPolicies.shared,
          state: drawn.states.shared,
        },
        {
          ...usual,
          keyId: accessKeyIds.default,
          instanceId: null,
          externalKeyId: null,
          policy: null,
          state: drawn.states.default,
          primaryVersionId: defaultVersion,
          rotatedAt: testStart,
        },
      ],
      keyVersions: [{ versionId: defaultVersion, keyId: accessKeyIds.default, createdAt: testStart, material: null }],
    },
  }
}

export const baseWorld = smallWorld
