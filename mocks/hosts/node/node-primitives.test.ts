import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { primitives } from '#mocks/crypto/primitives.ts'
import { hexBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { generateAesGcmKey } from '#mocks/crypto/aes-gcm.ts'
import { generateHmacKey, importHmacKey } from '#mocks/crypto/hmac.ts'
import { nodePrimitives } from './node-primitives.ts'

test('Node and WebCrypto agree on hashes and signatures', async () => {
  const web = primitives()
  expect(web).not.toBe(nodePrimitives)
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => new Uint8Array(array))
  await fc.assert(
    fc.asyncProperty(bytes, bytes, async (secret, text) => {
      const key = secret.length === 0 ? await generateHmacKey() : await importHmacKey(secret)
      expect(nodePrimitives.sha256(text)).toEqual(await web.sha256(text))
      expect(nodePrimitives.sha256Hex(text)).toBe(await web.sha256Hex(text))
      const signature = await web.hmac(key, text)
      expect(nodePrimitives.hmac(key, text)).toEqual(signature)
      expect(nodePrimitives.verifyHmac(key, signature, text)).toBe(true)
      const wrong = signature.with(3, signature[3]! ^ 1)
      for (const other of [wrong, signature.slice(1), new Uint8Array(0)]) {
        expect(nodePrimitives.verifyHmac(key, other, text)).toBe(false)
        expect(await web.verifyHmac(key, other, text)).toBe(false)
      }
    }),
  )
})

test('Node and WebCrypto agree on the hash of a text, halves of characters too', async () => {
  const web = primitives()
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.nat(0xffff), async (text, unit) => {
      const content = text + String.fromCharCode(unit)
      expect(nodePrimitives.sha256Hex(content)).toBe(await web.sha256Hex(content))
      expect(hexBytes(nodePrimitives.sha256Hex(content).toUpperCase())).toEqual(await web.sha256(utf8(content)))
    }),
  )
})

test('Node and WebCrypto agree on AES-GCM, and on what a key may do', async () => {
  const web = primitives()
  const bytes = (limits: { minLength?: number; maxLength: number }) =>
    fc.uint8Array(limits).map((array) => new Uint8Array(array))
  const keys = [await generateAesGcmKey(128), await generateAesGcmKey(256)]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...keys),
      fc.constantFrom(12, 16).chain((length) => bytes({ minLength: length, maxLength: length })),
      bytes({ maxLength: 50 }),
      bytes({ maxLength: 300 }),
      async (key, iv, additionalData, plaintext) => {
        const sealed = nodePrimitives.encryptGcm(key, { iv, additionalData }, plaintext)
        expect(sealed).toEqual(await web.encryptGcm(key, { iv, additionalData }, plaintext))
        expect(nodePrimitives.decryptGcm(key, { iv, additionalData }, sealed)).toEqual(plaintext)
        const spoiled = sealed.with(0, sealed[0]! ^ 1)
        expect(nodePrimitives.decryptGcm(key, { iv, additionalData }, spoiled)).toBeNull()
        expect(await web.decryptGcm(key, { iv, additionalData }, spoiled)).toBeNull()
      },
    ),
  )
  const [onlyEncrypts, onlyDecrypts] = await Promise.all(
    (['encrypt', 'decrypt'] as const).map((usage) =>
      crypto.subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', false, [usage]),
    ),
  )
  const parameters = { iv: new Uint8Array(12), additionalData: new Uint8Array(0) }
  const refused = expect.objectContaining({ name: 'InvalidAccessError' }) as Error
  expect(() => nodePrimitives.encryptGcm(onlyDecrypts!, parameters, new Uint8Array(3))).toThrow(refused)
  expect(() => nodePrimitives.decryptGcm(onlyEncrypts!, parameters, new Uint8Array(19))).toThrow(refused)
})

test('Node and the web agree on what is no Base64', () => {
  const web = primitives()
  const digits = fc.string({ unit: fc.constantFrom(...'AQgwEz09+/=-_ \n\u0141'), maxLength: 12 })
  fc.assert(
    fc.property(digits, (text) => {
      const bytes = nodePrimitives.decodeBase64(text)
      expect(bytes).toEqual(web.decodeBase64(text))
      if (bytes) expect(web.encodeBase64(bytes)).toBe(text)
    }),
    { numRuns: 2000 },
  )
  for (const text of ['QQ', 'QQ=', 'QR==', 'Q=Q=', '====', 'QUJD\n', 'QU-_']) {
    expect(nodePrimitives.decodeBase64(text), text).toBeNull()
    expect(web.decodeBase64(text), text).toBeNull()
  }
})

test('Node and the web agree on Base64', () => {
  const web = primitives()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      // A part of a longer array, as much as a whole one.
      const part = new Uint8Array([9, ...bytes, 9]).subarray(1, -1)
      const text = web.encodeBase64(bytes)
      expect(nodePrimitives.encodeBase64(part)).toBe(text)
      expect(nodePrimitives.decodeBase64(text)).toEqual(new Uint8Array(bytes))
      expect(web.decodeBase64(text)).toEqual(new Uint8Array(bytes))
    }),
  )
})
