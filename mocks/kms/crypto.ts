/** Cryptography with keys of every kind. KMS API 2016-01-20. */
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import type { Rules } from '#mocks/kms/context.ts'
import { bytesOf, dataKeyLength, open, seal } from './cipher.ts'

export const cryptoRules = {
  Encrypt: (ctx, { Plaintext, EncryptionContext: context }, { key }) =>
    seal(ctx, key, { operation: 'Encrypt', plaintext: bytesOf('Plaintext', Plaintext), context }),
  Decrypt: async (ctx, { CiphertextBlob: ciphertext, EncryptionContext: context }, { key }) => {
    const { name, plaintext } = await open(ctx, key, { operation: 'Decrypt', ciphertext, context })
    return { ...name, Plaintext: encodeBase64(plaintext) }
  },
  /** KMS draws the data key itself, also where an external key encrypts it. */
  GenerateDataKey: async (ctx, input, { key }) => {
    const plaintext = ctx.runtime.randomBytes(dataKeyLength(input))
    const context = input.EncryptionContext
    const sealed = await seal(ctx, key, { operation: 'GenerateDataKey', plaintext, context })
    return { ...sealed, Plaintext: encodeBase64(plaintext) }
  },
  GenerateDataKeyWithoutPlaintext: (ctx, input, { key }) => {
    const plaintext = ctx.runtime.randomBytes(dataKeyLength(input))
    const context = input.EncryptionContext
    return seal(ctx, key, { operation: 'GenerateDataKeyWithoutPlaintext', plaintext, context })
  },
} satisfies Rules<'Encrypt' | 'Decrypt' | 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext'>
