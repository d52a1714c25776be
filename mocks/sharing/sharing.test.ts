/** Sharing over the gateway: who may, with whom, what the receiver gets, and how it ends. */
import { beforeEach, describe, expect, test } from 'vitest'
import { accountArn, userArn } from '#src/api/contract/arn.ts'
import { customPolicy, defaultPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { limits } from '#src/api/contract/rules.ts'
import { sharedResourceType } from '#src/api/contract/sharing.ts'
import { arnOfKey } from '#mocks/kms/visible.ts'
import { accounts, aliases, externalKeys, instances, strangerAccountId } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, keyNamed, storedRows } from '#mocks/testing/rows.ts'

const main = accounts.main.accountId
const partner = accounts.partner.accountId
const retail = accounts.retail.accountId
const partnerAs = { as: 'partnerAccount' } as const

let at: TestCloud
beforeEach(async () => {
  at = await testCloud()
})

const idOf = (name: string): string => instanceNamed(at.cloud, name).instanceId
const resource = (name: string) => ({ ResourceId: idOf(name), ResourceType: sharedResourceType })

async function share(name: string, ...Targets: readonly string[]): Promise<string> {
  const { ResourceShare } = await at.ok('CreateResourceShare', {
    ResourceShareName: `share-of-${name}`,
    Resources: [resource(name)],
    Targets,
  })
  return ResourceShare.ResourceShareId
}
const associationsOf = async (AssociationType: 'Target' | 'Resource', ResourceShareId: string) =>
  (await at.ok('ListResourceShareAssociations', { AssociationType, ResourceShareIds: [ResourceShareId] }))
    .ResourceShareAssociations
const statusesOf = async (type: 'Target' | 'Resource', shareId: string) =>
  Object.fromEntries(
    (await associationsOf(type, shareId)).map(({ EntityId, AssociationStatus }) => [EntityId, AssociationStatus]),
  )

const create = async (name: string, as = 'account', key: string = externalKeys.ready[0]) =>
  (await at.ok('CreateKey', { DKMSInstanceId: idOf(name), ExternalKeyId: key }, { as })).KeyMetadata
const policyOf = async (KeyId: string, as = 'account'): Promise<KeyPolicy> =>
  JSON.parse((await at.ok('GetKeyPolicy', { KeyId }, { as })).Policy) as KeyPolicy
const listed = async (as: string): Promise<readonly string[]> =>
  (await at.ok('ListKeys', { PageSize: 100 }, { as })).Keys.Key.map(({ KeyId }) => KeyId)
const vpcQuota = async (name: string, as = 'account') =>
  (await at.ok('GetKmsInstanceQuotaInfos', { KmsInstanceId: idOf(name), ResourceType: 'vpc' }, { as }))
    .KmsInstanceQuotaInfos[0]!
const gone = async (KeyId: string, as: string): Promise<void> => {
  await at.ok('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }, { as })
  await at.cloud.lab.advanceClock(7 * 86_400_000)
}

describe('a share', () => {
  test('gives an account an instance, and takes it away again', async () => {
    const code = (as: string) => at.code('GetKmsInstance', { KmsInstanceId: idOf(instances.payments.name) }, { as })
    expect(await code('partnerAccount')).toBe('Forbidden.DKMSInstanceNotFound')
    const ResourceShareId = await share(instances.payments.name, partner)
    expect(ResourceShareId).toMatch(/^rs-[0-9a-z]{12}$/)
    expect(await code('partnerAccount')).toBeNull()
    expect(await at.code('DisassociateResourceShare', { ResourceShareId, Targets: [partner] })).toBeNull()
    expect(await code('partnerAccount')).toBe('Forbidden.DKMSInstanceNotFound')
  })

  test('can be made empty, filled from either side, renamed and deleted', async () => {
    const { ResourceShare } = await at.ok('CreateResourceShare', { ResourceShareName: '空-1' })
    const { ResourceShareId } = ResourceShare
    expect(ResourceShare).toMatchObject({ ResourceShareOwner: main, ResourceShareStatus: 'Active' })
    await at.ok('AssociateResourceShare', { ResourceShareId, Targets: [retail] })
    const { ResourceShareAssociations } = await at.ok('AssociateResourceShare', {
      ResourceShareId,
      Resources: [resource(instances.hardware.name)],
    })
    expect(ResourceShareAssociations).toMatchObject([{ EntityType: sharedResourceType, AssociationType: 'Resource' }])
    const renamed = await at.ok('UpdateResourceShare', { ResourceShareId, ResourceShareName: 'n'.repeat(50) })
    expect(renamed.ResourceShare.ResourceShareName).toHaveLength(50)
    await at.ok('DeleteResourceShare', { ResourceShareId })
    expect(await at.code('DeleteResourceShare', { ResourceShareId })).toBe('EntityNotExists.ResourceShare')
    expect(storedRows(at.cloud, 'shareAssociations').filter((row) => row.shareId === ResourceShareId)).toEqual([])
  })

  test('an association that is there is left as it is', async () => {
    const ResourceShareId = await share(instances.payments.name, partner)
    const before = await associationsOf('Target', ResourceShareId)
    await at.cloud.lab.advanceClock(1000)
    await at.ok('AssociateResourceShare', { ResourceShareId, Targets: [partner] })
    expect(await associationsOf('Target', ResourceShareId)).toEqual(before)
  })

  test.each([
    [instances.settlement.name, 'InstanceNotOwned'],
    [instances.softwareShanghai.name, 'InstanceNotOwned'],
    [instances.archive.name, 'InstanceNotEnabled'],
  ])('of %s is refused: %s', async (name, Reason) => {
    const { body } = await at.call('CreateResourceShare', { ResourceShareName: 'x', Resources: [resource(name)] })
    expect(body).toMatchObject({ Code: 'InvalidParameter.Resources', Detail: { Reason } })
  })

  test('of an instance that was never enabled is refused in its own region too', async () => {
    const input = { ResourceShareName: 'x', Resources: [resource(instances.recovery.name)] }
    const { body } = await at.call('CreateResourceShare', input, { region: 'cn-shanghai' })
    expect(body.Detail).toMatchObject({ Reason: 'InstanceNotEnabled' })
  })

  test('of a default key is refused', async () => {
    const key = storedRows(at.cloud, 'keys').find(
      ({ instanceId, accountId }) => instanceId === null && accountId === main,
    )!
    for (const [ResourceId, ResourceType, code] of [
      [key.keyId, sharedResourceType, 'InvalidParameter.Resources'],
      [key.keyId, 'Key', 'InvalidParameter.ResourceType'],
      ['alias/acs/oss', sharedResourceType, 'InvalidParameter.Resources'],
    ] as const)
      expect(
        await at.code('CreateResourceShare', { ResourceShareName: 'x', Resources: [{ ResourceId, ResourceType }] }),
      ).toBe(code)
  })

  test('is for accounts of the directory, and writes nothing where it is refused', async () => {
    const before = JSON.stringify(at.cloud.dump().cloud)
    const code = (...Targets: string[]) =>
      at.code('CreateResourceShare', {
        ResourceShareName: 'x',
        Resources: [resource(instances.payments.name)],
        Targets,
      })
    expect(await code(strangerAccountId)).toBe('InvalidTarget')
    expect(await code(partner, strangerAccountId)).toBe('InvalidTarget')
    expect(await code(main)).toBe('ShareWithYourself')
    expect(await code(userArn(partner, 'etl'))).toBe('InvalidParameter.Targets')
    expect(await code('fd-abcdef1234')).toBe('UnsupportedOperation')
    expect(JSON.stringify(at.cloud.dump().cloud)).toBe(before)
  })

  test('belongs to its account: nobody else finds it', async () => {
    const ResourceShareId = await share(instances.payments.name, partner)
    for (const action of ['DeleteResourceShare', 'DisassociateResourceShare'] as const)
      expect(await at.code(action, { ResourceShareId, Targets: [partner] } as never, partnerAs)).toBe(
        'EntityNotExists.ResourceShare',
      )
    expect(await at.code('DeleteResourceShare', { ResourceShareId }, { region: 'cn-shanghai' })).toBe(
      'EntityNotExists.ResourceShare',
    )
  })

  test('needs permissions of its own: those of KMS are not enough', async () => {
    const ResourceOwner = 'Self'
    expect(await at.code('CreateResourceShare', { ResourceShareName: 'x' }, { as: 'keyAdmin' })).toBe('NoPermission')
    expect(await at.code('ListResourceShares', { ResourceOwner }, { as: 'keyAdmin' })).toBe('NoPermission')
    expect(await at.code('ListResourceShares', { ResourceOwner }, { as: 'auditor' })).toBeNull()
    expect(await at.code('CreateResourceShare', { ResourceShareName: 'x' }, { as: 'auditor' })).toBe('NoPermission')
  })
})

describe('the lists', () => {
  test('are seen from both sides', async () => {
    const ResourceShareId = await share(instances.payments.name, partner)
    const own = await at.ok('ListResourceShares', { ResourceOwner: 'Self' })
    expect(own.ResourceShares.map((one) => one.ResourceShareName)).toEqual(['share-of-hyok-payments', 'hyok-group'])
    const received = await at.ok('ListResourceShares', { ResourceOwner: 'OtherAccounts' }, partnerAs)
    expect(received.ResourceShares.map((one) => one.ResourceShareOwner)).toEqual([main, main])
    const resources = await at.ok(
      'ListSharedResources',
      { ResourceOwner: 'OtherAccounts', ResourceShareIds: [ResourceShareId] },
      partnerAs,
    )
    expect(resources.SharedResources).toMatchObject([
      { ResourceId: idOf(instances.payments.name), ResourceStatus: 'Available' },
    ])
    expect(
      (await at.ok('ListSharedTargets', { ResourceOwner: 'Self', ResourceShareIds: [ResourceShareId] })).SharedTargets,
    ).toMatchObject([{ TargetId: partner, External: false }])
    const owners = await at.ok('ListSharedTargets', { ResourceOwner: 'OtherAccounts' }, partnerAs)
    expect(owners.SharedTargets.map(({ TargetId }) => TargetId)).toEqual([main, main])
  })

  test('come in pages', async () => {
    for (let index = 0; index < 4; index++) await at.ok('CreateResourceShare', { ResourceShareName: `page-${index}` })
    const names: string[] = []
    let NextToken: string | undefined
    do {
      const answer = await at.ok('ListResourceShares', { ResourceOwner: 'Self', MaxResults: 2, NextToken })
      expect(answer.ResourceShares.length).toBeLessThanOrEqual(2)
      names.push(...answer.ResourceShares.map((one) => one.ResourceShareName))
      NextToken = answer.NextToken
    } while (NextToken !== undefined)
    expect(new Set(names).size).toBe(5)
  })
})

describe('the default policy', () => {
  test('of a key on an instance that is not shared names its account', async () => {
    const { KeyId } = await create(instances.payments.name)
    expect(await policyOf(KeyId)).toEqual(defaultPolicy([main]))
  })

  test('under joint ownership: the owner’s keys are its own, a receiver’s belong to both', async () => {
    await share(instances.payments.name, partner)
    const own = await create(instances.payments.name)
    expect(await policyOf(own.KeyId)).toEqual(defaultPolicy([main]))
    const theirs = await create(instances.payments.name, 'partnerAccount', externalKeys.ready[1])
    expect(await policyOf(theirs.KeyId, 'partnerAccount')).toEqual(defaultPolicy([main, partner]))
    expect(await listed('account')).toContain(theirs.KeyId)
    expect(await listed('partnerAccount')).not.toContain(own.KeyId)
    expect(await at.code('DisableKey', { KeyId: theirs.KeyId })).toBeNull()
    expect(await at.code('EnableKey', { KeyId: theirs.KeyId })).toBeNull()
    expect(await at.code('Encrypt', { KeyId: theirs.KeyId, Plaintext: 'eA==' })).toBeNull()
  })

  test('under independent ownership: a receiver’s keys are its own, and the owner neither sees nor uses them', async () => {
    await at.ok('SetSharingOwnership', { KmsInstanceId: idOf(instances.payments.name), Ownership: 'Independent' })
    await share(instances.payments.name, partner)
    const own = await create(instances.payments.name)
    const theirs = await create(instances.payments.name, 'partnerAccount', externalKeys.ready[1])
    expect(await policyOf(theirs.KeyId, 'partnerAccount')).toEqual(defaultPolicy([partner]))
    expect(await policyOf(own.KeyId)).toEqual(defaultPolicy([main]))
    expect(await listed('account')).not.toContain(theirs.KeyId)
    const sealed = await at.ok('Encrypt', { KeyId: theirs.KeyId, Plaintext: 'eA==' }, partnerAs)
    expect(await at.code('DescribeKey', { KeyId: theirs.KeyId })).toBe('Forbidden.KeyNotFound')
    expect(await at.code('DescribeKey', { KeyId: theirs.Arn })).toBe('Forbidden.NoPermission')
    expect(await at.code('Encrypt', { KeyId: theirs.Arn, Plaintext: 'eA==' })).toBe('Forbidden.NoPermission')
    expect(await at.code('Decrypt', { CiphertextBlob: sealed.CiphertextBlob })).toBe('Forbidden.NoPermission')
    expect(await at.code('ScheduleKeyDeletion', { KeyId: theirs.KeyId, PendingWindowInDays: 7 })).toBe(
      'Forbidden.KeyNotFound',
    )
  })

  test('a receiver never uses the owner’s keys', async () => {
    await share(instances.payments.name, partner)
    const own = keyNamed(at.cloud, aliases.working)
    expect(await at.code('DescribeKey', { KeyId: own.keyId }, partnerAs)).toBe('Forbidden.KeyNotFound')
    expect(await at.code('Encrypt', { KeyId: arnOfKey(own), Plaintext: 'eA==' }, partnerAs)).toBe(
      'Forbidden.NoPermission',
    )
  })
})

describe('a receiver', () => {
  test('runs its own keys', async () => {
    await share(instances.software.name, partner)
    const { KeyMetadata } = await at.ok('CreateKey', { DKMSInstanceId: idOf(instances.software.name) }, partnerAs)
    const { KeyId } = KeyMetadata
    const codes = [
      await at.code(
        'UpdateRotationPolicy',
        { KeyId, EnableAutomaticRotation: true, RotationInterval: '30d' },
        partnerAs,
      ),
      await at.code('CreateAlias', { KeyId, AliasName: 'alias/partner/one' }, partnerAs),
      await at.code('TagResource', { KeyId, Tags: [{ TagKey: 'env', TagValue: 'x' }] }, partnerAs),
      await at.code(
        'SetDeletionProtection',
        { ProtectedResourceArn: KeyMetadata.Arn, EnableDeletionProtection: true },
        partnerAs,
      ),
      await at.code('Encrypt', { KeyId, Plaintext: 'eA==' }, partnerAs),
    ]
    expect(codes).toEqual([null, null, null, null, null])
  })

  test('does not share the instance on, and does not change its ownership', async () => {
    const KmsInstanceId = idOf(instances.settlement.name)
    const { body } = await at.call('CreateResourceShare', {
      ResourceShareName: 'x',
      Resources: [resource(instances.settlement.name)],
    })
    expect(body.Code).toBe('InvalidParameter.Resources')
    const refused = await at.call('SetSharingOwnership', { KmsInstanceId, Ownership: 'Independent' })
    expect(refused.body).toMatchObject({ Code: 'Forbidden.NoPermission', Detail: { Reason: 'NotInstanceOwner' } })
  })
})

describe('names', () => {
  const AliasName = 'alias/same'
  test('are unique on an instance under joint ownership', async () => {
    await share(instances.payments.name, partner)
    const own = await create(instances.payments.name)
    const theirs = await create(instances.payments.name, 'partnerAccount', externalKeys.ready[1])
    const elsewhere = keyNamed(at.cloud, 'alias/settlement/core').keyId
    await at.ok('CreateAlias', { KeyId: own.KeyId, AliasName })
    expect(await at.code('CreateAlias', { KeyId: theirs.KeyId, AliasName }, partnerAs)).toBe('AliasAlreadyExists')
    // The account may have the name for another instance's key, and then not move it here.
    expect(await at.code('CreateAlias', { KeyId: elsewhere, AliasName }, partnerAs)).toBeNull()
    expect(await at.code('UpdateAlias', { KeyId: theirs.KeyId, AliasName }, partnerAs)).toBe('AliasAlreadyExists')
  })

  test('may be the same in both accounts under independent ownership', async () => {
    await at.ok('SetSharingOwnership', { KmsInstanceId: idOf(instances.payments.name), Ownership: 'Independent' })
    await share(instances.payments.name, partner)
    const own = await create(instances.payments.name)
    const theirs = await create(instances.payments.name, 'partnerAccount', externalKeys.ready[1])
    await at.ok('CreateAlias', { KeyId: own.KeyId, AliasName })
    expect(await at.code('CreateAlias', { KeyId: theirs.KeyId, AliasName }, partnerAs)).toBeNull()
    expect((await at.ok('DescribeKey', { KeyId: AliasName }, partnerAs)).KeyMetadata.KeyId).toBe(theirs.KeyId)
    expect((await at.ok('DescribeKey', { KeyId: AliasName })).KeyMetadata.KeyId).toBe(own.KeyId)
  })
})

describe('ownership', () => {
  const KmsInstanceId = () => idOf(instances.group.name)
  const theirs = () =>
    storedRows(at.cloud, 'keys').find(
      ({ instanceId, accountId }) => instanceId === KmsInstanceId() && accountId === partner,
    )!

  test('becomes independent for good', async () => {
    expect(await at.code('SetSharingOwnership', { KmsInstanceId: KmsInstanceId(), Ownership: 'Joint' })).toBeNull()
    for (let time = 0; time < 2; time++)
      expect(
        await at.code('SetSharingOwnership', { KmsInstanceId: KmsInstanceId(), Ownership: 'Independent' }),
      ).toBeNull()
    const { body } = await at.call('SetSharingOwnership', { KmsInstanceId: KmsInstanceId(), Ownership: 'Joint' })
    expect(body).toMatchObject({ Code: 'UnsupportedOperation', Detail: { Reason: 'OwnershipFinal' } })
  })

  test('takes the owner out of the receivers’ keys, and out of no other', async () => {
    const ownBefore = storedRows(at.cloud, 'keys').filter(({ accountId }) => accountId === main)
    expect(await policyOf(theirs().keyId)).toEqual(defaultPolicy([main, partner]))
    await at.ok('SetSharingOwnership', { KmsInstanceId: KmsInstanceId(), Ownership: 'Independent' })
    expect(await policyOf(theirs().keyId, 'partnerAccount')).toEqual(defaultPolicy([partner]))
    expect(await listed('account')).not.toContain(theirs().keyId)
    expect(await at.code('DescribeKey', { KeyId: arnOfKey(theirs()) })).toBe('Forbidden.NoPermission')
    expect(storedRows(at.cloud, 'keys').filter(({ accountId }) => accountId === main)).toEqual(ownBefore)
  })

  test('keeps the owner out of their policies from then on', async () => {
    await at.ok('SetSharingOwnership', { KmsInstanceId: KmsInstanceId(), Ownership: 'Independent' })
    const set = (policy: KeyPolicy) =>
      at.code('SetKeyPolicy', { KeyId: theirs().keyId, Policy: JSON.stringify(policy) }, partnerAs)
    expect(await set(defaultPolicy([main, partner]))).toBe('InvalidParameter')
    const choice = { administrator: [], user: [], crossAccountUser: [userArn(main, 'key-admin')] }
    expect(await set(customPolicy([partner], choice))).toBe('InvalidParameter')
    const denying: KeyPolicy = {
      Version: '1',
      Statement: [
        ...defaultPolicy([partner]).Statement,
        { Effect: 'Deny', Principal: { RAM: [accountArn(main)] }, Action: ['kms:*'], Resource: ['*'] },
      ],
    }
    expect(await set(denying)).toBeNull()
    expect(
      await at.code(
        'CreateKey',
        {
          DKMSInstanceId: KmsInstanceId(),
          ExternalKeyId: externalKeys.ready[0],
          Policy: JSON.stringify(defaultPolicy([main, partner])),
        },
        partnerAs,
      ),
    ).toBe('InvalidParameter')
  })

  test('leaves a receiver’s key whose policy named the owner alone with the receiver', async () => {
    const KeyId = theirs().keyId
    await at.ok('SetKeyPolicy', { KeyId, Policy: JSON.stringify(defaultPolicy([main])) }, partnerAs)
    await at.ok('SetSharingOwnership', { KmsInstanceId: KmsInstanceId(), Ownership: 'Independent' })
    expect(await policyOf(KeyId, 'partnerAccount')).toEqual(defaultPolicy([partner]))
  })
})

describe('the access management quota', () => {
  // Two VPCs and the partner, whom a key policy names: two of five units are left.
  const name = instances.payments.name
  const third = '1511111111111111'
  const fourth = '1522222222222222'
  const setPolicy = (policy: KeyPolicy) =>
    at.code('SetKeyPolicy', { KeyId: keyNamed(at.cloud, aliases.working).keyId, Policy: JSON.stringify(policy) })
  const naming = (...ids: readonly string[]): KeyPolicy =>
    customPolicy([main], { administrator: [], user: [], crossAccountUser: ids.map((id) => userArn(id, 'etl')) })

  test('says what each unit is spent on', async () => {
    const ResourceShareId = await share(name, partner, retail)
    const { instanceId, vpcId, boundVpcs } = instanceNamed(at.cloud, name)
    const info = await vpcQuota(name)
    expect(info).toMatchObject({ UsedQuantity: 4, Vpcs: [vpcId, ...boundVpcs.map((bound) => bound.vpcId)] })
    const naming = storedRows(at.cloud, 'keys').filter(
      (key) => key.instanceId === instanceId && JSON.stringify(key.policy).includes(partner),
    )
    const shares = [{ ResourceShareId, ResourceShareName: `share-of-${name}` }]
    expect(info.Units).toEqual([
      { AccountId: retail, ResourceShares: shares, Keys: [], KeyCount: 0 },
      {
        AccountId: partner,
        ResourceShares: shares,
        Keys: naming.toSorted((a, b) => b.createdAt - a.createdAt).map(({ keyId }) => keyId),
        KeyCount: naming.length,
      },
    ])
    expect(naming.length).toBeGreaterThan(0)
    expect(await vpcQuota(name, 'partnerAccount')).not.toHaveProperty('Units')
  })

  test('names keys that the caller may describe, and counts all', async () => {
    await at.ok('SetSharingOwnership', { KmsInstanceId: idOf(name), Ownership: 'Independent' })
    await share(name, partner)
    const Policy = JSON.stringify(
      customPolicy([partner], { administrator: [], user: [], crossAccountUser: [userArn(retail, 'app')] }),
    )
    await at.ok('CreateKey', { DKMSInstanceId: idOf(name), ExternalKeyId: externalKeys.ready[0], Policy }, partnerAs)
    const unit = (await vpcQuota(name)).Units!.find(({ AccountId }) => AccountId === retail)
    expect(unit).toEqual({ AccountId: retail, ResourceShares: [], Keys: [], KeyCount: 1 })
  })

  test('is full: the account is there, Failed, without the instance; room later does not help it', async () => {
    expect(await setPolicy(naming(third, fourth))).toBeNull()
    const ResourceShareId = await share(name, partner, retail)
    expect(await statusesOf('Target', ResourceShareId)).toEqual({ [partner]: 'Associated', [retail]: 'Failed' })
    const [failed] = (await associationsOf('Target', ResourceShareId)).filter(({ EntityId }) => EntityId === retail)
    expect(failed!.AssociationFailedDetails).toMatchObject([
      { EntityId: idOf(name), EntityType: sharedResourceType, FailureReason: 'LimitExceeded' },
    ])
    expect((await vpcQuota(name)).UsedQuantity).toBe(5)

    expect(await setPolicy(naming(third))).toBeNull()
    await at.cloud.lab.advanceClock(limits.quotaReturnMs)
    await at.ok('AssociateResourceShare', { ResourceShareId, Targets: [retail] })
    expect((await statusesOf('Target', ResourceShareId))[retail]).toBe('Failed')
    await at.ok('DisassociateResourceShare', { ResourceShareId, Targets: [retail] })
    await at.ok('AssociateResourceShare', { ResourceShareId, Targets: [retail] })
    expect((await statusesOf('Target', ResourceShareId))[retail]).toBe('Associated')
    expect((await vpcQuota(name)).UsedQuantity).toBe(5)
  })

  test('an instance that is added takes the accounts that it has room for', async () => {
    // Two VPCs of three units: one is left.
    const ResourceShareId = await share(name, partner, retail)
    await at.ok('AssociateResourceShare', { ResourceShareId, Resources: [resource(instances.software.name)] })
    const [row] = (await associationsOf('Resource', ResourceShareId)).filter(
      ({ EntityId }) => EntityId === idOf(instances.software.name),
    )
    expect(row).toMatchObject({ AssociationStatus: 'Failed', AssociationFailedDetails: [{ EntityType: 'Account' }] })
    const failedAccount = row!.AssociationFailedDetails![0]!.EntityId
    const granted = [partner, retail].filter((id) => id !== failedAccount)
    expect((await vpcQuota(instances.software.name)).Accounts).toEqual(granted)
    const received = await at.ok(
      'ListSharedResources',
      { ResourceOwner: 'OtherAccounts', ResourceShareIds: [ResourceShareId] },
      partnerAs,
    )
    expect(
      received.SharedResources.map(({ ResourceStatus = '' }) => ResourceStatus).sort((a, b) => (a < b ? -1 : 1)),
    ).toEqual(failedAccount === partner ? ['Available', 'LimitExceeded'] : ['Available', 'Available'])
    // Once the failed account has left the share, nothing of it has failed.
    await at.ok('DisassociateResourceShare', { ResourceShareId, Targets: [failedAccount] })
    expect(Object.values(await statusesOf('Resource', ResourceShareId))).toEqual(['Associated', 'Associated'])
  })

  test('a unit returns five minutes after the account left, and is taken up again at once', async () => {
    const ResourceShareId = await share(name, retail)
    expect(await vpcQuota(name)).toMatchObject({ UsedQuantity: 4, Returning: [] })
    await at.ok('DisassociateResourceShare', { ResourceShareId, Targets: [retail] })
    expect(await vpcQuota(name)).toMatchObject({ UsedQuantity: 4, Returning: [{ AccountId: retail }] })
    await at.ok('AssociateResourceShare', { ResourceShareId, Targets: [retail] })
    expect(await vpcQuota(name)).toMatchObject({ UsedQuantity: 4, Returning: [] })
    await at.ok('DeleteResourceShare', { ResourceShareId })
    await at.cloud.lab.advanceClock(limits.quotaReturnMs - 1)
    expect(await vpcQuota(name)).toMatchObject({ UsedQuantity: 4 })
    await at.cloud.lab.advanceClock(1)
    expect(await vpcQuota(name)).toMatchObject({ UsedQuantity: 3, Returning: [] })
  })

  test('an account that a key names too keeps its unit when the share goes, and the other way round', async () => {
    const ResourceShareId = await share(name, partner)
    expect(await vpcQuota(name)).toMatchObject({ UsedQuantity: 3 })
    await at.ok('DeleteResourceShare', { ResourceShareId })
    expect(await vpcQuota(name)).toMatchObject({ UsedQuantity: 3, Accounts: [partner], Returning: [] })
  })
})

describe('sharing ends', () => {
  const name = instances.payments.name
  const holdings = (KeyCount: number) => ({
    Code: 'ResourceShareStatusMismatchAction',
    Detail: { Reason: 'ReceiverHasKeys', Holdings: [{ AccountId: partner, KmsInstanceId: idOf(name), KeyCount }] },
  })

  test.each(['Joint', 'Independent'] as const)(
    'when the receiver’s keys have gone, not before: %s',
    async (Ownership) => {
      await at.ok('SetSharingOwnership', { KmsInstanceId: idOf(name), Ownership })
      const ResourceShareId = await share(name, partner, retail)
      const { KeyId } = await create(name, 'partnerAccount')
      const before = JSON.stringify(at.cloud.dump().cloud.shareAssociations)
      for (const answer of [
        await at.call('DisassociateResourceShare', { ResourceShareId, Targets: [retail, partner] }),
        await at.call('DisassociateResourceShare', { ResourceShareId, Resources: [resource(name)] }),
        await at.call('DeleteResourceShare', { ResourceShareId }),
      ])
        expect(answer.body).toMatchObject(holdings(1))
      expect(JSON.stringify(at.cloud.dump().cloud.shareAssociations)).toBe(before)
      // An account without keys can go.
      expect(await at.code('DisassociateResourceShare', { ResourceShareId, Targets: [retail] })).toBeNull()

      await at.ok('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }, partnerAs)
      expect((await at.call('DeleteResourceShare', { ResourceShareId })).body).toMatchObject(holdings(1))
      await at.cloud.lab.advanceClock(7 * 86_400_000)
      expect(await at.code('DeleteResourceShare', { ResourceShareId })).toBeNull()
    },
  )

  test('for an account that has the instance by another share as well, whatever it holds', async () => {
    const first = await share(name, partner)
    const second = await share(name, partner)
    const { KeyId } = await create(name, 'partnerAccount')
    expect(await at.code('DeleteResourceShare', { ResourceShareId: first })).toBeNull()
    expect(await at.code('DescribeKey', { KeyId }, partnerAs)).toBeNull()
    expect(await at.code('DeleteResourceShare', { ResourceShareId: second })).toBe('ResourceShareStatusMismatchAction')
    await gone(KeyId, 'partnerAccount')
    expect(await at.code('DeleteResourceShare', { ResourceShareId: second })).toBeNull()
  })

  test('while a key is being made there: the key is not made', async () => {
    const ResourceShareId = await share(name, partner)
    const input = { DKMSInstanceId: idOf(name), ExternalKeyId: externalKeys.ready[0] }
    const [made, ended] = await Promise.all([
      at.code('CreateKey', input, partnerAs),
      at.code('DeleteResourceShare', { ResourceShareId }),
    ])
    const keys = storedRows(at.cloud, 'keys').filter(
      (key) => key.instanceId === idOf(name) && key.accountId === partner,
    )
    // Whichever came first, no key is left on an instance that its account no longer has.
    expect([made, ended]).toEqual(
      keys.length === 0 ? ['Forbidden.DKMSInstanceNotFound', null] : [null, 'ResourceShareStatusMismatchAction'],
    )
  })
})

test('under strict compatibility ownership cannot be changed, and nothing else is missing', async () => {
  const strict = await testCloud({ strict: true })
  const KmsInstanceId = instanceNamed(strict.cloud, instances.payments.name).instanceId
  expect(await strict.code('SetSharingOwnership', { KmsInstanceId, Ownership: 'Independent' })).toBe(
    'InvalidAction.NotFound',
  )
  expect(
    await strict.code('CreateResourceShare', {
      ResourceShareName: 'x',
      Resources: [{ ResourceId: KmsInstanceId, ResourceType: sharedResourceType }],
      Targets: [partner],
    }),
  ).toBeNull()
  const quota = await strict.ok('GetKmsInstanceQuotaInfos', { KmsInstanceId, ResourceType: 'vpc' })
  expect(Object.keys(quota.KmsInstanceQuotaInfos[0]!)).toEqual(['ResourceType', 'ResourceQuota', 'UsedQuantity'])
})
