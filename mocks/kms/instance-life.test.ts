import { describe, expect, test } from 'vitest'
import type { Output } from '#src/api/contract/actions.ts'
import { accounts, externalKeys, instances, type InstanceName } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, storedRows } from '#mocks/testing/rows.ts'
import { enablingMs } from './attempt.ts'

const { accountId } = accounts.main
const bound = (VpcId: string, RegionId = 'cn-hangzhou', VpcOwnerId: string = accountId) => ({
  VpcId,
  VSwitchId: 'vsw-1',
  RegionId,
  VpcOwnerId,
})

/** The instance of a name, and calls where it is. */
async function on(name: InstanceName, at?: TestCloud) {
  const cloud = at ?? (await testCloud())
  const { instanceId: KmsInstanceId, region } = instanceNamed(cloud.cloud, name)
  const options = { region }
  const get = async (): Promise<Output<'GetKmsInstance'>['KmsInstance']> =>
    (await cloud.ok('GetKmsInstance', { KmsInstanceId }, options)).KmsInstance
  return { ...cloud, KmsInstanceId, options, region, get }
}

/** A software instance as it is after it was bought, and what it can be enabled with. */
async function bought() {
  const at = await on(instances.softwareBought.name)
  const { KmsInstanceId, ok, options } = at
  const { Vpcs, Zones } = await ok('DescribeConnectionChoices', {}, options)
  const [vpc] = Vpcs.Vpc
  const input = {
    KmsInstanceId,
    VpcId: vpc!.VpcId,
    ZoneIds: Zones.Zone.slice(0, 2).join(','),
    VSwitchIds: vpc!.VSwitches.VSwitch[0]!.VSwitchId,
    KMProvider: 'Aliyun',
  } as const
  return { ...at, input }
}

describe('ConnectKmsInstance', () => {
  test('enables a software instance after a while, by the clock of the cloud', async () => {
    const { ok, get, cloud, input, options } = await bought()
    expect((await get()).Status).toBe('Uninitialized')
    await ok('ConnectKmsInstance', input, options)
    expect((await get()).Status).toBe('Connecting')
    await cloud.lab.advanceClock(enablingMs)
    expect(await get()).toMatchObject({
      Status: 'Connected',
      VpcId: input.VpcId,
      VswitchIds: [input.VSwitchIds],
      ZoneIds: input.ZoneIds.split(','),
    })
    await ok('CreateKey', { DKMSInstanceId: input.KmsInstanceId }, options)
  })

  test('refuses what is enabled already, and what is none of its kind', async () => {
    const at = await bought()
    const { ok, code, input, options } = at
    await ok('ConnectKmsInstance', input, options)
    expect(await code('ConnectKmsInstance', input, options)).toBe('Forbidden.DKMSInstanceStateInvalid')
    const { KmsInstanceId, options: there } = await on(instances.hardware.name, at)
    expect(await code('ConnectKmsInstance', { ...input, KmsInstanceId }, there)).toBe('UnsupportedOperation')
  })

  test.each([
    ['VpcId', { VpcId: 'vpc-other' }],
    ['ZoneIds', { ZoneIds: 'cn-shanghai-b' }],
    ['VSwitchIds', { VSwitchIds: 'vsw-other' }],
  ])('names %s where it is wrong', async (parameter, changes) => {
    const { call, input, options } = await bought()
    const { body } = await call('ConnectKmsInstance', { ...input, ...changes }, options)
    expect([body.Code, body.Detail?.Parameter]).toEqual(['InvalidParameter', parameter])
  })
})

describe('UpdateKmsInstanceBindVpc', () => {
  test('replaces the list, and each VPC takes a unit of the quota', async () => {
    const { ok, KmsInstanceId, options, get } = await on(instances.software.name)
    const used = async () => {
      const input = { KmsInstanceId, ResourceType: 'vpc' } as const
      const { KmsInstanceQuotaInfos } = await ok('GetKmsInstanceQuotaInfos', input, options)
      return KmsInstanceQuotaInfos[0]!.UsedQuantity
    }
    const before = await used()
    await ok('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs: [bound('vpc-1'), bound('vpc-2')] }, options)
    expect((await get()).BindVpcs).toEqual({ BindVpc: [bound('vpc-1'), bound('vpc-2')] })
    expect(await used()).toBe(before + 1)
    await ok('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs: [] }, options)
    expect([(await get()).BindVpcs, await used()]).toEqual([{ BindVpc: [] }, before - 1])
  })

  test.each([
    ['a list beyond the quota', ['vpc-1', 'vpc-2', 'vpc-3'].map((id) => bound(id)), 'Rejected.ShareQuotaExceedLimit'],
    ['a VPC twice', [bound('vpc-1'), bound('vpc-1')], 'InvalidParameter'],
    ['another region', [bound('vpc-1', 'cn-shanghai')], 'InvalidParameter'],
    ['what is no VPC', [bound('subnet-1')], 'InvalidParameter'],
    ['what is no account', [bound('vpc-1', 'cn-hangzhou', 'me')], 'InvalidParameter'],
  ] as const)('refuses %s, and changes nothing', async (_, BindVpcs, refusal) => {
    const { code, KmsInstanceId, options, get } = await on(instances.software.name)
    const before = await get()
    expect(await code('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs }, options)).toBe(refusal)
    expect(await get()).toEqual(before)
  })

  test('needs an instance that is enabled', async () => {
    const { code, KmsInstanceId, options } = await on(instances.recovery.name)
    expect(await code('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs: [] }, options)).toBe(
      'Rejected.Uninitialized',
    )
  })
})

describe('ReleaseKmsInstance', () => {
  const release = async (at: Awaited<ReturnType<typeof on>>, force?: 'true' | 'false') => {
    const { KmsInstanceId, options } = at
    const { body } = await at.call(
      'ReleaseKmsInstance',
      { KmsInstanceId, ...(force ? { ForceDeleteWithoutBackup: force } : {}) },
      options,
    )
    return [body.Code, body.Detail?.Reason]
  }

  test('a pay-as-you-go instance goes with everything in it', async () => {
    const at = await on(instances.softwareSingapore.name)
    const { ok, code, KmsInstanceId, options, cloud } = at
    const { KeyMetadata } = await ok('CreateKey', { DKMSInstanceId: KmsInstanceId }, options)
    const { KeyId } = KeyMetadata
    await ok('CreateAlias', { KeyId, AliasName: 'alias/goes-too' }, options)
    for (const force of [undefined, 'false'] as const)
      expect(await release(at, force)).toEqual(['Rejected.StateModifiedFailed', 'NoBackup'])
    expect(await release(at, 'true')).toEqual([undefined, undefined])
    expect(await code('GetKmsInstance', { KmsInstanceId }, options)).toBe('Forbidden.DKMSInstanceNotFound')
    expect(await code('DescribeKey', { KeyId }, options)).toBe('Forbidden.KeyNotFound')
    const left = (['keys', 'keyVersions', 'aliases'] as const).map((table) =>
      JSON.stringify(storedRows(cloud, table)).includes(KeyId),
    )
    expect(left).toEqual([false, false, false])
  })

  test('is refused while the instance or a key in it is protected', async () => {
    const at = await on(instances.softwareSingapore.name)
    const { ok, KmsInstanceId, options, get } = at
    const protect = (on: boolean) =>
      ok(
        'SetDeletionProtection',
        { KmsInstanceId, EnableDeletionProtection: on, DeletionProtectionDescription: 'in use' },
        options,
      )
    await protect(true)
    expect(await get()).toMatchObject({ DeletionProtection: true, DeletionProtectionDescription: 'in use' })
    expect(await release(at, 'true')).toEqual(['Rejected.StateModifiedFailed', 'DeletionProtection'])
    await protect(false)
    expect(await get()).toMatchObject({ DeletionProtection: false, DeletionProtectionDescription: '' })
    const { KeyMetadata } = await ok('CreateKey', { DKMSInstanceId: KmsInstanceId }, options)
    await ok('SetDeletionProtection', { KeyId: KeyMetadata.KeyId, EnableDeletionProtection: true }, options)
    expect(await release(at, 'true')).toEqual(['Rejected.StateModifiedFailed', 'KeyProtected'])
  })

  test('is refused while it is shared', async () => {
    const at = await on(instances.softwareSingapore.name)
    const { ok, KmsInstanceId, options } = at
    await ok(
      'CreateResourceShare',
      {
        ResourceShareName: 'apps',
        Resources: [{ ResourceId: KmsInstanceId, ResourceType: 'KMSInstance' }],
        Targets: [accounts.partner.accountId],
      },
      options,
    )
    expect(await release(at, 'true')).toEqual(['Rejected.StateModifiedFailed', 'InstanceShared'])
  })

  test('an instance that is paid for as it is used has no end', async () => {
    const { get } = await on(instances.softwareSingapore.name)
    const { ChargeType, EndDate } = await get()
    expect([ChargeType, EndDate]).toEqual(['POSTPAY', undefined])
  })

  test('a subscription is not released', async () => {
    expect(await release(await on(instances.software.name), 'true')).toEqual(['UnsupportedOperation', 'Prepaid'])
  })
})

test('the default instance is the oldest that can take keys', async () => {
  const { cloud, ok } = await testCloud()
  const idIn = async (region: string) => (await ok('GetDefaultKmsInstance', {}, { region })).DefaultKmsInstanceId
  expect(await idIn('cn-hangzhou')).toBe(instanceNamed(cloud, instances.software.name).instanceId)
  expect(await idIn('eu-west-1')).toBe('')
})

test('an instance is protected by its owner, and not together with a key', async () => {
  const at = await on(instances.settlement.name)
  const { KmsInstanceId, options, code } = at
  const protect = { KmsInstanceId, EnableDeletionProtection: true }
  expect(await code('SetDeletionProtection', protect, options)).toBe('Forbidden.NoPermission')
  const own = await on(instances.payments.name, at)
  const { KeyMetadata } = await at.ok(
    'CreateKey',
    { DKMSInstanceId: own.KmsInstanceId, ExternalKeyId: externalKeys.ready[0] },
    options,
  )
  const both = { ...protect, KmsInstanceId: own.KmsInstanceId, KeyId: KeyMetadata.KeyId }
  expect(await code('SetDeletionProtection', both, options)).toBe('InvalidParameter')
})
