import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { concat, hex, utf8, type Bytes } from '#mocks/crypto/bytes.ts'
import { frame } from '#mocks/crypto/framing.ts'
import { additionalData, decodeBlob, encodeBlob, type CiphertextBlob } from './blob.ts'

const bytesOf = (constraints: { minLength: number; maxLength: number }): fc.Arbitrary<Bytes> =>
  fc.uint8Array(constraints).map((bytes) => new Uint8Array(bytes))

const anyBlob: fc.Arbitrary<CiphertextBlob> = fc.record({
  keyId: fc.stringMatching(/^key-[a-z0-9]{1,30}$/),
  sealed: fc.record({
    iv: fc.oneof(bytesOf({ minLength: 12, maxLength: 12 }), bytesOf({ minLength: 16, maxLength: 16 })),
    tag: bytesOf({ minLength: 16, maxLength: 16 }),
    metadata: bytesOf({ minLength: 0, maxLength: 20 }),
    ciphertext: bytesOf({ minLength: 0, maxLength: 300 }),
  }),
})

const sample: CiphertextBlob = {
  keyId: 'key-1',
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
  const id = utf8(sample.keyId)
  const bytes = decodeBase64(encodeBlob(sample))!
  const refused: Record<string, Bytes> = {
    empty: new Uint8Array(0),
    'version only': version,
    'another version': bytes.with(0, 2),
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
  }
  for (const [name, odd] of Object.entries(refused)) expect(decodeBlob(encodeBase64(odd)), name).toBeNull()
  for (const text of ['', 'AQ', 'no Base64', `${encodeBlob(sample)}\n`, encodeBlob(sample).replace(/=*$/, '')])
    if (text !== encodeBlob(sample)) expect(decodeBlob(text), text).toBeNull()
})

const arn = 'acs:kms:cn-hangzhou:1234567890123456:key/key-1'

test('the additional data depends on key and context, not on how the context is written', async () => {
  expect(await additionalData(arn, { a: '1', b: '2' })).toEqual(await additionalData(arn, { b: '2', a: '1' }))
  // Number-like names are ordered by the engine: sorting must not depend on it.
  expect(await additionalData(arn, { 10: 'x', 9: 'y', a: '' })).toEqual(
    await additionalData(arn, { a: '', 9: 'y', 10: 'x' }),
  )
  const different = await Promise.all([
    additionalData(arn, {}),
    additionalData(`${arn}0`, {}),
    additionalData(arn, { a: '1' }),
    additionalData(arn, { a: '', 1: '' }),
    additionalData(arn, { a: '1","b":"2' }),
    additionalData(arn, { a: '1', b: '2' }),
    additionalData(arn, JSON.parse('{"__proto__":"1"}') as Record<string, string>),
    additionalData(arn, { a: 'é' }),
    additionalData(arn, { a: '\ud800' }),
    additionalData(arn, { a: '\ufffd' }),
  ])
  expect(new Set(different.map(hex)).size).toBe(different.length)
  expect(different.every((bytes) => bytes.length === 32)).toBe(true)
})

test('the additional data of version 1 stays', async () => {
  expect(hex(await additionalData(arn, { b: '2', a: '1' }))).toBe(
    '8aba76f6c69eb1a6d07631ad8bcb18803f34e4bc9ba5eb9c652a1ee4bf85f121',
  )
})
