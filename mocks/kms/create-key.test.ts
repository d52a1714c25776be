import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '#src/api/contract/actions.ts'
import { customPolicy, defaultPolicy } from '#src/api/contract/policy.ts'
import { accounts, externalKeys, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, storedRows } from '#mocks/testing/rows.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const on = (name: string): string => instanceNamed(cloud.cloud, name).instanceId
const wanted = (change: Partial<Input<'CreateKey'>> = {}): Input<'CreateKey'> => ({
  DKMSInstanceId: on(instances.payments.name),
  ExternalKeyId: externalKeys.ready[0],
  ...change,
})
const stored = (): string => JSON.stringify(cloud.cloud.dump().cloud)
const { main, partner } = accounts

test('makes an Enabled key that says where its material is', async () => {
  const Tags = [{ TagKey: 'env', TagValue: 'prod' }]
  const { KeyMetadata } = await cloud.ok('CreateKey', wanted({ Description: '订单', Tags }))
  expect(KeyMetadata).toMatchObject({
    KeyState: 'Enabled',
    KeySpec: 'Aliyun_AES_256',
    KeyUsage: 'ENCRYPT/DECRYPT',
    Origin: 'EXTERNAL_KEY_STORE',
    ProtectionLevel: 'EXTERNAL',
    ExternalKeyId: externalKeys.ready[0],
    Description: '订单',
    CreationDate: '2026-03-02T08:00:00Z',
    AutomaticRotation: 'Disabled',
    MaterialExpireTime: '',
    Creator: main.accountId,
    DKMSInstanceId: on(instances.payments.name),
  })
  expect(KeyMetadata.KeyId).toMatch(/^key-hzz69a54380[0-9a-z]{10}$/)
  for (const absent of ['DeletionProtection', 'PrimaryKeyVersion', 'LastRotationDate', 'DeleteDate'])
    expect(KeyMetadata).not.toHaveProperty(absent)
  expect(storedRows(cloud.cloud, 'keys').find(({ keyId }) => keyId === KeyMetadata.KeyId)?.tags).toEqual(Tags)
  expect((await cloud.ok('ListKeys', {})).Keys.Key[0]).toMatchObject({ KeyId: KeyMetadata.KeyId })
  expect((await cloud.ok('DescribeKey', { KeyId: KeyMetadata.KeyId })).KeyMetadata).toMatchObject({
    ...KeyMetadata,
    DeletionProtection: 'Disabled',
  })
})

test('the same external key may back many keys', async () => {
  const first = await cloud.ok('CreateKey', wanted())
  const second = await cloud.ok('CreateKey', wanted())
  expect(second.KeyMetadata.ExternalKeyId).toBe(first.KeyMetadata.ExternalKeyId)
  expect(second.KeyMetadata.KeyId).not.toBe(first.KeyMetadata.KeyId)
})

describe('the default policy', () => {
  const policyOf = async (name: string, as: string) => {
    const { KeyMetadata } = await cloud.ok('CreateKey', wanted({ DKMSInstanceId: on(name) }), { as })
    const { Policy } = await cloud.ok('GetKeyPolicy', { KeyId: KeyMetadata.KeyId }, { as })
    return JSON.parse(Policy) as unknown
  }
  test.each([
    ['not shared', instances.payments.name, 'account', [main.accountId]],
    ['shared by this account', instances.group.name, 'account', [main.accountId]],
    ['shared to this account', instances.settlement.name, 'account', [partner.accountId, main.accountId]],
    [
      'shared by this account, made by the receiver',
      instances.group.name,
      'partnerAccount',
      [main.accountId, partner.accountId],
    ],
  ])('on an instance %s', async (_, name, as, owners) => {
    expect(await policyOf(name, as)).toEqual(defaultPolicy(owners))
  })
})

test('a policy that is given is kept as it is', async () => {
  const policy = customPolicy([main.accountId], {
    administrator: [`acs:ram::${main.accountId}:user/key-admin`],
    user: [`acs:ram::${main.accountId}:role/order-app`],
    crossAccountUser: [`acs:ram::${partner.accountId}:role/etl`],
  })
  const { KeyMetadata } = await cloud.ok('CreateKey', wanted({ Policy: JSON.stringify(policy) }))
  const { Policy } = await cloud.ok('GetKeyPolicy', { KeyId: KeyMetadata.KeyId })
  expect(JSON.parse(Policy)).toEqual(policy)
})

describe('refuses, and writes nothing', () => {
  const refused = async (input: Input<'CreateKey'>, as = 'account') => {
    const before = stored()
    const { body } = await cloud.call('CreateKey', input, { as })
    expect(stored()).toBe(before)
    return body
  }

  test.each([
    ['an unknown external key', { ExternalKeyId: externalKeys.unknown }, 'InvalidParameter', 'ExternalKeyId'],
    ['a disabled external key', { ExternalKeyId: externalKeys.disabled }, 'InvalidParameter', 'ExternalKeyId'],
    ['one that only encrypts', { ExternalKeyId: externalKeys.encryptOnly }, 'InvalidParameter', 'ExternalKeyId'],
    ['none', { ExternalKeyId: undefined }, 'MissingParameter', 'ExternalKeyId'],
    ['another spec', { KeySpec: 'RSA_2048' }, 'InvalidParameter', 'KeySpec'],
    ['signing', { KeyUsage: 'SIGN/VERIFY' }, 'InvalidParameter', 'KeyUsage'],
    ['imported material', { Origin: 'EXTERNAL' }, 'UnsupportedOperation', undefined],
    ['a default key on it', { DKMSInstanceId: undefined }, 'UnsupportedOperation', 'ExternalKeyId'],
    ['rotation', { EnableAutomaticRotation: true }, 'UnsupportedOperation', 'EnableAutomaticRotation'],
    ['a storage', { KeyStorageMechanism: 'HsmInternal' }, 'UnsupportedOperation', 'KeyStorageMechanism'],
    ['an unknown instance', { DKMSInstanceId: 'kst-none' }, 'Forbidden.DKMSInstanceNotFound', undefined],
    ['a bad policy', { Policy: '{"Version":"1","Statement":[]}' }, 'InvalidParameter', 'Policy'],
    ['a bad tag', { Tags: [{ TagKey: 'acs:x', TagValue: '' }] }, 'InvalidParameter', 'Tags'],
    ['a long description', { Description: 'x'.repeat(8193) }, 'InvalidParameter', 'Description'],
  ] as const)('%s', async (_, change, code, parameter) => {
    const body = await refused(wanted(change))
    expect(body.Code).toBe(code)
    expect(body.Detail?.Parameter).toBe(parameter)
  })

  test.each([
    [instances.software.name, 'UnsupportedOperation'],
    [instances.hardware.name, 'UnsupportedOperation'],
    [instances.archive.name, 'Forbidden.DKMSInstanceStateInvalid'],
  ])('an external key on %s', async (name, code) => {
    expect((await refused(wanted({ DKMSInstanceId: on(name) }))).Code).toBe(code)
  })

  test('a caller without the permission', async () => {
    expect((await refused(wanted(), 'auditor')).Code).toBe('Forbidden.NoPermission')
  })

  test.each([
    ['proxy', 'unreachable', 'proxy', 'proxyUnreachable'],
    ['proxy', 'timeout', 'proxy', 'proxyTimeout'],
    ['proxy', 'refuseCredential', 'proxy', 'proxyRefusedCredential'],
    ['proxy', 'error', 'proxy', 'proxyError'],
  ] as const)('a fault of the %s: %s', async (hop, kind, failingHop, cause) => {
    await cloud.cloud.lab.setFaults([{ id: 'fault', hop, kind }])
    const body = await refused(wanted())
    expect(body.Code).toBe('Rejected.Unavailable')
    expect(body.Detail).toMatchObject({ Hop: failingHop, Cause: cause })
  })

  test('under strict compatibility, which knows no external keys', async () => {
    cloud = await testCloud({ strict: true })
    const { DKMSInstanceId } = wanted()
    expect(await cloud.code('CreateKey', { DKMSInstanceId })).toBe('UnsupportedOperation')
  })
})

test('the reason of an unfit external key is told', async () => {
  const reasonOf = async (ExternalKeyId: string) =>
    (await cloud.call('CreateKey', wanted({ ExternalKeyId }))).body.Message
  expect(await reasonOf(externalKeys.unknown)).toContain('no such key')
  expect(await reasonOf(externalKeys.disabled)).toContain('DISABLED')
  expect(await reasonOf(externalKeys.encryptOnly)).toContain('DECRYPT')
})

test("the key quota of the instance holds, whatever the keys' states and makers", async () => {
  const { instanceId, keyQuota } = instanceNamed(cloud.cloud, instances.group.name)
  const present = storedRows(cloud.cloud, 'keys').filter((key) => key.instanceId === instanceId).length
  const input = wanted({ DKMSInstanceId: instanceId })
  for (let left = keyQuota - present; left > 0; left--) await cloud.ok('CreateKey', input)
  expect(await cloud.code('CreateKey', input)).toBe('Rejected.LimitExceeded')
  expect(await cloud.code('CreateKey', input, { as: 'partnerAccount' })).toBe('Rejected.LimitExceeded')
})
