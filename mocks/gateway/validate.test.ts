import { expect, test } from 'vitest'
import { validate } from './validate.ts'

const wire = (parameters: Record<string, string>): Map<string, string> => new Map(Object.entries(parameters))
const refused = (...args: Parameters<typeof validate>): unknown => {
  try {
    return validate(...args)
  } catch (error) {
    return error
  }
}

test('input comes typed; what the contract does not know is named and has no effect', () => {
  expect(
    validate('ListKeys', wire({ PageSize: '20', Filters: '', Colour: 'red', Version: '2016-01-20' }), false),
  ).toEqual({
    input: { PageSize: 20 },
    ignored: ['Colour'],
  })
})

test('published parameters that are not implemented are refused by name', () => {
  expect(refused('Decrypt', wire({ CiphertextBlob: 'eA==', Recipient: 'r' }), false)).toMatchObject({
    code: 'UnsupportedOperation',
    detail: { Parameter: 'Recipient' },
    message: expect.stringContaining('"Recipient"') as string,
  })
  expect(refused('ListKmsInstances', wire({ 'Filters.1': 'x' }), false)).toMatchObject({ code: 'UnsupportedOperation' })
  expect(validate('Decrypt', wire({ CiphertextBlob: 'eA==', Recipient: '' }), false).ignored).toEqual([])
})

test('extensions are parameters, and refused by name under strict compatibility', () => {
  expect(validate('CreateKey', wire({ ExternalKeyId: 'hsm-1' }), false).input).toEqual({ ExternalKeyId: 'hsm-1' })
  expect(refused('CreateKey', wire({ ExternalKeyId: 'hsm-1' }), true)).toMatchObject({
    code: 'UnsupportedOperation',
    detail: { Parameter: 'ExternalKeyId' },
  })
})

test('a missing and a malformed parameter are told apart', () => {
  expect(refused('DescribeKey', wire({}), false)).toMatchObject({
    code: 'MissingParameter',
    detail: { Parameter: 'KeyId' },
  })
  expect(refused('ListKeys', wire({ PageSize: '0' }), false)).toMatchObject({
    code: 'InvalidParameter',
    detail: { Parameter: 'PageSize' },
  })
})

test.each([
  ['Encrypt', { KeyId: 'k', Plaintext: 'eA==', 'EncryptionContext.a': 'b' }, 'EncryptionContext'],
  ['ListTagResources', { RegionId: 'r', ResourceType: 'key', ResourceId: 'k' }, 'ResourceId'],
  ['ListTagResources', { RegionId: 'r', ResourceType: 'key', 'ResourceId.1': 'k', 'ResourceId.3': 'l' }, 'ResourceId'],
  ['ListTagResources', { RegionId: 'r', ResourceType: 'key', 'Tag.1.Key': 'a', 'Tag.1.Colour': 'red' }, 'Tag'],
] as const)('%s %j would be read by half, and is refused', (name, parameters, parameter) => {
  expect(refused(name, wire(parameters), false)).toMatchObject({
    code: 'InvalidParameter',
    detail: { Parameter: parameter },
  })
})
