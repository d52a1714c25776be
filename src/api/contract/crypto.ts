import * as shape from './shapes.ts'
import { action } from './action.ts'
import { base64, boolean, encryptionContext, integer, oneOf, required, text } from './params.ts'
import { limits } from './rules.ts'

export const dataKeySpecs = ['AES_256', 'AES_128'] as const
/** `true`: nothing is carried out; the answer is always an error that says what would have come (KMS API 2016-01-20, Encrypt). */
const dryRun = { DryRun: boolean() }
const dataKeyParams = {
  ...dryRun,
  KeyId: required(text()),
  KeySpec: oneOf(dataKeySpecs),
  NumberOfBytes: integer(limits.dataKeyBytes),
  EncryptionContext: encryptionContext(),
}
/** Wrapping for export. SM2 is published too, and no browser has it: refused by name. */
export const wrappingKeySpecs = ['RSA_2048', 'EC_SM2'] as const
export const wrappingAlgorithms = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1', 'SM2PKE'] as const
const wrapping = {
  /** Base64 of a DER SubjectPublicKeyInfo (assumed). */
  PublicKeyBlob: required(base64({ max: 4096 })),
  WrappingKeySpec: required(oneOf(wrappingKeySpecs)),
  WrappingAlgorithm: required(oneOf(wrappingAlgorithms)),
}

/** KeyVersionId has no meaning for an external key and is left out (assumed). */
const sealedFields = {
  KeyId: shape.string(),
  KeyVersionId: shape.optional(shape.string()),
  CiphertextBlob: shape.string(),
}
const sealed = shape.object(sealedFields)
/** Bytes at most: large enough for a 6 KB plaintext with its envelope; a longer text is no blob of this service (assumed). */
export const ciphertextBytes = 8192

export const cryptoActions = {
  Encrypt: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:Encrypt',
    subject: 'key',
    params: {
      ...dryRun,
      KeyId: required(text()),
      Plaintext: required(base64({ max: limits.plaintextBytes })),
      EncryptionContext: encryptionContext(),
    },
    refused: [],
    output: sealed,
  }),
  Decrypt: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:Decrypt',
    subject: 'ciphertext',
    params: {
      ...dryRun,
      CiphertextBlob: required(base64({ max: ciphertextBytes })),
      EncryptionContext: encryptionContext(),
    },
    refused: ['Recipient'],
    output: shape.object({
      KeyId: shape.string(),
      KeyVersionId: shape.optional(shape.string()),
      Plaintext: shape.string(),
    }),
  }),
  GenerateDataKey: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:GenerateDataKey',
    subject: 'key',
    params: dataKeyParams,
    refused: ['Recipient'],
    output: shape.object({
      KeyId: shape.string(),
      KeyVersionId: shape.optional(shape.string()),
      CiphertextBlob: shape.string(),
      Plaintext: shape.string(),
    }),
  }),
  GenerateDataKeyWithoutPlaintext: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:GenerateDataKeyWithoutPlaintext',
    subject: 'key',
    params: dataKeyParams,
    refused: [],
    output: sealed,
  }),
  GenerateAndExportDataKey: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:GenerateAndExportDataKey',
    subject: 'key',
    params: { ...dataKeyParams, ...wrapping },
    refused: [],
    output: shape.object({ ...sealedFields, ExportedDataKey: shape.string() }),
  }),
  ExportDataKey: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:ExportDataKey',
    subject: 'ciphertext',
    params: {
      ...dryRun,
      CiphertextBlob: required(base64({ max: ciphertextBytes })),
      EncryptionContext: encryptionContext(),
      ...wrapping,
    },
    refused: [],
    output: shape.object({
      KeyId: shape.string(),
      KeyVersionId: shape.optional(shape.string()),
      ExportedDataKey: shape.string(),
    }),
  }),
  /** Permissions are `kms:ReEncryptFrom` on the source and `kms:ReEncryptTo` on the destination. */
  ReEncrypt: action({
    product: 'kms',
    kind: 'crypto',
    permission: 'kms:ReEncryptTo',
    subject: 'reEncrypt',
    params: {
      ...dryRun,
      CiphertextBlob: required(base64({ max: ciphertextBytes })),
      SourceEncryptionContext: encryptionContext(),
      DestinationKeyId: required(text()),
      DestinationEncryptionContext: encryptionContext(),
    },
    refused: ['SourceKeyId', 'SourceKeyVersionId', 'SourceEncryptionAlgorithm'],
    output: sealed,
  }),
} as const
