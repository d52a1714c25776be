import { expect, test } from 'vitest'
import { open, seal } from './aes-gcm.ts'
import { hex, hexBytes, noBytes, utf8 } from './bytes.ts'
import { sha256Hex } from './hash.ts'
import { generateHmacKey, hmac, importHmacKey, verifyHmac } from './hmac.ts'
import { generateWrappedKey, generateWrappingKey, unwrapKey } from './wrapping.ts'

test('SHA-256 of the empty string and of FIPS 180-4, "abc"', async () => {
  expect(await sha256Hex(noBytes)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(await sha256Hex(utf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('HMAC-SHA-256 of RFC 4231, test case 2', async () => {
  const key = await importHmacKey(utf8('Jefe'))
  const signature = await hmac(key, utf8('what do ya want for nothing?'))
  expect(hex(signature)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  expect(await verifyHmac(key, signature, utf8('what do ya want for nothing?'))).toBe(true)
  expect(await verifyHmac(key, signature, utf8('what do ya want for nothing!'))).toBe(false)
  expect(await verifyHmac(key, signature.slice(0, 31), utf8('what do ya want for nothing?'))).toBe(false)
})

test('HMAC keys cannot be read back', async () => {
  for (const key of [await importHmacKey(utf8('secret')), await generateHmacKey()]) {
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow('not extractable')
  }
})

test('AES-KW unwraps the vector of RFC 3394, section 4.6', async () => {
  const wrappingKey = await crypto.subtle.importKey(
    'raw',
    hexBytes('000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F')!,
    'AES-KW',
    false,
    ['unwrapKey'],
  )
  const wrapped = hexBytes('28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21')!
  const key = await unwrapKey(wrapped, wrappingKey, ['encrypt'])
  const same = await crypto.subtle.importKey(
    'raw',
    hexBytes('00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F')!,
    'AES-GCM',
    false,
    ['encrypt'],
  )
  const input = { iv: new Uint8Array(12), plaintext: utf8('text'), additionalData: noBytes }
  expect(await seal(key, input)).toEqual(await seal(same, input))
})

test('a wrapped key opens by its own wrapping key only, for the named usages only, and cannot be read back', async () => {
  const wrappingKey = await generateWrappingKey()
  const wrapped = await generateWrappedKey(wrappingKey)
  expect(wrapped).toHaveLength(40)
  expect(wrappingKey.extractable).toBe(false)

  const both = await unwrapKey(wrapped, wrappingKey, ['encrypt', 'decrypt'])
  const encryptOnly = await unwrapKey(wrapped, wrappingKey, ['encrypt'])
  expect([both.extractable, encryptOnly.extractable]).toEqual([false, false])
  expect(encryptOnly.usages).toEqual(['encrypt'])
  await expect(crypto.subtle.exportKey('raw', both)).rejects.toThrow('not extractable')

  const iv = new Uint8Array(12)
  const sealed = await seal(encryptOnly, { iv, plaintext: utf8('text'), additionalData: noBytes })
  expect(await open(both, { iv, ...sealed, additionalData: noBytes })).toEqual(utf8('text'))

  await expect(unwrapKey(wrapped, await generateWrappingKey(), ['encrypt'])).rejects.toHaveProperty(
    'name',
    'OperationError',
  )
  await expect(unwrapKey(wrapped.with(20, wrapped[20]! ^ 1), wrappingKey, ['encrypt'])).rejects.toHaveProperty(
    'name',
    'OperationError',
  )
})
