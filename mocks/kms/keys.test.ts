import { beforeEach, expect, test } from 'vitest'
import { aliases } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed } from '#mocks/testing/rows.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const stateOf = async (KeyId: string): Promise<string> =>
  (await cloud.ok('DescribeKey', { KeyId })).KeyMetadata.KeyState

test('disabling and enabling, each as often as one likes', async () => {
  const { keyId: KeyId } = keyNamed(cloud.cloud, aliases.working)
  for (const [action, state] of [
    ['DisableKey', 'Disabled'],
    ['DisableKey', 'Disabled'],
    ['EnableKey', 'Enabled'],
    ['EnableKey', 'Enabled'],
  ] as const) {
    await cloud.ok(action, { KeyId })
    expect(await stateOf(KeyId)).toBe(state)
  }
})

test('what changes nothing announces nothing', async () => {
  const { keyId: KeyId } = keyNamed(cloud.cloud, aliases.working)
  const seen: string[] = []
  cloud.cloud.onChange(({ table }) => seen.push(table))
  await cloud.ok('EnableKey', { KeyId })
  expect(seen).toEqual([])
  await cloud.ok('DisableKey', { KeyId })
  expect(seen).toEqual(['keys'])
})

test('a key in deletion tells when it goes, and stays as it is', async () => {
  const { keyId: KeyId, deleteAt } = keyNamed(cloud.cloud, aliases.pendingDeletion)
  const { KeyMetadata } = await cloud.ok('DescribeKey', { KeyId })
  expect(Date.parse(KeyMetadata.DeleteDate!)).toBe(deleteAt)
  expect(await cloud.code('EnableKey', { KeyId })).toBe('Rejected.StateModifiedFailed')
  expect(await cloud.code('DisableKey', { KeyId })).toBe('Rejected.StateModifiedFailed')
  expect(await stateOf(KeyId)).toBe('PendingDeletion')
})

test('under strict compatibility only published words and fields are answered', async () => {
  cloud = await testCloud({ strict: true })
  const { KeyMetadata } = await cloud.ok('DescribeKey', { KeyId: aliases.working })
  expect(KeyMetadata).toMatchObject({ Origin: 'Aliyun_KMS', ProtectionLevel: 'SOFTWARE' })
  expect(KeyMetadata).not.toHaveProperty('ExternalKeyId')
})
