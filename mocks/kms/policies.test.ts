import { beforeEach, describe, expect, test } from 'vitest'
import { defaultPolicy, type PolicyStatement } from '#src/api/contract/policy.ts'
import { accounts, aliases } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed } from '#mocks/testing/rows.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const idOf = (alias: string): string => keyNamed(cloud.cloud, alias).keyId
const policy = defaultPolicy([accounts.main.accountId])
const Policy = JSON.stringify(policy)
const set = (alias: string, text = Policy) => cloud.code('SetKeyPolicy', { KeyId: idOf(alias), Policy: text })
const get = async (alias: string): Promise<unknown> =>
  JSON.parse((await cloud.ok('GetKeyPolicy', { KeyId: idOf(alias) })).Policy)

test('what was set is what is read, element by element', async () => {
  const denial: PolicyStatement = {
    Sid: 'No decryption',
    Effect: 'Deny',
    Principal: { RAM: [`acs:ram::${accounts.main.accountId}:user/crypto-app`] },
    Action: ['kms:Decrypt'],
    Resource: ['*'],
  }
  const stricter = { ...policy, Statement: [...policy.Statement, denial] }
  expect(await set(aliases.working, JSON.stringify(stricter))).toBeNull()
  expect(await get(aliases.working)).toEqual(stricter)
  const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: aliases.working, Plaintext: 'AA==' })
  expect(await cloud.code('Decrypt', { CiphertextBlob }, { as: 'cryptoApp' })).toBe('Forbidden.NoPermission')
  expect(await cloud.code('Decrypt', { CiphertextBlob }, { as: 'keyAdmin' })).toBeNull()
})

test('the one policy is called default', async () => {
  const KeyId = idOf(aliases.working)
  expect(await cloud.code('GetKeyPolicy', { KeyId, PolicyName: 'default' })).toBeNull()
  expect(await cloud.code('GetKeyPolicy', { KeyId, PolicyName: 'other' })).toBe('Forbidden.ResourceNotFound')
  expect(await cloud.code('SetKeyPolicy', { KeyId, PolicyName: 'other', Policy })).toBe('Forbidden.ResourceNotFound')
})

test('keys outside instances have none', async () => {
  expect(await cloud.code('GetKeyPolicy', { KeyId: idOf('alias/acs/oss') })).toBe('Forbidden.KeyPolicyUnSupported')
  expect(await set('alias/acs/oss')).toBe('Forbidden.KeyPolicyUnSupported')
})

describe('changing it', () => {
  test('works without the proxy, and on a disabled key', async () => {
    expect(await set(aliases.instanceDisconnected)).toBeNull()
    expect(await set(aliases.disabled)).toBeNull()
  })
  test('is refused for a key in deletion', async () => {
    expect(await set(aliases.pendingDeletion)).toBe('Rejected.PendingDeletion')
  })
  test.each([
    ['{', 'no JSON'],
    [JSON.stringify({ ...policy, Version: '2' }), 'another version'],
    [JSON.stringify({ ...policy, Statement: [{ ...policy.Statement[0], Condition: {} }] }), 'a condition'],
    [JSON.stringify({ ...policy, Statement: [{ ...policy.Statement[0], Resource: ['key/1'] }] }), 'a resource'],
    ['x'.repeat(40_000), 'more than 32,768 bytes'],
  ])('is refused for what cannot be evaluated (%#)', async (text) => {
    const before = await get(aliases.working)
    const { body } = await cloud.call('SetKeyPolicy', { KeyId: idOf(aliases.working), Policy: text })
    expect(body).toMatchObject({ Code: 'InvalidParameter', Detail: { Parameter: 'Policy' } })
    expect(await get(aliases.working)).toEqual(before)
  })
})
