import { beforeAll, describe, expect, test } from 'vitest'
import { keyArn } from '#src/api/contract/arn.ts'
import { accounts, aliases, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { arnOfKey } from './visible.ts'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await testCloud()
})

const working = () => keyNamed(cloud.cloud, aliases.working)
const ofPartner = () => {
  const { instanceId } = instanceNamed(cloud.cloud, instances.settlement.name)
  const key = storedRows(cloud.cloud, 'keys').find(
    (row) => row.instanceId === instanceId && row.accountId === accounts.partner.accountId,
  )
  return key!
}

const Plaintext = 'aGVsbG8='
const Policy = JSON.stringify({
  Version: '1',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { RAM: [`acs:ram::${accounts.main.accountId}:*`] },
      Action: ['kms:*'],
      Resource: ['*'],
    },
  ],
})

describe('KeyId', () => {
  test('DescribeKey takes an ID, an ARN and an alias for the same key', async () => {
    const key = working()
    for (const KeyId of [key.keyId, arnOfKey(key), aliases.working])
      expect((await cloud.ok('DescribeKey', { KeyId })).KeyMetadata.KeyId).toBe(key.keyId)
  })

  test.each([
    ['DescribeKey', {}, null],
    ['Encrypt', { Plaintext }, null],
    ['GenerateDataKey', {}, null],
    ['GenerateDataKeyWithoutPlaintext', {}, null],
    ['EnableKey', {}, 'Unsupported.Alias'],
    ['DisableKey', {}, 'Unsupported.Alias'],
    ['CreateAlias', { AliasName: 'alias/second' }, 'Unsupported.Alias'],
    ['ListAliasesByKeyId', {}, 'Unsupported.Alias'],
    ['GetKeyPolicy', {}, 'Unsupported.Alias'],
    ['SetKeyPolicy', { Policy }, 'Unsupported.Alias'],
  ] as const)('an alias for %s', async (action, more, refusal) => {
    expect(await cloud.code(action, { KeyId: aliases.working, ...more } as never)).toBe(refusal)
  })

  test.each([
    ['DescribeKey', {}, null],
    ['GetKeyPolicy', {}, null],
    ['ListAliasesByKeyId', {}, null],
    ['Encrypt', { Plaintext }, null],
    ['EnableKey', {}, 'InvalidParameter'],
    ['CreateAlias', { AliasName: 'alias/second' }, 'InvalidParameter'],
  ] as const)('an ARN for %s', async (action, more, refusal) => {
    expect(await cloud.code(action, { KeyId: arnOfKey(working()), ...more } as never)).toBe(refusal)
  })

  test('what names nothing', async () => {
    const { region, accountId, keyId } = working()
    const code = (KeyId: string) => cloud.code('DescribeKey', { KeyId })
    expect(await code('alias/none')).toBe('Forbidden.AliasNotFound')
    expect(await code('key-none')).toBe('Forbidden.KeyNotFound')
    expect(await code(keyArn(region, accountId, 'key-none'))).toBe('Forbidden.KeyNotFound')
    expect(await code(keyArn('cn-shanghai', accountId, keyId))).toBe('Forbidden.KeyNotFound')
    expect(await code(keyArn(region, accounts.partner.accountId, keyId))).toBe('Forbidden.KeyNotFound')
    expect(await code(`acs:kms:${region}:${accountId}:${aliases.working}`)).toBe('Forbidden.KeyNotFound')
  })

  test('a region knows only its own', async () => {
    const region = 'cn-shanghai'
    expect(await cloud.code('DescribeKey', { KeyId: working().keyId }, { region })).toBe('Forbidden.KeyNotFound')
    expect(await cloud.code('DescribeKey', { KeyId: aliases.working }, { region })).toBe('Forbidden.AliasNotFound')
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: aliases.working, Plaintext })
    expect(await cloud.code('Decrypt', { CiphertextBlob }, { region })).toBe('Forbidden.KeyNotFound')
  })
})

describe('another account', () => {
  test('is reached by ARN, and then needs a permission', async () => {
    const key = ofPartner()
    expect(await cloud.code('DescribeKey', { KeyId: key.keyId })).toBe('Forbidden.KeyNotFound')
    expect(await cloud.code('DescribeKey', { KeyId: arnOfKey(key) })).toBe('Forbidden.NoPermission')
  })

  test('a key policy and a RAM policy together let its user in', async () => {
    const key = keyNamed(cloud.cloud, aliases.crossAccount)
    const as = 'partnerEtl'
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: arnOfKey(key), Plaintext }, { as })
    expect((await cloud.ok('Decrypt', { CiphertextBlob }, { as })).Plaintext).toBe(Plaintext)
    expect(await cloud.code('Encrypt', { KeyId: key.keyId, Plaintext }, { as })).toBe('Forbidden.KeyNotFound')
    expect(await cloud.code('Encrypt', { KeyId: arnOfKey(working()), Plaintext }, { as })).toBe(
      'Forbidden.NoPermission',
    )
  })

  test("the owner of a shared instance has the receivers' keys by their IDs; a receiver has only its own", async () => {
    const key = keyNamed(cloud.cloud, aliases.onSharedInstance)
    const describe = (as: string, KeyId: string) => cloud.code('DescribeKey', { KeyId }, { as })
    expect(await describe('partnerAccount', key.keyId)).toBeNull()
    expect(await describe('account', key.keyId)).toBeNull()
    expect(await describe('account', ofPartner().keyId)).toBe('Forbidden.KeyNotFound')
  })
})

describe('instances', () => {
  test('own ones and those shared to the account', async () => {
    const code = (name: string, as: string, region?: string) =>
      cloud.code(
        'GetKmsInstance',
        { KmsInstanceId: instanceNamed(cloud.cloud, name).instanceId },
        region === undefined ? { as } : { as, region },
      )
    expect(await code(instances.payments.name, 'account')).toBeNull()
    expect(await code(instances.settlement.name, 'account')).toBeNull()
    expect(await code(instances.settlement.name, 'auditor')).toBeNull()
    expect(await code(instances.group.name, 'partnerAccount')).toBeNull()
    expect(await code(instances.payments.name, 'partnerAccount')).toBe('Forbidden.DKMSInstanceNotFound')
    expect(await code(instances.payments.name, 'account', 'cn-shanghai')).toBe('Forbidden.DKMSInstanceNotFound')
    expect(await code(instances.payments.name, 'intern')).toBe('Forbidden.NoPermission')
  })
})

test('an alias needs the permission on the alias and on the key', async () => {
  const asked = { KeyId: working().keyId, AliasName: 'alias/by-operator' }
  expect(await cloud.code('CreateAlias', asked, { as: 'cryptoApp' })).toBe('Forbidden.NoPermission')
  const { body } = await cloud.call('CreateAlias', asked, { as: 'ordersService' })
  expect(body.Detail?.Decision).toMatchObject({ Resource: expect.stringContaining('alias/by-operator') })
  expect(await cloud.code('CreateAlias', asked, { as: 'keyOperator' })).toBeNull()
})

test('nothing of this was a defect', () => expect(cloud.defects).toEqual([]))
