import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { concat, hex, hexBytes, noBytes, sameBytes, utf8, utf8Text, type Bytes } from './bytes.ts'
import { frame, lengthPrefixed, unframe } from './framing.ts'

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes): Bytes => new Uint8Array(bytes))

/** UTF-16 units of any kind, halves of pairs included. */
const anyText = fc.uint16Array({ maxLength: 20 }).map((units) => String.fromCharCode(...units))

test('Base64 is that of RFC 4648, section 10', () => {
  for (const [text, base64] of [
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ] as const) {
    expect(encodeBase64(utf8(text))).toBe(base64)
    expect(decodeBase64(base64)).toEqual(utf8(text))
  }
})

test('Base64 round-trips, also beyond one chunk', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
    }),
  )
  const long = new Uint8Array(100_000).map((_, index) => index * 31)
  expect(sameBytes(decodeBase64(encodeBase64(long))!, long)).toBe(true)
})

test('a byte string has exactly one Base64 text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'AQgwZm9+/=-_ \n'), maxLength: 8 }), (text) => {
      const bytes = decodeBase64(text)
      if (bytes) expect(encodeBase64(bytes)).toBe(text)
    }),
  )
  for (const text of ['Zg', 'Zg=', 'Zg===', 'Zh==', 'Zm9=', 'Zm9v\n', ' Zm9v', 'Zm-_', 'Zm8=Zm8=', '====', 'Zm9vé'])
    expect(decodeBase64(text), text).toBeNull()
})

test('hex is strict', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(hexBytes(hex(bytes))).toEqual(bytes)
    }),
  )
  for (const text of ['0', 'zz', '0x00', ' 00', '00 00']) expect(hexBytes(text), text).toBeNull()
})

test('text is well-formed UTF-8 or nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(utf8Text(utf8(text))).toBe(text.toWellFormed())
    }),
  )
  expect(utf8Text(utf8('\uFEFFa'))).toBe('\uFEFFa')
  expect(utf8Text(new Uint8Array([0xc0, 0x80]))).toBeNull()
})

test('length framing has no two readings', () => {
  fc.assert(
    fc.property(fc.array(anyBytes, { maxLength: 5 }), (parts) => {
      expect(unframe(frame(...parts))).toEqual(parts)
    }),
  )
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const parts = unframe(bytes)
      if (parts) expect(frame(...parts)).toEqual(bytes)
    }),
  )
  expect(frame(utf8('ab'), utf8('c'))).not.toEqual(frame(utf8('a'), utf8('bc')))
  for (const cut of [1, 3, 4, 5]) expect(unframe(frame(utf8('ab')).slice(0, cut))).toBeNull()
  expect(unframe(new Uint8Array([255, 255, 255, 255]))).toBeNull()
})

test('a length is big-endian and must fit', () => {
  expect(lengthPrefixed(new Uint8Array(258), 2).slice(0, 3)).toEqual(new Uint8Array([1, 2, 0]))
  expect(lengthPrefixed(utf8('a'), 1)).toEqual(new Uint8Array([1, 97]))
  expect(lengthPrefixed(noBytes, 4)).toEqual(new Uint8Array(4))
  expect(() => lengthPrefixed(new Uint8Array(256), 1)).toThrow(RangeError)
  expect(() => lengthPrefixed(new Uint8Array(65_536), 2)).toThrow(RangeError)
})

test('byte strings compare by content', () => {
  expect(sameBytes(concat(utf8('a'), utf8('b')), utf8('ab'))).toBe(true)
  expect(sameBytes(utf8('ab'), utf8('abc'))).toBe(false)
  expect(sameBytes(utf8('ab'), utf8('ac'))).toBe(false)
})
