import * as z from 'zod/mini'
import { action } from './action.ts'
import { base64, encryptionContext, integer, oneOf, required, text } from './params.ts'
import { limits } from './rules.ts'

export const dataKeySpecs = ['AES_256', 'AES_128'] as const
const dataKeyParams = {
  KeyId: required(text()),
  KeySpec: oneOf(dataKeySpecs),
  NumberOfBytes: integer(limits.dataKeyBytes),
  EncryptionContext: encryptionContext(),
}
/** KeyVersionId has no meaning for an external key and is left out (assumed). */
const sealed = z.looseObject({
  KeyId: z.string(),
  KeyVersionId: z.optional(z.string()),
  CiphertextBlob: z.string(),
})
/** Large enough for a 6 KB plaintext with its envelope; a longer text is no blob of this service. */
const ciphertextBytes = 8192

export const cryptoActions = {
  Encrypt: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:Encrypt',
    subject: 'key',
    params: {
      KeyId: required(text()),
      Plaintext: required(base64({ max: limits.plaintextBytes })),
      EncryptionContext: encryptionContext(),
    },
    refused: ['DryRun'],
    output: sealed,
  }),
  Decrypt: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:Decrypt',
    subject: 'ciphertext',
    params: {
      CiphertextBlob: required(base64({ max: ciphertextBytes })),
      EncryptionContext: encryptionContext(),
    },
    refused: ['DryRun', 'Recipient'],
    output: z.looseObject({
      KeyId: z.string(),
      KeyVersionId: z.optional(z.string()),
      Plaintext: z.string(),
    }),
  }),
  GenerateDataKey: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:GenerateDataKey',
    subject: 'key',
    params: dataKeyParams,
    refused: ['DryRun', 'Recipient'],
    output: z.looseObject({
      KeyId: z.string(),
      KeyVersionId: z.optional(z.string()),
      CiphertextBlob: z.string(),
      Plaintext: z.string(),
    }),
  }),
  GenerateDataKeyWithoutPlaintext: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:GenerateDataKeyWithoutPlaintext',
    subject: 'key',
    params: dataKeyParams,
    refused: ['DryRun'],
    output: sealed,
  }),
} as const
