import { expect, test } from 'vitest'
import { usedExtensions, withoutExtensions } from './extensions.ts'

const none = new Map<string, string>()

test('an answer names the extensions that it stands on', () => {
  expect(usedExtensions('DescribeExternalKeys', none, {})).toEqual(['DescribeExternalKeys'])
  expect(usedExtensions('CreateKey', new Map([['ExternalKeyId', 'hsm-1']]), { KeyMetadata: { KeyId: 'k' } })).toEqual([
    'CreateKey.ExternalKeyId',
  ])
  expect(usedExtensions('DescribeKey', none, { KeyMetadata: { ExternalKeyId: 'hsm-1' } })).toEqual([
    'KeyMetadata.ExternalKeyId',
  ])
  expect(usedExtensions('GetKmsInstanceQuotaInfos', none, { KmsInstanceQuotaInfos: [{}, { Accounts: [] }] })).toEqual([
    'KmsInstanceQuotaInfos[].Accounts',
  ])
  expect(usedExtensions('ListKeys', none, { Keys: {} })).toEqual([])
})

test('a strict answer has none, and all else', () => {
  expect(
    withoutExtensions('GetKmsInstance', { KmsInstance: { InstanceId: 'i', InstanceType: 'External', Sharing: {} } }),
  ).toEqual({ KmsInstance: { InstanceId: 'i' } })
  expect(
    withoutExtensions('GetKmsInstanceQuotaInfos', {
      KmsInstanceId: 'i',
      KmsInstanceQuotaInfos: [{ ResourceType: 'vpc', Accounts: [], Returning: [] }, { ResourceType: 'key' }],
    }),
  ).toEqual({ KmsInstanceId: 'i', KmsInstanceQuotaInfos: [{ ResourceType: 'vpc' }, { ResourceType: 'key' }] })
})
