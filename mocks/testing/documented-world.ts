/** The world of the documented cases, and how each of them is put to the signed API. */
import { roleArn, userArn } from '#src/api/contract/arn.ts'
import type { ActionName, Input } from '#src/api/contract/actions.ts'
import { generateHmacKey } from '#mocks/crypto/hmac.ts'
import { newAssociation } from '#mocks/kms/sharing.ts'
import { groupId } from '#mocks/ram/attached.ts'
import type { World } from '#mocks/scenarios/world.ts'
import type {
  AccessKeyRow,
  GroupRow,
  InstanceRow,
  PolicyRef,
  PrincipalRow,
  ResourceShareRow,
} from '#mocks/store/rows.ts'
import { session, testCloud, type CallOptions, type TestCloud } from './client.ts'
import { home, other, principals, type Attached, type DocumentedCase } from './documented-access.ts'
import type { DocumentedDefault, DocumentedQuota } from './documented-policies.ts'
import { externalKeyId, region, shareId, sharedId, smallWorld } from './small-world.ts'
import { testStart } from './runtime.ts'
import { wrappingParameters } from './wrapping.ts'

const third = '3333333333333333'
const createdAt = testStart - 86_400_000
export const instances = {
  plain: 'kst-hzz69a5412800000000001',
  joint: 'kst-hzz69a5412800000000002',
  independent: 'kst-hzz69a5412800000000003',
  /** Attached to a VPC of its own; its access quota is one. */
  tight: 'kst-hzz69a5412800000000004',
} as const

const assumes: PolicyRef = { name: 'AliyunSTSAssumeRoleAccess', type: 'System', attachedAt: createdAt }
/** Users as callers are called: account, name, what they have from the beginning. */
const users = {
  user: [home, 'alice', []],
  colleague: [home, 'bob', []],
  assumer: [home, 'assumer', [assumes]],
  'other-user': [other, 'carol', []],
  'other-colleague': [other, 'dave', []],
  'other-assumer': [other, 'assumer', [assumes]],
  'third-user': [third, 'erin', []],
} as const satisfies Record<string, readonly [string, string, readonly PolicyRef[]]>
const roles = { role: [home, 'app', 'assumer'], 'other-role': [other, 'job', 'other-assumer'] } as const
const accounts = { home, other, third } as const

const principal = (accountId: string, name: string, id: string, policies: readonly PolicyRef[]): PrincipalRow => ({
  arn: userArn(accountId, name),
  accountId,
  kind: 'user',
  name,
  id,
  displayName: name,
  policies,
  createdAt,
  role: null,
})
/** Assumed by the account's user `assumer`. */
const role = (accountId: string, name: string, id: string): PrincipalRow => ({
  ...principal(accountId, name, id, []),
  arn: roleArn(accountId, name),
  kind: 'role',
  role: {
    trust: {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { RAM: [userArn(accountId, 'assumer')] } }],
    },
    maxSessionMs: 12 * 60 * 60_000,
  },
})
const group = (accountId: string, name: string, member: string): GroupRow => ({
  id: groupId(accountId, name),
  accountId,
  name,
  comments: '',
  members: [{ arn: userArn(accountId, member), joinedAt: createdAt }],
  policies: [],
  createdAt,
})
const accessKey = async (name: string, accountId: string, principalArn: string | null): Promise<AccessKeyRow> => ({
  accessKeyId: name,
  accountId,
  principalArn,
  active: true,
  key: await generateHmacKey(),
  about: name,
  order: 0,
})
const share = (id: string): ResourceShareRow => ({
  shareId: id,
  accountId: home,
  region,
  name: id,
  permission: 'AliyunRSDefaultPermissionKMSInstance',
  createdAt,
  updatedAt: createdAt,
})

/** Three accounts and four external instances of the first; no key, and nobody may do anything. */
export async function documentedWorld(): Promise<World> {
  const { cloud, vault } = await smallWorld()
  const [external] = cloud.instances as readonly [InstanceRow]
  return {
    vault,
    cloud: {
      ...cloud,
      accounts: Object.entries(accounts).map(([name, accountId]) => ({ accountId, name, kmsStatus: 'Enabled' })),
      principals: [
        ...Object.values(users).map(([accountId, name, policies], index) =>
          principal(accountId, name, String(index + 1), policies),
        ),
        ...Object.values(roles).map(([accountId, name], index) => role(accountId, name, String(index + 101))),
      ],
      groups: [group(home, 'team', 'alice'), group(other, 'crew', 'carol')],
      accessKeys: await Promise.all([
        ...Object.entries(accounts).map(([name, accountId]) => accessKey(name, accountId, null)),
        ...Object.entries(users).map(([name, [accountId, user]]) =>
          accessKey(name, accountId, userArn(accountId, user)),
        ),
      ]),
      ramPolicies: cloud.ramPolicies.filter(({ accountId }) => accountId === null),
      instances: [
        external,
        { ...external, instanceId: instances.joint, name: 'joint' },
        { ...external, instanceId: instances.independent, name: 'independent', ownership: 'Independent' },
        { ...external, instanceId: instances.tight, name: 'tight', vpcId: 'vpc-bp1', accessQuota: 1 },
      ],
      keys: [],
      aliases: [],
      resourceShares: [share(shareId), share(sharedId)],
      shareAssociations: [
        newAssociation(shareId, 'Resource', instances.joint, createdAt),
        newAssociation(shareId, 'Target', other, createdAt),
        newAssociation(sharedId, 'Resource', instances.independent, createdAt),
        newAssociation(sharedId, 'Target', other, createdAt),
      ],
    },
  }
}

const accountNameOf = (accountId: string): keyof typeof accounts => (accountId === home ? 'home' : 'other')

/** On an instance that is not the caller's own either, or on none. */
export async function makeKey(cloud: TestCloud, as: string, instanceId: string | null): Promise<string> {
  const on = instanceId === null ? {} : { DKMSInstanceId: instanceId, ExternalKeyId: externalKeyId }
  return (await cloud.ok('CreateKey', on, { as })).KeyMetadata.KeyId
}

/** What a case names: its key, another one of the same account, and a ciphertext. */
interface Named {
  readonly KeyId: string
  readonly key: string
  readonly second: string
  readonly owner: string
  readonly instanceId: string | null
  readonly CiphertextBlob: string
}

const Plaintext = 'aGVsbG8='
const policyOf = (owner: string): string =>
  JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Principal: { RAM: [`acs:ram::${owner}:*`] }, Action: ['kms:*'], Resource: ['*'] }],
  })

/** A request of each action that a case does, none of which is refused for anything but permission or state. */
const inputs = {
  CancelKeyDeletion: ({ KeyId }) => ({ KeyId }),
  CreateAlias: ({ KeyId }) => ({ KeyId, AliasName: 'alias/new' }),
  CreateKey: ({ instanceId }) =>
    instanceId === null ? {} : { DKMSInstanceId: instanceId, ExternalKeyId: externalKeyId },
  Decrypt: ({ CiphertextBlob }) => ({ CiphertextBlob }),
  DeleteAlias: () => ({ AliasName: 'alias/key' }),
  DescribeKey: ({ KeyId }) => ({ KeyId }),
  DisableKey: ({ KeyId }) => ({ KeyId }),
  EnableKey: ({ KeyId }) => ({ KeyId }),
  Encrypt: ({ KeyId }) => ({ KeyId, Plaintext }),
  ExportDataKey: ({ CiphertextBlob }) => ({ CiphertextBlob, ...wrappingParameters }),
  GenerateAndExportDataKey: ({ KeyId }) => ({ KeyId, ...wrappingParameters }),
  GenerateDataKey: ({ KeyId }) => ({ KeyId }),
  GenerateDataKeyWithoutPlaintext: ({ KeyId }) => ({ KeyId }),
  GetKeyPolicy: ({ KeyId }) => ({ KeyId, PolicyName: 'default' }),
  ListAliases: () => ({}),
  ListAliasesByKeyId: ({ KeyId }) => ({ KeyId }),
  ListKeyVersions: ({ KeyId }) => ({ KeyId }),
  ListKeys: () => ({}),
  ListResourceTags: ({ KeyId }) => ({ KeyId }),
  ReEncrypt: ({ CiphertextBlob, second }) => ({ CiphertextBlob, DestinationKeyId: second }),
  ScheduleKeyDeletion: ({ KeyId }) => ({ KeyId, PendingWindowInDays: 7 }),
  SetDeletionProtection: ({ KeyId }) => ({ KeyId, EnableDeletionProtection: true }),
  SetKeyPolicy: ({ KeyId, owner }) => ({ KeyId, PolicyName: 'default', Policy: policyOf(owner) }),
  TagResource: ({ KeyId }) => ({ KeyId, Tags: [{ TagKey: 'cost', TagValue: 'low' }] }),
  TagResources: ({ key }) => ({
    RegionId: region,
    ResourceType: 'key',
    ResourceId: [key],
    Tag: [{ Key: 'cost', Value: 'low' }],
  }),
  UntagResource: ({ KeyId }) => ({ KeyId, TagKeys: ['cost'] }),
  UpdateAlias: ({ KeyId }) => ({ KeyId, AliasName: 'alias/second' }),
  UpdateKeyDescription: ({ KeyId }) => ({ KeyId, Description: 'orders' }),
} as const satisfies { readonly [N in ActionName]?: (named: Named) => Input<N> }

function inputOf(action: ActionName, named: Named): Input<ActionName> {
  const make = (inputs as Partial<Record<ActionName, (named: Named) => Input<ActionName>>>)[action]
  if (!make) throw new Error(`No case can do ${action} yet.`)
  return make(named)
}

/** Attaches each policy to whom it is for, by the account that he belongs to. */
async function attach(cloud: TestCloud, { caller }: DocumentedCase, { to, policy }: Attached, index: number) {
  const name = to === 'caller' ? caller : to
  const as = { as: name.startsWith('other') || name === 'crew' ? 'other' : name.startsWith('third') ? 'third' : 'home' }
  const PolicyName = typeof policy === 'string' ? policy : `Case${index}`
  const PolicyType = typeof policy === 'string' ? 'System' : 'Custom'
  if (typeof policy !== 'string')
    await cloud.ok(
      'CreatePolicy',
      { PolicyName, PolicyDocument: JSON.stringify({ Version: '1', Statement: [policy] }) },
      as,
    )
  const attached = { PolicyType, PolicyName } as const
  if (name === 'team' || name === 'crew') await cloud.ok('AttachPolicyToGroup', { ...attached, GroupName: name }, as)
  else if (name in roles)
    await cloud.ok('AttachPolicyToRole', { ...attached, RoleName: roles[name as keyof typeof roles][1] }, as)
  else await cloud.ok('AttachPolicyToUser', { ...attached, UserName: users[name as keyof typeof users][1] }, as)
}

async function credentialsOf(cloud: TestCloud, caller: DocumentedCase['caller']): Promise<CallOptions> {
  if (caller !== 'role' && caller !== 'other-role') return { as: caller }
  const [accountId, name, assumer] = roles[caller]
  const input = { RoleArn: roleArn(accountId, name), RoleSessionName: 'case', DurationSeconds: 43_200 }
  return { session: await session((await cloud.ok('AssumeRole', input, { as: assumer })).Credentials) }
}

/** Puts a case to a cloud of its own: `allowed`, or the code of the refusal. */
export async function ask(world: World, documented: DocumentedCase): Promise<string> {
  const { key: given, action, by, circumstances, spoilt, dryRun } = documented
  const cloud = await testCloud({ world })
  const owner = { as: accountNameOf(given.owner) }
  const instanceId = given.on === 'none' ? null : instances[given.on]
  const key = await makeKey(cloud, owner.as, instanceId)
  const second = await makeKey(cloud, owner.as, instances[given.on === 'none' ? 'plain' : given.on])
  await cloud.ok('CreateAlias', { KeyId: key, AliasName: 'alias/key' }, owner)
  await cloud.ok('CreateAlias', { KeyId: second, AliasName: 'alias/second' }, owner)
  const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: key, Plaintext }, owner)
  if (given.tags.length > 0) await cloud.ok('TagResource', { KeyId: key, Tags: given.tags }, owner)
  const placed = (text: string): string => text.replaceAll('{key}', key).replaceAll('{second}', second)
  for (const [index, attached] of documented.ram.entries())
    await attach(cloud, documented, JSON.parse(placed(JSON.stringify(attached))) as Attached, index)
  const options = await credentialsOf(cloud, documented.caller)
  if (given.policy) {
    const Policy = JSON.stringify({ Version: '1', Statement: given.policy })
    await cloud.ok('SetKeyPolicy', { KeyId: key, PolicyName: 'default', Policy }, owner)
  }
  if (given.state === 'Disabled') await cloud.ok('DisableKey', { KeyId: key }, owner)
  if (given.state === 'PendingDeletion')
    await cloud.ok('ScheduleKeyDeletion', { KeyId: key, PendingWindowInDays: 7 }, owner)
  if (circumstances.at !== null) await cloud.cloud.lab.advanceClock(circumstances.at - cloud.cloud.now())
  const KeyId = {
    id: key,
    arn: `acs:kms:${region}:${given.owner}:key/${key}`,
    alias: 'alias/key',
    nothing: 'key-hzz00000000zzzzzzzzzz',
  }[by]
  const input = inputOf(action, { KeyId, key, second, owner: given.owner, instanceId, CiphertextBlob })
  const { sourceIp, secureTransport } = circumstances
  const code = await cloud.code(
    action,
    { ...input, ...(spoilt === null ? {} : { [spoilt]: '{' }), ...(dryRun ? { DryRun: true } : {}) },
    {
      ...options,
      origin: { sourceIp, secureTransport },
    },
  )
  if (cloud.defects.length > 0) throw new Error('The cloud reported a defect.', { cause: cloud.defects })
  return code ?? 'allowed'
}

const keyPolicy = (named: readonly string[]): string =>
  JSON.stringify({
    Version: '1',
    Statement: [
      { Effect: 'Allow', Principal: { RAM: [principals.home, ...named] }, Action: ['kms:Encrypt'], Resource: ['*'] },
    ],
  })

/** What SetKeyPolicy answers to a text: `allowed`, or the code of the refusal. */
export async function setText(world: World, Policy: string): Promise<string> {
  const cloud = await testCloud({ world })
  const KeyId = await makeKey(cloud, 'home', instances.plain)
  return (await cloud.code('SetKeyPolicy', { KeyId, PolicyName: 'default', Policy }, { as: 'home' })) ?? 'allowed'
}

/** The policy that a key is made with, parsed. */
export async function defaultOf(world: World, { owner, on }: DocumentedDefault): Promise<unknown> {
  const cloud = await testCloud({ world })
  const KeyId = await makeKey(cloud, owner, instances[on])
  return JSON.parse((await cloud.ok('GetKeyPolicy', { KeyId }, { as: owner })).Policy)
}

/** What SetKeyPolicy answers to the last of a case's policies; those before have to be accepted. */
export async function spend({ cloud: rows, vault }: World, documented: DocumentedQuota): Promise<string> {
  const { on, quota, named, keys, wait } = documented
  const changed = rows.instances.map((row) => (row.instanceId === instances[on] ? { ...row, accessQuota: quota } : row))
  const cloud = await testCloud({ world: { vault, cloud: { ...rows, instances: changed } } })
  const made = await makeKey(cloud, 'home', instances[on])
  let code: string | null = null
  for (const [index, who] of named.entries()) {
    if (code !== null) throw new Error(`An earlier policy was refused: ${code}.`)
    if (index === named.length - 1) await cloud.cloud.lab.advanceClock(wait * 60_000)
    const KeyId = keys === 'one' ? made : await makeKey(cloud, 'home', instances[on])
    code = await cloud.code('SetKeyPolicy', { KeyId, PolicyName: 'default', Policy: keyPolicy(who) }, { as: 'home' })
  }
  return code ?? 'allowed'
}
