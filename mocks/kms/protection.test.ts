/** SetDeletionProtection and UpdateKeyDescription (KMS API 2016-01-20). */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '#src/api/contract/actions.ts'
import { keyArn } from '#src/api/contract/arn.ts'
import { limits } from '#src/api/contract/rules.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import { account, keyIds, otherAccount, region, smallWorld } from '#mocks/testing/small-world.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

const metadataOf = async (KeyId: string) => (await cloud.ok('DescribeKey', { KeyId })).KeyMetadata
const arnOf = (keyId: string): string => keyArn(region, account, keyId)

describe('SetDeletionProtection', () => {
  type Naming = Omit<Input<'SetDeletionProtection'>, 'EnableDeletionProtection'>
  const protect = (naming: Naming, EnableDeletionProtection = true) =>
    cloud.call('SetDeletionProtection', { ...naming, EnableDeletionProtection })
  const refused = (naming: Naming) => refusalOf(cloud, () => protect(naming))

  test.each([
    ['its ID', { KeyId: keyIds.enabled }],
    ['its ARN', { ProtectedResourceArn: arnOf(keyIds.enabled) }],
    ['both', { KeyId: keyIds.enabled, ProtectedResourceArn: arnOf(keyIds.enabled) }],
  ])('names the key by %s', async (_, naming) => {
    expect((await protect(naming)).status).toBe(200)
    expect(await metadataOf(keyIds.enabled)).toMatchObject({ DeletionProtection: 'Enabled' })
    expect(await metadataOf(keyIds.disabled)).toMatchObject({ DeletionProtection: 'Disabled' })
  })

  test('two different keys, or none, are refused', async () => {
    const naming = { KeyId: keyIds.enabled, ProtectedResourceArn: arnOf(keyIds.disabled) }
    expect(await refused(naming)).toEqual({ code: 'InvalidParameter', parameter: 'ProtectedResourceArn' })
    expect(await refused({})).toEqual({ code: 'MissingParameter', parameter: 'KeyId' })
  })

  test.each([
    ['an alias', { KeyId: 'alias/orders' }, 'Unsupported.Alias'],
    ['an ARN in place of the ID', { KeyId: arnOf(keyIds.enabled) }, 'InvalidParameter'],
    ['no key', { KeyId: 'key-unknown' }, 'Forbidden.KeyNotFound'],
    ['the ARN of no key', { ProtectedResourceArn: arnOf('key-unknown') }, 'Forbidden.KeyNotFound'],
    [
      'an ARN of another region',
      { ProtectedResourceArn: keyArn('cn-beijing', account, keyIds.enabled) },
      'Forbidden.KeyNotFound',
    ],
    ['text that is no ARN', { ProtectedResourceArn: 'nonsense' }, 'Forbidden.KeyNotFound'],
    [
      "another account's key",
      { ProtectedResourceArn: keyArn(region, otherAccount, keyIds.foreign) },
      'Forbidden.NoPermission',
    ],
    ['a key that waits for its deletion', { KeyId: keyIds.pendingDeletion }, 'Rejected.PendingDeletion'],
  ] as const)('refuses %s', async (_, naming, code) => {
    expect((await refused(naming)).code).toBe(code)
  })

  test('the description says why, and goes with the protection', async () => {
    const KeyId = keyIds.enabled
    const said = async () => (await metadataOf(KeyId)).DeletionProtectionDescription
    await protect({ KeyId, DeletionProtectionDescription: '订单服务' })
    expect(await said()).toBe('订单服务')
    await protect({ KeyId, DeletionProtectionDescription: 'orders' })
    expect(await said()).toBe('orders')
    await protect({ KeyId, DeletionProtectionDescription: 'still orders' }, false)
    expect(await metadataOf(KeyId)).toMatchObject({ DeletionProtection: 'Disabled', DeletionProtectionDescription: '' })
  })

  test('a description of 8,192 characters, and not one more', async () => {
    const described = (length: number) => ({ KeyId: keyIds.enabled, DeletionProtectionDescription: 'x'.repeat(length) })
    expect((await protect(described(limits.description))).status).toBe(200)
    expect((await refused(described(limits.description + 1))).parameter).toBe('DeletionProtectionDescription')
  })

  test('of a disabled key too', async () => {
    expect((await protect({ KeyId: keyIds.disabled })).status).toBe(200)
  })
})

describe('UpdateKeyDescription', () => {
  const describeAs = (Description: string, KeyId: string = keyIds.enabled) =>
    cloud.call('UpdateKeyDescription', { KeyId, Description })

  test.each(['orders database', '', '密钥 😀', 'x'.repeat(limits.description)])('to %.20j', async (text) => {
    await describeAs('before')
    expect((await describeAs(text)).status).toBe(200)
    expect((await metadataOf(keyIds.enabled)).Description).toBe(text)
  })

  test('not to one character more', async () => {
    const refusal = await refusalOf(cloud, () => describeAs('x'.repeat(limits.description + 1)))
    expect(refusal).toEqual({ code: 'InvalidParameter', parameter: 'Description' })
  })

  test('not without one', async () => {
    const refusal = await refusalOf(cloud, async () =>
      cloud.send(await cloud.signed('kms', 'UpdateKeyDescription', [['KeyId', keyIds.enabled]])),
    )
    expect(refusal).toEqual({ code: 'MissingParameter', parameter: 'Description' })
  })

  test('of a disabled key, not of one that waits for its deletion', async () => {
    expect((await describeAs('archive', keyIds.disabled)).status).toBe(200)
    expect((await describeAs('x', keyIds.pendingDeletion)).body.Code).toBe('Rejected.PendingDeletion')
  })
})
