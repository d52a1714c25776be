import { instanceArn } from '#src/api/contract/arn.ts'
import { otherAccounts } from '#src/api/contract/policy.ts'
import { regions } from '#src/api/contract/regions.ts'
import { limits } from '#src/api/contract/rules.ts'
import { quotaTypes, type KmsInstance, type QuotaUnit, type Sharing } from '#src/api/contract/instances.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import type { InstanceRow, KeyRow, ProxyConnection } from '#mocks/store/rows.ts'
import { accessUseOf, keysOf } from './grants.ts'
import { keyUnits } from './key-versions.ts'
import { pageOf } from './paging.ts'
import { vpcsOf } from './quota.ts'
import { receiversOf, sharesFor } from './sharing.ts'
import { wireTime } from './time.ts'
import { keyResource, seesInstance, seesKey } from './visible.ts'

function sharingOf({ db, caller }: Context, instance: InstanceRow): Sharing {
  const { accountId, ownership } = instance
  const whose = { OwnerAccountId: accountId, Ownership: ownership }
  if (accountId !== caller.accountId) return { State: 'SharedToThisAccount', Accounts: [], ...whose }
  const Accounts = [...receiversOf(db.read, instance)].sort()
  return { State: Accounts.length > 0 ? 'SharedByThisAccount' : 'NotShared', Accounts, ...whose }
}

const proxyOf = ({ connectivity, endpoint, uriPathPrefix, dialect, latencyMs }: ProxyConnection) => ({
  Connectivity: connectivity,
  Endpoint: endpoint,
  UriPathPrefix: uriPathPrefix,
  Dialect: dialect,
  LatencyMs: latencyMs,
})

/**
 * What an account that an instance is shared to is told: enough to make keys there, and none of its network, its proxy, its size and its
 * dates (KMS user guide, Share a KMS instance across multiple accounts: a principal does not view instance details; which fields these are is
 * assumed).
 */
const receivedView = (ctx: Context, row: InstanceRow): KmsInstance => ({
  InstanceId: row.instanceId,
  InstanceName: row.name,
  Status: row.status,
  InstanceType: row.type,
  Sharing: sharingOf(ctx, row),
})

function ownView(ctx: Context, row: InstanceRow): KmsInstance {
  return {
    InstanceId: row.instanceId,
    InstanceName: row.name,
    Status: row.status,
    CreateTime: wireTime(row.createdAt),
    StartDate: wireTime(row.createdAt),
    ...(row.charge === 'PREPAY' ? { EndDate: wireTime(row.endsAt) } : {}),
    ChargeType: row.charge,
    KeyNum: row.keyQuota,
    SecretNum: String(row.secretQuota),
    Spec: row.performance,
    VpcNum: row.accessQuota,
    ...(row.vpcId === null ? {} : { VpcId: row.vpcId }),
    VswitchIds: [...row.vSwitchIds],
    ZoneIds: [...row.zoneIds],
    BindVpcs: {
      BindVpc: row.boundVpcs.map(({ vpcId, vSwitchId, regionId, ownerId }) => ({
        VpcId: vpcId,
        VSwitchId: vSwitchId,
        RegionId: regionId,
        VpcOwnerId: ownerId,
      })),
    },
    DeletionProtection: row.protection !== null,
    DeletionProtectionDescription: row.protection?.description ?? '',
    InstanceType: row.type,
    ...(row.proxy === null ? {} : { ExternalProxy: proxyOf(row.proxy) }),
    Sharing: sharingOf(ctx, row),
  }
}

/** Why each account takes a unit. Keys that the caller may not see are counted and not named. */
function unitsOf(ctx: Context, instance: InstanceRow, accounts: ReadonlySet<string>): QuotaUnit[] {
  const keys = new Map<string, KeyRow[]>([...accounts].sort().map((accountId) => [accountId, []]))
  for (const key of keysOf(ctx.db.read, instance))
    if (key.policy) for (const account of otherAccounts(key.policy, instance.accountId)) keys.get(account)?.push(key)
  const maySee = (key: KeyRow): boolean => seesKey(ctx, key) && ctx.may('kms:DescribeKey', keyResource(key))
  return [...keys].map(([AccountId, naming]) => {
    const named: string[] = []
    for (const key of naming.toSorted((a, b) => b.createdAt - a.createdAt)) {
      if (named.length === limits.keysNamedPerUnit) break
      if (maySee(key)) named.push(key.keyId)
    }
    return {
      AccountId,
      ResourceShares: sharesFor(ctx.db.read, instance, AccountId).map(({ shareId, name }) => ({
        ResourceShareId: shareId,
        ResourceShareName: name,
      })),
      Keys: named,
      KeyCount: naming.length,
    }
  })
}

/** Quota and use of each type. Whom the access quota counts is told to the instance's owner only. */
function quotasOf(ctx: Context, instance: InstanceRow) {
  const { db, now, caller } = ctx
  const { accounts, returning, used } = accessUseOf(db.read, instance, now)
  const counted = () => ({
    Vpcs: [...vpcsOf(instance)],
    Units: unitsOf(ctx, instance, accounts),
    Accounts: [...accounts].sort(),
    Returning: returning.map(({ accountId, returnsAt }) => ({ AccountId: accountId, ReturnsAt: wireTime(returnsAt) })),
  })
  return {
    key: { ResourceQuota: instance.keyQuota, UsedQuantity: keyUnits(db.read, instance) },
    secret: { ResourceQuota: instance.secretQuota, UsedQuantity: 0 },
    qps: { ResourceQuota: instance.performance, UsedQuantity: 0 },
    vpc: {
      ResourceQuota: instance.accessQuota,
      UsedQuantity: used,
      ...(instance.accountId === caller.accountId ? counted() : {}),
    },
  }
}

/** KMS API 2016-01-20. */
export const instanceRules = {
  DescribeRegions: () => ({ Regions: { Region: regions.map(({ id }) => ({ RegionId: id })) } }),
  DescribeAccountKmsStatus: ({ db, caller }) => ({
    AccountStatus: db.read.accounts.get(caller.accountId)?.kmsStatus ?? 'NotEnabled',
  }),
  ListKmsInstances: (ctx, input) => {
    const instances = [...ctx.db.read.instances.values()]
      .filter((instance) => seesInstance(ctx, instance))
      .sort((a, b) => b.createdAt - a.createdAt || (a.instanceId < b.instanceId ? -1 : 1))
    const { page, paging } = pageOf(instances, input, limits.pageSize.ListKmsInstances.preset)
    const entries = page.map(({ instanceId, region, accountId }) => ({
      KmsInstanceId: instanceId,
      KmsInstanceArn: instanceArn(region, accountId, instanceId),
    }))
    return { KmsInstances: { KmsInstance: entries }, ...paging }
  },
  GetKmsInstance: (ctx, _, { instance }) => ({
    KmsInstance: instance.accountId === ctx.caller.accountId ? ownView(ctx, instance) : receivedView(ctx, instance),
  }),
  GetKmsInstanceQuotaInfos: (ctx, { ResourceType }, { instance }) => {
    const quotas = quotasOf(ctx, instance)
    const types = ResourceType === undefined ? quotaTypes : [ResourceType]
    return {
      KmsInstanceId: instance.instanceId,
      KmsInstanceQuotaInfos: types.map((type) => ({ ResourceType: type, ...quotas[type] })),
    }
  },
} satisfies Rules<
  'DescribeRegions' | 'DescribeAccountKmsStatus' | 'ListKmsInstances' | 'GetKmsInstance' | 'GetKmsInstanceQuotaInfos'
>
