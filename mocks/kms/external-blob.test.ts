/** From plaintext to blob and back, through client, network, proxy and key manager. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EncryptionContext } from '#src/api/contract/rules.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import type { Bytes } from '#mocks/crypto/bytes.ts'
import { caller, instance, silentSpan, xkiWorld } from '#mocks/testing/xki-world.ts'
import { XkiError } from '#mocks/xki/port.ts'
import { additionalData, decodeBlob, encodeBlob } from './blob.ts'

const { client } = await xkiWorld()

const arnOf = (keyId: string): string => `acs:kms:cn-hangzhou:1234567890123456:key/${keyId}`

async function encrypt(keyId: string, plaintext: Bytes, context: EncryptionContext): Promise<string> {
  const input = { plaintext, additionalData: await additionalData('external', arnOf(keyId), context) }
  const { latencyMs: _, ...sealed } = await client.encrypt(instance, 'foo', input, caller, silentSpan)
  return encodeBlob({ keyId, versionId: null, sealed })
}

/** The plaintext; null where KMS or the proxy refuses the ciphertext. Any other failure fails the test. */
async function decrypt(text: string, context: EncryptionContext): Promise<Bytes | null> {
  const blob = decodeBlob(text)
  if (!blob) return null
  const input = { ...blob.sealed, additionalData: await additionalData('external', arnOf(blob.keyId), context) }
  try {
    return (await client.decrypt(instance, 'foo', input, caller, silentSpan)).plaintext
  } catch (error) {
    if (error instanceof XkiError && error.failure === 'invalidCiphertext') return null
    throw error
  }
}

const plaintexts = fc
  .oneof(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.uint8Array({ minLength: 1, maxLength: 6144 }))
  .map((bytes): Bytes => new Uint8Array(bytes))
const contexts = fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 })

test('any plaintext returns in its own context, and in no other', async () => {
  await fc.assert(
    fc.asyncProperty(plaintexts, contexts, contexts, async (plaintext, context, other) => {
      const blob = await encrypt('key-1', plaintext, context)
      expect(isDeepStrictEqual(await decrypt(blob, context), plaintext)).toBe(true)
      const reordered = Object.fromEntries(Object.entries(context).reverse())
      expect(isDeepStrictEqual(await decrypt(blob, reordered), plaintext)).toBe(true)
      if (!isDeepStrictEqual({ ...other }, { ...context })) expect(await decrypt(blob, other)).toBeNull()
    }),
    { numRuns: 20 },
  )
})

test('no blob opens with any of its bits flipped, or with bytes added or taken', async () => {
  const context = { purpose: 'test' }
  const blob = await encrypt('key-1', new Uint8Array([1, 2, 3]), context)
  const bytes = decodeBase64(blob)!
  for (let at = 0; at < bytes.length; at++)
    for (const mask of [0x01, 0x80, 0xff])
      expect(await decrypt(encodeBase64(bytes.with(at, bytes[at]! ^ mask)), context), `byte ${at}`).toBeNull()
  for (let length = 0; length < bytes.length; length++)
    expect(await decrypt(encodeBase64(bytes.slice(0, length)), context)).toBeNull()
  expect(await decrypt(encodeBase64(new Uint8Array([...bytes, 0])), context)).toBeNull()
})

test('a blob moved to another KMS key on the same external key does not open', async () => {
  const blob = await encrypt('key-1', new Uint8Array([1, 2, 3]), {})
  const moved = encodeBlob({ ...decodeBlob(blob)!, keyId: 'key-2' })
  expect(await decrypt(blob, {})).toEqual(new Uint8Array([1, 2, 3]))
  expect(await decrypt(moved, {})).toBeNull()
})
