/** What travels badly: awkward texts, JSON, lists, ciphertexts, and refusals of every kind. One story on one key. */
import { defaultRegion } from '#src/api/contract/regions.ts'
import { aliases } from '#mocks/scenarios/names.ts'
import type { Case } from './case.ts'

/** A blank, what percent-encoding treats apart, markup, and what is not ASCII. */
export const awkward = `a b+c*d~e&f=g%20 <'"> é 密钥 🔑`
const context = JSON.stringify({ purpose: awkward, 'na me+': '' })
const plaintext = btoa('held elsewhere')

const KeyId = aliases.ordersService
export const wireCases: readonly Case[] = [
  {
    name: 'a page of keys',
    action: 'ListKeys',
    parameters: () => ({ PageSize: '1' }),
    answers: () => ({ PageSize: 1 }),
  },
  {
    name: 'a key by its alias',
    action: 'DescribeKey',
    parameters: () => ({ KeyId }),
    answers: () => ({ 'KeyMetadata.KeyState': 'Enabled', 'KeyMetadata.KeySpec': 'Aliyun_AES_256' }),
    remember: { keyId: 'KeyMetadata.KeyId', keyArn: 'KeyMetadata.Arn' },
  },
  {
    name: 'an encryption under a context',
    action: 'Encrypt',
    parameters: () => ({ KeyId, Plaintext: plaintext, EncryptionContext: context }),
    answers: ({ keyId }) => ({ KeyId: keyId }),
    remember: { blob: 'CiphertextBlob' },
  },
  {
    name: 'its decryption',
    action: 'Decrypt',
    parameters: ({ blob }) => ({ CiphertextBlob: blob!, EncryptionContext: context }),
    answers: ({ keyId }) => ({ Plaintext: plaintext, KeyId: keyId }),
  },
  {
    name: 'a decryption without the context',
    action: 'Decrypt',
    parameters: ({ blob }) => ({ CiphertextBlob: blob! }),
    code: 'InvalidParameter',
  },
  {
    name: 'a plaintext that is no Base64',
    action: 'Encrypt',
    parameters: () => ({ KeyId, Plaintext: 'no Base64!' }),
    code: 'InvalidParameter',
  },
  {
    name: 'a data key',
    action: 'GenerateDataKey',
    parameters: () => ({ KeyId, NumberOfBytes: '16' }),
    answers: ({ keyId }) => ({ KeyId: keyId }),
    remember: { dataKey: 'Plaintext', dataKeyBlob: 'CiphertextBlob' },
  },
  {
    name: 'the same data key',
    action: 'Decrypt',
    parameters: ({ dataKeyBlob }) => ({ CiphertextBlob: dataKeyBlob! }),
    answers: ({ dataKey }) => ({ Plaintext: dataKey }),
  },
  {
    name: 'a data key without its plaintext',
    action: 'GenerateDataKeyWithoutPlaintext',
    parameters: () => ({ KeyId, KeySpec: 'AES_128' }),
    answers: ({ keyId }) => ({ KeyId: keyId }),
  },
  {
    name: 'an awkward description',
    action: 'UpdateKeyDescription',
    parameters: ({ keyId }) => ({ KeyId: keyId!, Description: awkward }),
  },
  {
    name: 'read back',
    action: 'DescribeKey',
    parameters: ({ keyArn }) => ({ KeyId: keyArn! }),
    answers: () => ({ 'KeyMetadata.Description': awkward }),
  },
  {
    name: 'a tag, as JSON',
    action: 'TagResource',
    parameters: ({ keyId }) => ({ KeyId: keyId!, Tags: JSON.stringify([{ TagKey: 'wire', TagValue: 'a+b:=@/_' }]) }),
  },
  {
    name: 'the tag taken away, by a list',
    action: 'UntagResource',
    parameters: ({ keyId }) => ({ KeyId: keyId!, TagKeys: JSON.stringify(['wire']) }),
  },
  {
    name: 'tags, as numbered parameters',
    action: 'TagResources',
    parameters: ({ keyId }) => ({
      RegionId: defaultRegion,
      ResourceType: 'key',
      'ResourceId.1': keyId!,
      'Tag.1.Key': 'first',
      'Tag.1.Value': 'a+b:=@/_',
      'Tag.2.Key': 'second',
      'Tag.2.Value': '2',
    }),
  },
  {
    name: 'an alias',
    action: 'CreateAlias',
    parameters: ({ keyId }) => ({ KeyId: keyId!, AliasName: 'alias/conformance/1' }),
  },
  {
    name: 'the alias again',
    action: 'CreateAlias',
    parameters: ({ keyId }) => ({ KeyId: keyId!, AliasName: 'alias/conformance/1' }),
    code: 'AliasAlreadyExists',
  },
  {
    name: 'the alias given up',
    action: 'DeleteAlias',
    parameters: () => ({ AliasName: 'alias/conformance/1' }),
  },
  { name: 'aliases of the key', action: 'ListAliasesByKeyId', parameters: ({ keyId }) => ({ KeyId: keyId! }) },
  { name: 'the key disabled', action: 'DisableKey', parameters: ({ keyId }) => ({ KeyId: keyId! }) },
  {
    name: 'an encryption with a disabled key',
    action: 'Encrypt',
    parameters: () => ({ KeyId, Plaintext: plaintext }),
    code: 'Rejected.Disabled',
  },
  { name: 'the key enabled', action: 'EnableKey', parameters: ({ keyId }) => ({ KeyId: keyId! }) },
  {
    name: 'a deletion too soon',
    action: 'ScheduleKeyDeletion',
    parameters: ({ keyId }) => ({ KeyId: keyId!, PendingWindowInDays: '6' }),
    code: 'InvalidParameter',
  },
  {
    name: 'a deletion',
    action: 'ScheduleKeyDeletion',
    parameters: ({ keyId }) => ({ KeyId: keyId!, PendingWindowInDays: '7' }),
  },
  { name: 'the deletion cancelled', action: 'CancelKeyDeletion', parameters: ({ keyId }) => ({ KeyId: keyId! }) },
  {
    name: 'versions of an external key',
    action: 'ListKeyVersions',
    parameters: ({ keyId }) => ({ KeyId: keyId! }),
    code: 'Rejected.UnsupportedOperation',
  },
  {
    name: 'a key that is not there',
    action: 'DescribeKey',
    parameters: () => ({ KeyId: 'key-hzz0000000000000000' }),
    code: 'Forbidden.KeyNotFound',
  },
  { name: 'a parameter left out', action: 'DescribeKey', parameters: () => ({}), code: 'MissingParameter' },
  { name: 'the policy', action: 'GetKeyPolicy', parameters: ({ keyId }) => ({ KeyId: keyId!, PolicyName: 'default' }) },
  { name: 'instances', action: 'ListKmsInstances', parameters: () => ({}), answers: () => ({ PageNumber: 1 }) },
  { name: 'regions', action: 'DescribeRegions', parameters: () => ({}) },
  {
    name: 'who one is, of STS',
    product: 'sts',
    action: 'GetCallerIdentity',
    parameters: () => ({}),
    answers: () => ({ IdentityType: 'Account' }),
  },
  { name: 'users, of RAM', product: 'ram', action: 'ListUsers', parameters: () => ({ MaxItems: '1' }) },
  { name: 'an action that is none', action: 'MakeCoffee', parameters: () => ({}), code: 'InvalidAction.NotFound' },
]
