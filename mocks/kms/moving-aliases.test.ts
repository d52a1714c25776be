/** UpdateAlias and DeleteAlias (KMS API 2016-01-20; KMS user guide, Manage a key alias). */
import { beforeEach, describe, expect, test } from 'vitest'
import { userArn } from '#src/api/contract/arn.ts'
import { defaultPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { aliases } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import { keyNamed } from '#mocks/testing/rows.ts'
import { account, keyIds, smallWorld } from '#mocks/testing/small-world.ts'

const AliasName = 'alias/orders'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

/** The small world, with `admin` denied one action on one key. */
async function denying(keyId: string, action: string): Promise<TestCloud> {
  const world = await smallWorld()
  const policy: KeyPolicy = {
    Version: '1',
    Statement: [
      ...defaultPolicy([account]).Statement,
      { Effect: 'Deny', Principal: { RAM: [userArn(account, 'admin')] }, Action: [action], Resource: ['*'] },
    ],
  }
  const keys = world.cloud.keys.map((row) => (row.keyId === keyId ? { ...row, policy } : row))
  return testCloud({ world: { ...world, cloud: { ...world.cloud, keys } } })
}

const namedBy = async (alias: string) => (await cloud.ok('DescribeKey', { KeyId: alias })).KeyMetadata.KeyId

describe('UpdateAlias', () => {
  const move = (KeyId: string, alias = AliasName, as = 'admin') =>
    cloud.call('UpdateAlias', { KeyId, AliasName: alias }, { as })
  const refused = async (...args: Parameters<typeof move>) => (await refusalOf(cloud, () => move(...args))).code

  test('points the name at another key, from then on', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: AliasName, Plaintext: 'aGVsbG8=' })
    expect((await move(keyIds.disabled)).status).toBe(200)
    expect(await namedBy(AliasName)).toBe(keyIds.disabled)
    expect((await cloud.ok('ListAliasesByKeyId', { KeyId: keyIds.enabled })).TotalCount).toBe(0)
    expect(await cloud.code('Encrypt', { KeyId: AliasName, Plaintext: 'aGVsbG8=' })).toBe('Rejected.Disabled')
    expect((await cloud.ok('Decrypt', { CiphertextBlob })).KeyId).toBe(keyIds.enabled)
  })

  test('to the key that it names already', async () => {
    expect((await move(keyIds.enabled)).status).toBe(200)
    expect(await namedBy(AliasName)).toBe(keyIds.enabled)
  })

  test('away from a key that waits for its deletion; not to one', async () => {
    expect(await refused(keyIds.pendingDeletion)).toBe('Rejected.PendingDeletion')
    await cloud.ok('ScheduleKeyDeletion', { KeyId: keyIds.enabled, PendingWindowInDays: 7 })
    expect((await move(keyIds.disabled)).status).toBe(200)
    await cloud.cloud.lab.advanceClock(7 * 86_400_000)
    expect(await namedBy(AliasName)).toBe(keyIds.disabled)
  })

  test.each([
    ['an alias that is not there', keyIds.disabled, 'alias/unknown', 'Forbidden.AliasNotFound'],
    ['a key that is not there', 'key-unknown', AliasName, 'Forbidden.KeyNotFound'],
    ["another account's key", keyIds.foreign, AliasName, 'Forbidden.KeyNotFound'],
    ['an alias in place of the key', AliasName, AliasName, 'Unsupported.Alias'],
    ['a reserved name', keyIds.enabled, 'alias/acs/oss', 'InvalidParameter'],
  ] as const)('refuses %s', async (_, keyId, alias, code) => {
    expect(await refused(keyId, alias)).toBe(code)
  })

  test.each([
    ['the key that gets it', keyIds.disabled],
    ['the key that loses it', keyIds.enabled],
  ])('needs the permission on %s', async (_, keyId) => {
    cloud = await denying(keyId, 'kms:UpdateAlias')
    const { body } = await move(keyIds.disabled)
    expect(body.Code).toBe('Forbidden.NoPermission')
    expect(body.Detail?.Decision).toMatchObject({
      AuthAction: 'kms:UpdateAlias',
      Resource: expect.stringContaining(keyId) as string,
      NoPermissionType: 'ExplicitDeny',
      PolicyType: 'KeyPolicy',
    })
    expect((await move(keyIds.disabled, AliasName, 'owner')).status).toBe(200)
  })

  test('needs the permission on the alias', async () => {
    const { body } = await move(keyIds.disabled, AliasName, 'reader')
    expect(body.Detail?.Decision?.Resource).toContain(AliasName)
  })

  test("another account's alias is not there", async () => {
    cloud = await testCloud()
    const KeyId = keyNamed(cloud.cloud, aliases.crossAccount).keyId
    expect(await cloud.code('UpdateAlias', { KeyId, AliasName: 'alias/clearing/batches' })).toBe(
      'Forbidden.AliasNotFound',
    )
  })

  test("a cloud service's key gets no names", async () => {
    cloud = await testCloud()
    const KeyId = keyNamed(cloud.cloud, 'alias/acs/oss').keyId
    expect(await cloud.code('UpdateAlias', { KeyId, AliasName: aliases.working })).toBe('UnsupportedOperation')
  })
})

describe('DeleteAlias', () => {
  const drop = (alias = AliasName, as = 'admin') => cloud.call('DeleteAlias', { AliasName: alias }, { as })

  test('the name is free, the key is as it was', async () => {
    const before = (await cloud.ok('DescribeKey', { KeyId: keyIds.enabled })).KeyMetadata
    expect((await drop()).status).toBe(200)
    expect(await cloud.code('DescribeKey', { KeyId: AliasName })).toBe('Forbidden.AliasNotFound')
    expect((await cloud.ok('DescribeKey', { KeyId: keyIds.enabled })).KeyMetadata).toEqual(before)
    expect((await drop()).body.Code).toBe('Forbidden.AliasNotFound')
    expect(await cloud.code('CreateAlias', { KeyId: keyIds.disabled, AliasName })).toBeNull()
  })

  test('also of a key that waits for its deletion', async () => {
    await cloud.ok('ScheduleKeyDeletion', { KeyId: keyIds.enabled, PendingWindowInDays: 7 })
    expect((await drop()).status).toBe(200)
  })

  test("not a service's, and not another account's", async () => {
    cloud = await testCloud()
    expect(await cloud.code('DeleteAlias', { AliasName: 'alias/acs/oss' })).toBe('InvalidParameter')
    expect(await cloud.code('DeleteAlias', { AliasName: 'alias/clearing/batches' })).toBe('Forbidden.AliasNotFound')
  })

  test('needs the permission on the alias and on the key', async () => {
    expect((await drop(AliasName, 'reader')).body.Detail?.Decision?.Resource).toContain(AliasName)
    cloud = await denying(keyIds.enabled, 'kms:DeleteAlias')
    expect((await drop()).body.Detail?.Decision?.Resource).toContain(`key/${keyIds.enabled}`)
  })
})
