import { beforeAll, describe, expect, test } from 'vitest'
import { accounts, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, storedRows } from '#mocks/testing/rows.ts'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await testCloud()
})

const on = (name: string): string => instanceNamed(cloud.cloud, name).instanceId
const { main, partner } = accounts

test('the 26 regions', async () => {
  const { Regions } = await cloud.ok('DescribeRegions', {}, { as: 'intern' })
  expect(Regions.Region).toHaveLength(26)
  expect(Regions.Region).toContainEqual({ RegionId: 'ap-southeast-1' })
})

test('whether KMS is enabled for the account', async () => {
  expect(await cloud.ok('DescribeAccountKmsStatus', {})).toMatchObject({ AccountStatus: 'Enabled' })
  expect(await cloud.code('DescribeAccountKmsStatus', {}, { as: 'intern' })).toBe('Forbidden.NoPermission')
})

test("a list holds the region's own instances and those shared to the account, newest first, in pages", async () => {
  const names = async (as: string, region = 'cn-hangzhou', paging = {}): Promise<readonly (string | undefined)[]> => {
    const { KmsInstances } = await cloud.ok('ListKmsInstances', paging, { as, region })
    return KmsInstances.KmsInstance.map(
      ({ KmsInstanceId }) =>
        storedRows(cloud.cloud, 'instances').find(({ instanceId }) => instanceId === KmsInstanceId)?.name,
    )
  }
  const { payments, archive, group, settlement, software, hardware } = instances
  const all = [group, settlement, archive, payments, hardware, software].map(({ name }) => name)
  expect(await names('account')).toEqual(all)
  expect(await names('account', 'cn-hangzhou', { PageNumber: 2, PageSize: 4 })).toEqual(all.slice(4))
  expect(await names('partnerAccount')).toEqual([group.name, settlement.name])
  expect(await names('account', 'cn-shanghai')).toEqual([
    instances.softwareBought.name,
    instances.recovery.name,
    instances.softwareShanghai.name,
  ])
  expect(await names('account', 'cn-beijing')).toEqual([])
})

describe('an instance', () => {
  const get = async (name: string, as = 'account', region = 'cn-hangzhou') =>
    (await cloud.ok('GetKmsInstance', { KmsInstanceId: on(name) }, { as, region })).KmsInstance

  test('tells its type, proxy and sharing', async () => {
    expect(await get(instances.payments.name)).toMatchObject({
      InstanceName: instances.payments.name,
      Status: 'Connected',
      InstanceType: 'External',
      SecretNum: '0',
      VpcNum: 5,
      ExternalProxy: { Connectivity: 'Public', UriPathPrefix: '/payments', Dialect: 'xks-v1', LatencyMs: null },
      Sharing: { State: 'NotShared', OwnerAccountId: main.accountId, Accounts: [] },
    })
    expect(await get(instances.hardware.name)).not.toHaveProperty('ExternalProxy')
  })

  test.each([
    [instances.group.name, 'account', 'SharedByThisAccount', main.accountId, [partner.accountId]],
    [instances.group.name, 'partnerAccount', 'SharedToThisAccount', main.accountId, []],
    [instances.settlement.name, 'account', 'SharedToThisAccount', partner.accountId, []],
  ])('%s, seen as %s: %s', async (name, as, State, OwnerAccountId, Accounts) => {
    expect((await get(name, as)).Sharing).toEqual({ State, OwnerAccountId, Accounts, Ownership: 'Joint' })
  })

  test('whom it is shared to is told what keys can be made there, and no details', async () => {
    expect(Object.keys(await get(instances.settlement.name)).sort()).toEqual([
      'InstanceId',
      'InstanceName',
      'InstanceType',
      'Sharing',
      'Status',
    ])
    expect(await get(instances.settlement.name, 'partnerAccount')).toHaveProperty('VpcId')
  })

  test('before it is enabled it has no network and no proxy', async () => {
    const instance = await get(instances.recovery.name, 'account', 'cn-shanghai')
    expect(instance.Status).toBe('Uninitialized')
    expect(instance).not.toHaveProperty('VpcId')
    expect(instance).not.toHaveProperty('ExternalProxy')
  })

  test('its credential is told to nobody', async () => {
    const { proxy } = instanceNamed(cloud.cloud, instances.payments.name)
    expect(JSON.stringify(await get(instances.payments.name))).not.toContain(proxy!.accessKeyId)
  })

  test('under strict compatibility only published fields', async () => {
    const strict = await testCloud({ strict: true })
    const { KmsInstance } = await strict.ok('GetKmsInstance', { KmsInstanceId: on(instances.group.name) })
    for (const field of ['InstanceType', 'ExternalProxy', 'Sharing']) expect(KmsInstance).not.toHaveProperty(field)
  })
})

test('quotas, all or one', async () => {
  const KmsInstanceId = on(instances.payments.name)
  const { KmsInstanceQuotaInfos } = await cloud.ok('GetKmsInstanceQuotaInfos', { KmsInstanceId })
  expect(KmsInstanceQuotaInfos.map(({ ResourceType }) => ResourceType)).toEqual(['key', 'secret', 'qps', 'vpc'])
  const keys = storedRows(cloud.cloud, 'keys').filter(({ instanceId }) => instanceId === KmsInstanceId).length
  expect(await cloud.ok('GetKmsInstanceQuotaInfos', { KmsInstanceId, ResourceType: 'key' })).toMatchObject({
    KmsInstanceId,
    KmsInstanceQuotaInfos: [{ ResourceType: 'key', ResourceQuota: 1000, UsedQuantity: keys }],
  })
})
