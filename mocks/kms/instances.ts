import { instanceArn } from '#src/api/contract/arn.ts'
import { regions } from '#src/api/contract/regions.ts'
import { limits } from '#src/api/contract/rules.ts'
import { quotaTypes, type KmsInstance, type Sharing } from '#src/api/contract/instances.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import type { InstanceRow, ProxyConnection } from '#mocks/store/rows.ts'
import { accessUseOf } from './grants.ts'
import { keyUnits } from './key-versions.ts'
import { pageOf } from './paging.ts'
import { wireTime } from './time.ts'
import { seesInstance } from './visible.ts'

const sharingOf = ({ accountId, sharedTo }: InstanceRow, viewer: string): Sharing => {
  if (accountId !== viewer) return { State: 'SharedToThisAccount', OwnerAccountId: accountId, Accounts: [] }
  const State = sharedTo.length > 0 ? 'SharedByThisAccount' : 'NotShared'
  return { State, OwnerAccountId: accountId, Accounts: [...sharedTo] }
}

const proxyOf = ({ connectivity, endpoint, uriPathPrefix, dialect, latencyMs }: ProxyConnection) => ({
  Connectivity: connectivity,
  Endpoint: endpoint,
  UriPathPrefix: uriPathPrefix,
  Dialect: dialect,
  LatencyMs: latencyMs,
})

function instanceView(row: InstanceRow, viewer: string): KmsInstance {
  return {
    InstanceId: row.instanceId,
    InstanceName: row.name,
    Status: row.status,
    CreateTime: wireTime(row.createdAt),
    StartDate: wireTime(row.createdAt),
    EndDate: wireTime(row.endsAt),
    ChargeType: 'PREPAY',
    KeyNum: row.keyQuota,
    SecretNum: String(row.secretQuota),
    Spec: row.performance,
    VpcNum: row.accessQuota,
    ...(row.vpcId === null ? {} : { VpcId: row.vpcId }),
    VswitchIds: [...row.vSwitchIds],
    ZoneIds: [...row.zoneIds],
    BindVpcs: { BindVpc: row.boundVpcs.map((VpcId) => ({ VpcId })) },
    InstanceType: row.type,
    ...(row.proxy === null ? {} : { ExternalProxy: proxyOf(row.proxy) }),
    Sharing: sharingOf(row, viewer),
  }
}

/** Quota and use of each type. Whom the access quota counts is told to the instance's owner only. */
function quotasOf({ db, now, caller }: Context, instance: InstanceRow) {
  const { accounts, returning, used } = accessUseOf(db.read, instance, now)
  const counted = {
    Accounts: [...accounts].sort(),
    Returning: returning.map(({ accountId, returnsAt }) => ({ AccountId: accountId, ReturnsAt: wireTime(returnsAt) })),
  }
  return {
    key: { ResourceQuota: instance.keyQuota, UsedQuantity: keyUnits(db.read, instance) },
    secret: { ResourceQuota: instance.secretQuota, UsedQuantity: 0 },
    qps: { ResourceQuota: instance.performance, UsedQuantity: 0 },
    vpc: {
      ResourceQuota: instance.accessQuota,
      UsedQuantity: used,
      ...(instance.accountId === caller.accountId ? counted : {}),
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
  GetKmsInstance: ({ caller }, _, { instance }) => ({ KmsInstance: instanceView(instance, caller.accountId) }),
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
