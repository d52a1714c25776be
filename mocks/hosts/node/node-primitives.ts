/** Node's own hash, HMAC and cipher: they answer at once, where WebCrypto's go through another thread and cost many times as much. */
import { createCipheriv, createDecipheriv, createHmac, hash, KeyObject, timingSafeEqual } from 'node:crypto'
import type { Bytes } from '#mocks/crypto/bytes.ts'
import type { Primitives } from '#mocks/crypto/primitives.ts'

const keyObjects = new WeakMap<CryptoKey, KeyObject>()

function keyObjectOf(key: CryptoKey): KeyObject {
  const known = keyObjects.get(key)
  if (known) return known
  const made = KeyObject.from(key as Parameters<typeof KeyObject.from>[0])
  keyObjects.set(key, made)
  return made
}

/** Of its own memory, as WebCrypto's: a Buffer may be a part of another's. */
const plain = (buffer: Buffer): Bytes => new Uint8Array(buffer)

const hmac: Primitives['hmac'] = (key, bytes) => plain(createHmac('sha256', keyObjectOf(key)).update(bytes).digest())

const tagLength = 16

function cipherKey(key: CryptoKey, usage: 'encrypt' | 'decrypt'): KeyObject {
  if (!key.usages.includes(usage)) throw new DOMException(`The key may not ${usage}.`, 'InvalidAccessError')
  return keyObjectOf(key)
}

const nameOf = (key: CryptoKey): 'aes-256-gcm' | 'aes-128-gcm' =>
  (key.algorithm as AesKeyAlgorithm).length === 256 ? 'aes-256-gcm' : 'aes-128-gcm'

export const nodePrimitives = {
  sha256: (bytes) => plain(hash('sha256', bytes, 'buffer')),
  sha256Hex: (content) => hash('sha256', content, 'hex'),
  hmac,
  verifyHmac: (key, signature, bytes) => {
    const expected = createHmac('sha256', keyObjectOf(key)).update(bytes).digest()
    return signature.length === expected.length && timingSafeEqual(signature, expected)
  },
  encryptGcm: (key, { iv, additionalData }, plaintext) => {
    const cipher = createCipheriv(nameOf(key), cipherKey(key, 'encrypt'), iv).setAAD(additionalData)
    return plain(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]))
  },
  decryptGcm: (key, { iv, additionalData }, sealed) => {
    const decipher = createDecipheriv(nameOf(key), cipherKey(key, 'decrypt'), iv)
      .setAAD(additionalData)
      .setAuthTag(sealed.subarray(-tagLength))
    const opened = decipher.update(sealed.subarray(0, -tagLength))
    try {
      return plain(Buffer.concat([opened, decipher.final()]))
    } catch {
      // What is thrown here is that the tag does not fit.
      return null
    }
  },
  encodeBase64: ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
  // Node reads what it can; writing it again and comparing costs less than to look at every character before.
  decodeBase64: (text) => {
    const bytes = Buffer.from(text, 'base64')
    return bytes.toString('base64') === text ? plain(bytes) : null
  },
} satisfies Primitives
