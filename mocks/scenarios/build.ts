/** Makes the rows of a plan. Identifiers, dates and their order come from the seed alone. */
import { aliasPrefix, limits } from '#src/api/contract/rules.ts'
import { customPolicy, defaultPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { generateWrappingKey } from '#mocks/crypto/wrapping.ts'
import { aliasId } from '#mocks/kms/find.ts'
import { identifier, randomLength, shareIdLength, uuidOf } from '#mocks/kms/ids.ts'
import { withdrawalId } from '#mocks/kms/quota.ts'
import { defaultAccounts, newShare } from '#mocks/kms/sharing.ts'
import {
  schemaVersion,
  type AliasRow,
  type ExternalKeyRow,
  type InstanceRow,
  type KeyRow,
  type KeyVersionRow,
  type ProxyConnection,
  type ProxyCredentialRow,
  type WithdrawalRow,
  type WrappingKeyRow,
} from '#mocks/store/rows.ts'
import { createProxyCredential } from '#mocks/xki/credential.ts'
import { newExternalKey } from '#mocks/xki/vault.ts'
import { createDraw, dayMs, type Draw } from './draw.ts'
import { accounts } from './names.ts'
import { peopleRows } from './people.ts'
import { boundVpc, seenOf } from './seen.ts'
import type {
  AccountName,
  DefaultKeyPlan,
  ExternalKeyPlan,
  InstancePlan,
  KeyPlan,
  Plan,
  WithdrawalPlan,
} from './plan.ts'
import { usageRows } from './usage.ts'
import type { Ingredients, World } from './world.ts'

interface Site {
  readonly draw: Draw
  readonly now: number
}

/** Some time on a day: `age` days before now. */
const someTime = ({ draw, now }: Site, age: number): number => now - age * dayMs - draw.below(dayMs / 1000) * 1000

const accountIdOf = (account: AccountName = 'main'): string => accounts[account].accountId

const zones: Readonly<Record<string, readonly string[]>> = {
  'cn-hangzhou': ['cn-hangzhou-j', 'cn-hangzhou-k'],
  'cn-shanghai': ['cn-shanghai-b', 'cn-shanghai-g'],
  'ap-southeast-1': ['ap-southeast-1a', 'ap-southeast-1b'],
}

const vpc = (draw: Draw): string => `vpc-${draw.text(21)}`

const network = (draw: Draw, { region, status }: InstancePlan) =>
  status === 'Uninitialized'
    ? { vpcId: null, vSwitchIds: [], zoneIds: [] }
    : { vpcId: vpc(draw), vSwitchIds: [`vsw-${draw.text(21)}`], zoneIds: zones[region] ?? [] }

function instanceRow(site: Site, plan: InstancePlan, proxy: ProxyConnection | null): InstanceRow {
  const { draw } = site
  const createdAt = someTime(site, plan.age)
  return {
    instanceId: identifier('kst', plan.region, createdAt, draw.text(randomLength)),
    accountId: accountIdOf(plan.account),
    region: plan.region,
    name: plan.name,
    type: plan.type,
    status: plan.status ?? 'Connected',
    createdAt,
    endsAt: createdAt + 3 * 365 * dayMs,
    keyQuota: plan.keyQuota ?? 1000,
    secretQuota: 0,
    performance: 2000,
    accessQuota: plan.accessQuota ?? 1,
    ...network(draw, plan),
    boundVpcs: Array.from({ length: plan.boundVpcs ?? 0 }, () =>
      boundVpc(vpc(draw), plan.region, accountIdOf(plan.account)),
    ),
    ownership: plan.ownership ?? 'Joint',
    proxy: proxy && { ...proxy, credentialSince: createdAt },
    charge: plan.charge ?? 'PREPAY',
    protection: null,
    attempt: null,
  }
}

interface Connected {
  readonly proxy: ProxyConnection
  readonly credential: ProxyCredentialRow
}

/** KMS's end and the proxy's end of a connection hold the same credential. */
async function connect(
  plan: NonNullable<InstancePlan['proxy']>,
  { region, status }: Pick<InstancePlan, 'region' | 'status'>,
  runtime: Ingredients['runtime'],
): Promise<Connected> {
  const { dialect = 'xks-v1', uriPathPrefix } = plan
  const { accessKeyId, signingKey } = await createProxyCredential(runtime, dialect)
  return {
    proxy: {
      ...plan,
      ...seenOf(plan, region, zones[region] ?? []),
      dialect,
      accessKeyId,
      signingKey,
      credentialSince: 0,
      previous: null,
      // Else it would be connected again by the first health check.
      disconnectedByHand: status === 'Disconnected',
      latencyMs: null,
    },
    credential: { accessKeyId, uriPathPrefix, dialect, signingKey },
  }
}

function policyOf({ policy }: KeyPlan, instance: InstanceRow, accountId: string): KeyPolicy {
  const owners = defaultAccounts(instance, accountId)
  return policy ? customPolicy(owners, policy) : defaultPolicy(owners)
}

const protectionLevels = { Software: 'SOFTWARE', Hardware: 'HSM', External: 'SOFTWARE' } as const

function keyRow(site: Site, plan: KeyPlan, instance: InstanceRow): KeyRow {
  const createdAt = someTime(site, plan.age)
  const accountId = accountIdOf(plan.account)
  return {
    ...commonFields,
    keyId: identifier('key', instance.region, createdAt, site.draw.text(randomLength)),
    accountId,
    region: instance.region,
    instanceId: instance.instanceId,
    externalKeyId: plan.externalKeyId ?? null,
    creatorType: 'User',
    state: plan.state ?? 'Enabled',
    protectionLevel: protectionLevels[instance.type],
    description: plan.description ?? '',
    createdAt,
    deleteAt: plan.deleteIn === undefined ? null : site.now + plan.deleteIn * dayMs,
    // Thirty days are the console's preset.
    deletionScheduledAt: plan.deleteIn === undefined ? null : site.now + (plan.deleteIn - 30) * dayMs,
    deletionProtection: plan.protectedFor !== undefined,
    deletionProtectionDescription: plan.protectedFor ?? '',
    tags: Object.entries(plan.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    policy: policyOf(plan, instance, accountId),
    storage: instance.type === 'Hardware' ? (plan.storage ?? 'HsmInternal') : null,
  }
}

const commonFields = {
  spec: 'Aliyun_AES_256',
  usage: 'ENCRYPT/DECRYPT',
  origin: 'Aliyun_KMS',
  storage: null,
  primaryVersionId: null,
  rotatedAt: null,
  rotation: null,
} as const

/** Default and service keys have an identifier of the older form (KMS user guide, Manage a key). */
function defaultKeyRow(site: Site, { region, age, service }: DefaultKeyPlan): KeyRow {
  return {
    ...commonFields,
    keyId: uuidOf(site.draw.text(32)),
    accountId: accountIdOf(),
    region,
    instanceId: null,
    externalKeyId: null,
    creatorType: service === undefined ? 'User' : 'Service',
    state: 'Enabled',
    protectionLevel: 'SOFTWARE',
    description: service === undefined ? '' : `Default key of ${service}`,
    createdAt: someTime(site, age),
    deleteAt: null,
    deletionScheduledAt: null,
    deletionProtection: false,
    deletionProtectionDescription: '',
    tags: [],
    policy: null,
  }
}

const aliasRows = ({ region, accountId, keyId, createdAt }: KeyRow, names: readonly string[]): readonly AliasRow[] =>
  names.map((name) => {
    const aliasName = aliasPrefix + name
    return { id: aliasId(region, accountId, aliasName), region, accountId, aliasName, keyId, createdAt }
  })

function keysWithAliases(site: Site, plan: Plan, instances: readonly InstanceRow[]) {
  const inInstances = instances.flatMap((instance) =>
    (plan.keys[instance.name as keyof Plan['keys']] ?? []).map((key) => {
      const row = keyRow(site, key, instance)
      return { row, aliases: aliasRows(row, key.aliases ?? []), rotateEvery: key.rotateEvery }
    }),
  )
  const outside = plan.defaultKeys.map((key) => {
    const row = defaultKeyRow(site, key)
    const aliases = aliasRows(row, key.service === undefined ? [] : [`acs/${key.service}`])
    return { row, aliases, rotateEvery: undefined }
  })
  const all = [...inInstances, ...outside]
  const versioned = all.map(({ row, rotateEvery }) => withVersions(site, row, rotateEvery))
  return {
    keys: versioned.map(({ key }) => key),
    keyVersions: versioned.flatMap(({ versions }) => versions),
    aliases: all.flatMap(({ aliases }) => aliases),
  }
}

/**
 * Keys whose material KMS holds have a version from their creation, and one more for each rotation since. One that is not Enabled went so
 * before its first.
 */
function withVersions({ draw, now }: Site, key: KeyRow, rotateEvery: number | undefined) {
  if (key.externalKeyId !== null) return { key, versions: [] }
  const intervalMs = (rotateEvery ?? Infinity) * dayMs
  const rotations = key.state === 'Enabled' ? Math.floor((now - key.createdAt) / intervalMs) : 0
  const dates = Array.from({ length: rotations + 1 }, (_, index) => key.createdAt + (index && index * intervalMs))
  const versions = dates.map((createdAt): KeyVersionRow => {
    const versionId = key.instanceId === null ? uuidOf(draw.text(32)) : `${key.keyId}-${draw.text(randomLength)}`
    return { versionId, keyId: key.keyId, createdAt, material: null }
  })
  const { versionId: primaryVersionId, createdAt: rotatedAt } = versions.at(-1)!
  const rotation = rotateEvery === undefined ? null : { intervalMs, nextAt: rotatedAt + intervalMs }
  return { key: { ...key, primaryVersionId, rotatedAt, rotation }, versions }
}

function externalKeyRows(
  site: Site,
  plans: readonly ExternalKeyPlan[],
  wrappingKey: CryptoKey,
): Promise<readonly ExternalKeyRow[]> {
  const dated = plans.map(({ age, ...about }) => ({ ...about, createdAt: someTime(site, age) }))
  return Promise.all(dated.map((about) => newExternalKey(wrappingKey, about)))
}

/** One share for each instance that is shared, a day after it was made. */
function shareRows({ draw }: Site, plans: readonly InstancePlan[], instances: readonly InstanceRow[]) {
  const shares = plans.flatMap(({ sharedTo = [] }, index) => {
    const instance = instances[index]!
    if (sharedTo.length === 0) return []
    return [newShare(draw.text(shareIdLength), instance, sharedTo.map(accountIdOf), instance.createdAt + dayMs)]
  })
  return {
    resourceShares: shares.map(({ share }) => share),
    shareAssociations: shares.flatMap(({ associations }) => associations),
  }
}

function withdrawalRow({ now }: Site, plan: WithdrawalPlan, instances: readonly InstanceRow[]): WithdrawalRow {
  const { accountId } = plan
  const instanceId = instances.find(({ name }) => name === plan.instance)!.instanceId
  return { id: withdrawalId(instanceId, accountId), instanceId, accountId, returnsAt: now + limits.quotaReturnMs }
}

export async function build(plan: Plan, { seed, now, runtime }: Ingredients): Promise<World> {
  const draw = createDraw(seed)
  const site = { draw, now }
  const people = await peopleRows(draw, now, plan.staff)
  const connections = await Promise.all(
    plan.instances.map((one) => (one.proxy ? connect(one.proxy, one, runtime) : Promise.resolve(null))),
  )
  const instances = plan.instances.map((one, index) => instanceRow(site, one, connections[index]?.proxy ?? null))
  const wrappingKey = await generateWrappingKey()
  const wrappingKeys: readonly WrappingKeyRow[] = [{ id: 'current', key: wrappingKey }]
  const keys = keysWithAliases(site, plan, instances)
  const externalKeys = await externalKeyRows(site, plan.externalKeys, wrappingKey)
  const withdrawals = plan.withdrawals.map((one) => withdrawalRow(site, one, instances))
  const usage = usageRows(draw, now, keys, plan.usage)
  const sharing = shareRows(site, plan.instances, instances)
  return {
    cloud: {
      world: [
        { id: 'world', schema: schemaVersion, scenario: plan.scenario, seed, clockOffsetMs: 0, drawn: draw.count() },
      ],
      ...people,
      instances,
      ...keys,
      ...usage,
      ...sharing,
      detections: [],
      withdrawals,
    },
    vault: {
      externalKeys,
      wrappingKeys,
      credentials: connections.flatMap((connection) => (connection ? [connection.credential] : [])),
    },
  }
}
