/** A world with no more in it than the gateway's tests need, every name in plain sight. */
import { keyArn, roleArn, rootArn, userArn } from '#src/api/contract/arn.ts'
import { defaultPolicy } from '#src/api/contract/policy.ts'
import { sharePermissions } from '#src/api/contract/sharing.ts'
import { generateHmacKey } from '#mocks/crypto/hmac.ts'
import { newAssociation } from '#mocks/kms/sharing.ts'
import { firstVersion, groupId } from '#mocks/ram/attached.ts'
import { systemPolicyRows, type SystemPolicyName } from '#mocks/ram/system-policies.ts'
import { certificateAt, publicHost } from '#mocks/xki/sites.ts'
import type { World } from '#mocks/scenarios/world.ts'
import {
  schemaVersion,
  vaultTables,
  type AccessKeyRow,
  type GroupRow,
  type InstanceRow,
  type KeyRow,
  type PolicyRef,
  type PrincipalRow,
  type ProxyCredentialRow,
  type ResourceShareRow,
  type RamPolicy,
  type RamPolicyRow,
} from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { createProxyCredential } from '#mocks/xki/credential.ts'
import { ensureWrappingKey, newExternalKey } from '#mocks/xki/vault.ts'
import { testRuntime, testStart } from './runtime.ts'

export const account = '1111111111111111'
export const otherAccount = '2222222222222222'
export const region = 'cn-hangzhou'
export const instanceId = 'kst-hzz69a5412800000000001'
/** By state, and one of the other account that nobody here was granted. */
export const keyIds = {
  enabled: 'key-hzz69a5412800000000001',
  disabled: 'key-hzz69a5412800000000002',
  pendingDeletion: 'key-hzz69a5412800000000003',
  foreign: 'key-hzz69a5412800000000004',
} as const
export const externalKeyId = 'hsm-1'
/** Of a resource share with nothing in it, and of one with the other account. */
export const shareId = 'rs-000000000001'
export const sharedId = 'rs-000000000002'
export const keyArnOf = (keyId: string): string => keyArn(region, account, keyId)

/** RAM users by name, with what is attached to them. */
const users = {
  admin: ['AliyunKMSFullAccess', 'AliyunRAMFullAccess', 'AliyunSTSAssumeRoleAccess', 'AliyunResourceSharingFullAccess'],
  reader: ['AliyunKMSReadOnlyAccess'],
  nobody: [],
} as const satisfies Record<string, readonly SystemPolicyName[]>

const createdAt = testStart - 86_400_000

const principal = (name: keyof typeof users, index: number): PrincipalRow => ({
  arn: userArn(account, name),
  accountId: account,
  kind: 'user',
  name,
  id: String(index + 1),
  displayName: name,
  policies: users[name].map((policy) => ({ name: policy, type: 'System', attachedAt: createdAt })),
  createdAt,
  role: null,
})

/** Trusts the account. */
const role = (name: string, id: string, policies: PrincipalRow['policies']): PrincipalRow => ({
  arn: roleArn(account, name),
  accountId: account,
  kind: 'role',
  name,
  id,
  displayName: name,
  policies,
  createdAt,
  role: {
    trust: {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { RAM: [rootArn(account)] } }],
    },
    maxSessionMs: 60 * 60_000,
  },
})

/** Attached to the group and to a role; a second version is not in force. */
const ownPolicy: PolicyRef = { name: 'Own', type: 'Custom', attachedAt: createdAt }

function policyRow(name: string): RamPolicyRow {
  const document: RamPolicy = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['kms:ListKeys'], Resource: ['*'] }],
  }
  const row = firstVersion({ accountId: account, name, description: '', document, createdAt })
  return name === 'Own' ? { ...row, versions: [...row.versions, { id: 'v2', document, createdAt }] } : row
}

const group: GroupRow = {
  id: groupId(account, 'team'),
  accountId: account,
  name: 'team',
  comments: '',
  members: [{ arn: userArn(account, 'reader'), joinedAt: createdAt }],
  policies: [ownPolicy],
  createdAt,
}

const key = (keyId: string, more: Partial<KeyRow> = {}): KeyRow => ({
  keyId,
  accountId: account,
  region,
  instanceId,
  externalKeyId,
  creatorType: 'User',
  spec: 'Aliyun_AES_256',
  usage: 'ENCRYPT/DECRYPT',
  state: 'Enabled',
  origin: 'Aliyun_KMS',
  protectionLevel: 'SOFTWARE',
  description: '',
  createdAt,
  deleteAt: null,
  deletionScheduledAt: null,
  deletionProtection: false,
  deletionProtectionDescription: '',
  tags: [],
  policy: defaultPolicy([account]),
  storage: null,
  primaryVersionId: null,
  rotatedAt: null,
  rotation: null,
  ...more,
})

const instance = (credential: ProxyCredentialRow): InstanceRow => ({
  instanceId,
  accountId: account,
  region,
  name: 'external',
  type: 'External',
  status: 'Connected',
  createdAt,
  endsAt: testStart + 365 * 86_400_000,
  keyQuota: 100,
  secretQuota: 0,
  performance: 1000,
  accessQuota: 5,
  vpcId: null,
  vSwitchIds: [],
  zoneIds: [],
  boundVpcs: [],
  ownership: 'Joint',
  proxy: {
    connectivity: 'Public',
    endpoint: publicHost,
    endpointService: null,
    uriPathPrefix: credential.uriPathPrefix,
    dialect: 'xks-v1',
    certificateFingerprint: certificateAt(publicHost)!.fingerprint,
    certificate: certificateAt(publicHost),
    accessKeyId: credential.accessKeyId,
    signingKey: credential.signingKey,
    credentialSince: createdAt,
    previous: null,
    disconnectedByHand: false,
    latencyMs: null,
  },
  charge: 'PREPAY',
  protection: null,
  attempt: null,
})

const accessKey = async (accessKeyId: string, more: Partial<AccessKeyRow>): Promise<AccessKeyRow> => ({
  accessKeyId,
  accountId: account,
  principalArn: null,
  active: true,
  key: await generateHmacKey(),
  about: accessKeyId,
  order: 0,
  ...more,
})

const share = (id: string): ResourceShareRow => ({
  shareId: id,
  accountId: account,
  region,
  name: 'external',
  permission: sharePermissions[0],
  createdAt,
  updatedAt: createdAt,
})

/**
 * One account with an owner (`owner`), users `admin`, `reader`, `nobody` with an access key each, `passer` without, and an access key
 * `inactive`; a group `team` with `reader` in it, roles `helper` and `unused`; one external instance that is Connected; another account (`stranger`) with a key of its own there.
 */
export async function smallWorld(): Promise<World> {
  const vault = await openStore(vaultTables)
  const external = await newExternalKey(await ensureWrappingKey(vault), {
    id: externalKeyId,
    name: 'orders',
    createdAt,
  })
  const credential = { ...(await createProxyCredential(testRuntime())), uriPathPrefix: '' }
  const names = Object.keys(users) as (keyof typeof users)[]
  return {
    cloud: {
      world: [{ id: 'world', schema: schemaVersion, scenario: 'empty', seed: 1, clockOffsetMs: 0, drawn: 0 }],
      accounts: [
        { accountId: account, name: 'Example', kmsStatus: 'Enabled' },
        { accountId: otherAccount, name: 'Other', kmsStatus: 'Enabled' },
      ],
      principals: [
        ...names.map(principal),
        { ...principal('nobody', 4), arn: userArn(account, 'passer'), name: 'passer' },
        role('helper', '9', [ownPolicy]),
        role('unused', '10', []),
      ],
      groups: [group],
      ramPolicies: [...systemPolicyRows, policyRow('Own'), policyRow('Unattached')],
      accessKeys: [
        await accessKey('owner', {}),
        ...(await Promise.all(
          names.map((name, index) => accessKey(name, { principalArn: userArn(account, name), order: index + 1 })),
        )),
        await accessKey('stranger', { accountId: otherAccount, order: 8 }),
        await accessKey('inactive', { active: false, order: 9 }),
      ],
      sessions: [],
      instances: [instance(credential)],
      keys: [
        key(keyIds.enabled),
        key(keyIds.disabled, { state: 'Disabled' }),
        key(keyIds.pendingDeletion, { state: 'PendingDeletion', deleteAt: testStart + 7 * 86_400_000 }),
        key(keyIds.foreign, { accountId: otherAccount, instanceId: null, policy: defaultPolicy([otherAccount]) }),
      ],
      aliases: [
        {
          id: `${region}/${account}/alias/orders`,
          region,
          accountId: account,
          aliasName: 'alias/orders',
          keyId: keyIds.enabled,
          createdAt,
        },
      ],
      keyVersions: [],
      resources: [],
      detections: [],
      keyUses: [],
      useAttempts: [],
      withdrawals: [],
      resourceShares: [share(shareId), share(sharedId)],
      shareAssociations: [newAssociation(sharedId, 'Target', otherAccount, createdAt)],
    },
    vault: {
      externalKeys: [external],
      wrappingKeys: [...vault.read.wrappingKeys.values()],
      credentials: [credential],
    },
  }
}
