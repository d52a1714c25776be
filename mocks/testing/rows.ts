import { defaultPolicy } from '#src/api/contract/policy.ts'
import type { CloudTables, InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import type { Cloud } from '#mocks/cloud.ts'

export const owner = '1203456789012345'
export const stranger = '1407654321098765'

export const instanceWith = (fields: Partial<InstanceRow> = {}): InstanceRow => ({
  instanceId: 'kst-hzz66600a1b2c3d4e5f6g',
  accountId: owner,
  region: 'cn-hangzhou',
  name: 'hyok',
  type: 'External',
  status: 'Connected',
  createdAt: 0,
  endsAt: 0,
  keyQuota: 1000,
  secretQuota: 0,
  performance: 2000,
  accessQuota: 5,
  vpcId: 'vpc-1',
  vSwitchIds: [],
  zoneIds: [],
  boundVpcs: [],
  ownership: 'Joint',
  proxy: null,
  charge: 'PREPAY',
  protection: null,
  attempt: null,
  ...fields,
})

export const keyWith = (fields: Partial<KeyRow> = {}): KeyRow => ({
  keyId: 'key-hzz6661a2b3c4d5e6f7g8h',
  accountId: owner,
  region: 'cn-hangzhou',
  instanceId: 'kst-hzz66600a1b2c3d4e5f6g',
  externalKeyId: 'hsm-key-0042',
  creatorType: 'User',
  spec: 'Aliyun_AES_256',
  usage: 'ENCRYPT/DECRYPT',
  state: 'Enabled',
  origin: 'Aliyun_KMS',
  protectionLevel: 'SOFTWARE',
  description: '',
  createdAt: 0,
  deleteAt: null,
  deletionScheduledAt: null,
  deletionProtection: false,
  deletionProtectionDescription: '',
  tags: [],
  policy: defaultPolicy([owner]),
  storage: null,
  primaryVersionId: null,
  rotatedAt: null,
  rotation: null,
  ...fields,
})

/** A cloud's rows as they are stored. */
export const storedRows = <N extends keyof CloudTables>(cloud: Cloud, table: N): readonly CloudTables[N][] =>
  (cloud.dump().cloud[table] ?? []) as readonly CloudTables[N][]

export function instanceNamed(cloud: Cloud, name: string): InstanceRow {
  const row = storedRows(cloud, 'instances').find((instance) => instance.name === name)
  if (!row) throw new Error(`The scenario has no instance ${name}.`)
  return row
}

/** The key behind an alias of whatever account and region. */
export function keyNamed(cloud: Cloud, aliasName: string): KeyRow {
  const alias = storedRows(cloud, 'aliases').find((row) => row.aliasName === aliasName)
  const row = storedRows(cloud, 'keys').find(({ keyId }) => keyId === alias?.keyId)
  if (!row) throw new Error(`The scenario has no key with the alias ${aliasName}.`)
  return row
}
