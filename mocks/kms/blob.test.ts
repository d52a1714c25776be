import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { concat, hex, noBytes, utf8, type Bytes } from '#mocks/crypto/bytes.ts'
import { frame } from '#mocks/crypto/framing.ts'
import { additionalData, decodeBlob, encodeBlob, type CiphertextBlob } from './blob.ts'

const bytesOf = (constraints: { minLength: number; maxLength: number }): fc.Arbitrary<Bytes> =>
  fc.uint8Array(constraints).map((bytes) => new Uint8Array(bytes))

const sealedWith = (metadata: fc.Arbitrary<Bytes>): fc.Arbitrary<CiphertextBlob['sealed']> =>
  fc.record({
    iv: fc.oneof(bytesOf({ minLength: 12, maxLength: 12 }), bytesOf({ minLength: 16, maxLength: 16 })),
    tag: bytesOf({ minLength: 16, maxLength: 16 }),
    metadata,
    ciphertext: bytesOf({ minLength: 0, maxLength: 300 }),
  })
const keyId = fc.stringMatching(/^key-[a-z0-9]{1,30}$/)

const anyBlob: fc.Arbitrary<CiphertextBlob> = fc.oneof(
  fc.record({
    keyId,
    versionId: fc.constant(null),
    sealed: sealedWith(bytesOf({ minLength: 0, maxLength: 20 })),
  }),
  fc.record({
    keyId,
    versionId: fc.stringMatching(/^key-[a-z0-9]{1,30}-[a-z0-9]{10}$/),
    sealed: sealedWith(fc.constant(noBytes)),
  }),
)

const sample: CiphertextBlob = {
  keyId: 'key-1',
  versionId: null,
  sealed: {
    iv: new Uint8Array(12).fill(1),
    tag: new Uint8Array(16).fill(2),
    metadata: new Uint8Array([3]),
    ciphertext: new Uint8Array([4, 5]),
  },
}

test('a blob is read as it was written', () => {
  fc.assert(
    fc.property(anyBlob, (blob) => {
      expect(decodeBlob(encodeBlob(blob))).toEqual(blob)
    }),
  )
})

test('the layout of version 1 stays', () => {
  expect(hex(decodeBase64(encodeBlob(sample))!)).toBe(
    [
      '01',
      '00000005' + hex(utf8('key-1')),
      '0000000c' + '01'.repeat(12),
      '00000010' + '02'.repeat(16),
      '0000000103',
      '000000020405',
    ].join(''),
  )
})

test('the layout of version 2 stays', () => {
  const own: CiphertextBlob = { ...sample, versionId: 'key-1-1', sealed: { ...sample.sealed, metadata: noBytes } }
  expect(hex(decodeBase64(encodeBlob(own))!)).toBe(
    [
      '02',
      '00000005' + hex(utf8('key-1')),
      '00000007' + hex(utf8('key-1-1')),
      '0000000c' + '01'.repeat(12),
      '00000010' + '02'.repeat(16),
      '000000020405',
    ].join(''),
  )
})

test('what is read is exactly what is written: no two texts stand for one blob', () => {
  const changed = fc.record({ blob: anyBlob, at: fc.nat(), bit: fc.nat({ max: 7 }) }).map(({ blob, at, bit }) => {
    const bytes = decodeBase64(encodeBlob(blob))!
    bytes[at % bytes.length]! ^= 1 << bit
    return { blob, text: encodeBase64(bytes) }
  })
  fc.assert(
    fc.property(changed, ({ blob, text }) => {
      const read = decodeBlob(text)
      expect(read).not.toEqual(blob)
      if (read) expect(encodeBlob(read)).toBe(text)
    }),
  )
})

test('everything else is refused', () => {
  const { iv, tag, metadata, ciphertext } = sample.sealed
  const version = new Uint8Array([1])
  const second = new Uint8Array([2])
  const id = utf8(sample.keyId)
  const bytes = decodeBase64(encodeBlob(sample))!
  const refused: Record<string, Bytes> = {
    empty: new Uint8Array(0),
    'version only': version,
    'an unknown version': bytes.with(0, 3),
    'version 1 named 2': bytes.with(0, 2),
    'a trailing byte': concat(bytes, new Uint8Array(1)),
    'a trailing part': concat(bytes, frame(new Uint8Array(0))),
    'one byte less': bytes.slice(0, -1),
    'a part less': concat(version, frame(id, iv, tag, metadata)),
    'no key ID': concat(version, frame(new Uint8Array(0), iv, tag, metadata, ciphertext)),
    'a key ID that is no UTF-8': concat(version, frame(new Uint8Array([0xff]), iv, tag, metadata, ciphertext)),
    'an IV of 13 bytes': concat(version, frame(id, new Uint8Array(13), tag, metadata, ciphertext)),
    'a tag of 15 bytes': concat(version, frame(id, iv, new Uint8Array(15), metadata, ciphertext)),
    'metadata of 21 bytes': concat(version, frame(id, iv, tag, new Uint8Array(21), ciphertext)),
    'a length beyond the end': bytes.with(1, 0xff),
    'no key ID in version 2': concat(second, frame(noBytes, id, iv, tag, ciphertext)),
    'no version ID in version 2': concat(second, frame(id, noBytes, iv, tag, ciphertext)),
    'a tag of 17 bytes in version 2': concat(second, frame(id, id, iv, new Uint8Array(17), ciphertext)),
  }
  for (const [name, odd] of Object.entries(refused)) expect(decodeBlob(encodeBase64(odd)), name).toBeNull()
  for (const text of ['', 'AQ', 'no Base64', `${encodeBlob(sample)}\n`, encodeBlob(sample).replace(/=*$/, '')])
    if (text !== encodeBlob(sample)) expect(decodeBlob(text), text).toBeNull()
})

const arn = 'acs:kms:cn-hangzhou:1234567890123456:key/key-1'

test('the additional data depends on key and context, not on how the context is written', async () => {
  expect(await additionalData('external', arn, { a: '1', b: '2' })).toEqual(
    await additionalData('external', arn, { b: '2', a: '1' }),
  )
  // Number-like names are ordered by the engine: sorting must not depend on it.
  expect(await additionalData('external', arn, { 10: 'x', 9: 'y', a: '' })).toEqual(
    await additionalData('external', arn, { a: '', 9: 'y', 10: 'x' }),
  )
  const different = await Promise.all([
    additionalData('external', arn, {}),
    additionalData('external', `${arn}0`, {}),
    additionalData('external', arn, { a: '1' }),
    additionalData('external', arn, { a: '', 1: '' }),
    additionalData('external', arn, { a: '1","b":"2' }),
    additionalData('external', arn, { a: '1', b: '2' }),
    additionalData('external', arn, JSON.parse('{"__proto__":"1"}') as Record<string, string>),
    additionalData('external', arn, { a: 'é' }),
    additionalData('external', arn, { a: '\ud800' }),
    additionalData('external', arn, { a: '\ufffd' }),
    additionalData('own', arn, {}),
  ])
  expect(new Set(different.map(hex)).size).toBe(different.length)
  expect(different.every((bytes) => bytes.length === 32)).toBe(true)
})

test('the additional data of version 1 stays', async () => {
  expect(hex(await additionalData('external', arn, { b: '2', a: '1' }))).toBe(
    '8aba76f6c69eb1a6d07631ad8bcb18803f34e4bc9ba5eb9c652a1ee4bf85f121',
  )
})
