import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { accountArn, userArn } from '#src/api/contract/arn.ts'
import { defaultPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { limits } from '#src/api/contract/rules.ts'
import { aliases, accounts, externalKeys, instances, strangerAccountId } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, instanceWith, keyNamed, keyWith, owner, storedRows } from '#mocks/testing/rows.ts'
import { accessUse, exceedsQuota, namedAccounts, withdrawalsOf } from './quota.ts'

const partner = accounts.partner.accountId

/** Names nobody but the owner. */
const withdrawn = defaultPolicy([owner])

const naming = (...accountIds: readonly string[]): KeyPolicy => ({
  Version: '1',
  Statement: [
    ...defaultPolicy([owner]).Statement,
    {
      Effect: 'Allow',
      Principal: { RAM: accountIds.map((id) => userArn(id, 'etl')) },
      Action: ['kms:Decrypt'],
      Resource: ['*'],
    },
  ],
})

const bound = (...ids: readonly string[]) =>
  ids.map((vpcId) => ({ vpcId, vSwitchId: 'vsw-1', regionId: 'cn-hangzhou', ownerId: owner }))

describe('what is counted', () => {
  const count = (
    policies: readonly KeyPolicy[],
    instance = instanceWith(),
    receivers: readonly string[] = [],
  ): number => {
    const keys = policies.map((policy, index) => keyWith({ keyId: `key-${index}`, policy }))
    return accessUse(instance, namedAccounts(instance, receivers, keys), [], 0).used
  }

  test.each([
    ['its own VPC', [], {}, 1],
    ['no VPC before it is enabled', [], { vpcId: null }, 0],
    ['bound VPCs', [], { boundVpcs: bound('vpc-2', 'vpc-3') }, 3],
    ['nothing for its own account', [defaultPolicy([owner])], {}, 1],
    ['an account once, however many keys name it', [naming(partner), naming(partner)], {}, 2],
    ['each account', [naming(partner), naming(strangerAccountId)], {}, 3],
    ["seen from the instance's owner, whoever made the key", [defaultPolicy([owner, partner])], {}, 2],
    ['three VPCs and two accounts', [naming(partner, strangerAccountId)], { boundVpcs: bound('vpc-2', 'vpc-3') }, 5],
  ] as const)('%s', (_, policies, fields, used) => {
    expect(count(policies, instanceWith(fields))).toBe(used)
  })

  test('shares, and an account once that is shared to and named', () => {
    expect(count([], instanceWith(), [partner])).toBe(2)
    expect(count([naming(partner)], instanceWith(), [partner])).toBe(2)
    expect(count([naming(strangerAccountId)], instanceWith(), [partner])).toBe(3)
  })

  test('not what is denied', () => {
    const denied: KeyPolicy = {
      Version: '1',
      Statement: [{ Effect: 'Deny', Principal: { RAM: [accountArn(partner)] }, Action: ['kms:*'], Resource: ['*'] }],
    }
    expect(count([denied])).toBe(1)
  })

  test('a withdrawn account until its time has come, and not twice where it is named again', () => {
    const [row] = withdrawalsOf('kst', new Set([partner]), new Set(), 1000)
    const at = (now: number, ...named: readonly string[]): number =>
      accessUse(instanceWith(), new Set(named), [row!], now).used
    expect(at(1000)).toBe(2)
    expect(at(1000 + limits.quotaReturnMs - 1)).toBe(2)
    expect(at(1000 + limits.quotaReturnMs)).toBe(1)
    expect(at(1000, partner)).toBe(2)
  })
})

test('who holds a unit can always be named again; anyone else needs a free one', () => {
  const ids = Array.from({ length: 6 }, (_, index) => `100000000000000${index}`)
  const some = fc.subarray(ids)
  fc.assert(
    fc.property(some, some, some, fc.nat(8), (named, gone, wanted, accessQuota) => {
      const instance = instanceWith({ accessQuota })
      const withdrawals = withdrawalsOf(instance.instanceId, new Set(gone), new Set(), 0)
      const use = accessUse(instance, new Set(named), withdrawals, 1)
      const held = new Set([...named, ...gone])
      expect(use.used).toBe(held.size + 1)
      const added = wanted.filter((id) => !held.has(id)).length
      expect(exceedsQuota(instance, use, wanted)).toBe(added > 0 && held.size + 1 + added > accessQuota)
    }),
  )
})

describe('in the cloud', () => {
  let cloud: TestCloud
  beforeEach(async () => {
    cloud = await testCloud()
  })

  const payments = () => instanceNamed(cloud.cloud, instances.payments.name)
  const quota = async (as = 'account') => {
    const { KmsInstanceQuotaInfos } = await cloud.ok(
      'GetKmsInstanceQuotaInfos',
      { KmsInstanceId: payments().instanceId, ResourceType: 'vpc' },
      { as },
    )
    return KmsInstanceQuotaInfos[0]!
  }
  const setPolicy = (alias: string, policy: KeyPolicy) =>
    cloud.code('SetKeyPolicy', { KeyId: keyNamed(cloud.cloud, alias).keyId, Policy: JSON.stringify(policy) })
  const minute = 60_000

  test('a withdrawn unit returns five minutes after the last grant went', async () => {
    expect(await quota()).toMatchObject({ ResourceQuota: 5, UsedQuantity: 3, Accounts: [partner], Returning: [] })
    expect(await setPolicy(aliases.working, naming(partner))).toBeNull()
    expect(await setPolicy(aliases.crossAccount, withdrawn)).toBeNull()
    expect(await quota()).toMatchObject({ UsedQuantity: 3, Accounts: [partner], Returning: [] })

    expect(await setPolicy(aliases.working, withdrawn)).toBeNull()
    const returnsAt = cloud.cloud.now() + limits.quotaReturnMs
    const afterwards = await quota()
    expect(afterwards).toMatchObject({ UsedQuantity: 3, Accounts: [] })
    expect(afterwards.Returning).toEqual([
      { AccountId: partner, ReturnsAt: new Date(returnsAt).toISOString().replace('.000Z', 'Z') },
    ])

    await cloud.cloud.lab.advanceClock(5 * minute - 1)
    expect(await quota()).toMatchObject({ UsedQuantity: 3 })
    await cloud.cloud.lab.advanceClock(1)
    expect(await quota()).toMatchObject({ UsedQuantity: 2, Returning: [] })
    expect(storedRows(cloud.cloud, 'withdrawals')).toEqual([])
  })

  test('naming an account again takes its unit back', async () => {
    await setPolicy(aliases.crossAccount, withdrawn)
    await cloud.cloud.lab.advanceClock(4 * minute)
    await setPolicy(aliases.working, naming(partner))
    expect(await quota()).toMatchObject({ UsedQuantity: 3, Accounts: [partner], Returning: [] })
    await setPolicy(aliases.working, withdrawn)
    await cloud.cloud.lab.advanceClock(4 * minute)
    expect(await quota()).toMatchObject({ UsedQuantity: 3, Accounts: [] })
  })

  test('beyond the quota neither action writes anything', async () => {
    const third = '1511111111111111'
    const fourth = '1522222222222222'
    expect(await setPolicy(aliases.working, naming(strangerAccountId, third))).toBeNull()
    const before = JSON.stringify(cloud.cloud.dump().cloud)
    expect(await setPolicy(aliases.disabled, naming(fourth))).toBe('Rejected.ShareQuotaExceedLimit')
    const wanted = {
      DKMSInstanceId: payments().instanceId,
      ExternalKeyId: externalKeys.ready[0],
      Policy: JSON.stringify(naming(fourth)),
    }
    expect(await cloud.code('CreateKey', wanted)).toBe('Rejected.ShareQuotaExceedLimit')
    // Swapping one account for another needs a free unit too: the old one's returns later.
    expect(await setPolicy(aliases.working, naming(third, fourth))).toBe('Rejected.ShareQuotaExceedLimit')
    expect(JSON.stringify(cloud.cloud.dump().cloud)).toBe(before)
    expect(await setPolicy(aliases.disabled, naming(third, strangerAccountId, partner))).toBeNull()
    expect(await quota()).toMatchObject({ UsedQuantity: 5 })
  })

  test('a full quota lets in whom it holds already, and others when a unit returns', async () => {
    cloud = await testCloud({ scenario: 'quota-full' })
    expect(await quota()).toMatchObject({ ResourceQuota: 4, UsedQuantity: 4 })
    const wanted = (account: string) => ({
      DKMSInstanceId: payments().instanceId,
      ExternalKeyId: externalKeys.ready[0],
      Policy: JSON.stringify(naming(account)),
    })
    const other = '1511111111111111'
    expect(await cloud.code('CreateKey', wanted(other))).toBe('Rejected.ShareQuotaExceedLimit')
    expect(await cloud.code('CreateKey', wanted(partner))).toBeNull()
    await cloud.cloud.lab.advanceClock(5 * minute)
    expect(await cloud.code('CreateKey', wanted(other))).toBeNull()
    expect(await cloud.code('CreateKey', wanted(strangerAccountId))).toBe('Rejected.ShareQuotaExceedLimit')
  })

  test('whom it counts is told to the owner only', async () => {
    const KmsInstanceId = instanceNamed(cloud.cloud, instances.group.name).instanceId
    const asked = { KmsInstanceId, ResourceType: 'vpc' } as const
    const owned = (await cloud.ok('GetKmsInstanceQuotaInfos', asked)).KmsInstanceQuotaInfos[0]
    const shared = (await cloud.ok('GetKmsInstanceQuotaInfos', asked, { as: 'partnerAccount' }))
      .KmsInstanceQuotaInfos[0]
    expect(owned).toMatchObject({ UsedQuantity: 2, Accounts: [partner] })
    expect(shared).toEqual({ ResourceType: 'vpc', ResourceQuota: 5, UsedQuantity: 2 })
  })
})
