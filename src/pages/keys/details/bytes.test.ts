import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plaintextProblem, parseEncryptionContext } from '#src/api/contract/rules.ts'
import { byteLength, contextOf, fromBase64, readableText, toBase64, typedToBase64 } from './bytes.ts'

describe('typed bytes', () => {
  it('brings any well-formed text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (typed) => {
        const result = typedToBase64(typed, 'text')
        expect('base64' in result && readableText(result.base64)).toBe(typed)
      }),
    )
  })

  it('agrees with the API about every Base64 text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.base64String({ maxLength: 60 }), fc.string({ maxLength: 20 })), (typed) => {
        fc.pre(!/\s/.test(typed))
        const result = typedToBase64(typed, 'base64')
        expect('problem' in result).toBe(plaintextProblem(typed) !== null)
      }),
    )
  })

  it('takes 6,144 bytes and refuses one more', () => {
    expect(typedToBase64('a'.repeat(6144), 'text')).toHaveProperty('base64')
    expect(typedToBase64('a'.repeat(6145), 'text')).toEqual({ problem: { code: 'tooLong', max: 6144, length: 6145 } })
    expect(typedToBase64('密'.repeat(2048), 'text')).toHaveProperty('base64')
    expect(typedToBase64('密'.repeat(2049), 'text')).toHaveProperty('problem')
  })

  it('counts bytes, not characters', () => {
    expect(byteLength('密钥', 'text')).toBe(6)
    expect(byteLength('AAAA', 'base64')).toBe(3)
    expect(byteLength('AAA', 'base64')).toBeNull()
  })

  it('says that bytes which are not UTF-8 have no text', () => {
    expect(readableText(toBase64(new Uint8Array([0xff, 0xfe])))).toBeNull()
    expect(fromBase64(toBase64(new Uint8Array([0, 255, 128])))).toEqual(new Uint8Array([0, 255, 128]))
  })
})

describe('encryption context rows', () => {
  it('leaves empty rows out, and has none where all are empty', () => {
    expect(contextOf([{ name: '', value: '' }])).toEqual({ context: undefined })
    expect(
      contextOf([
        { name: 'a', value: '' },
        { name: '', value: '' },
      ]),
    ).toEqual({ context: { a: '' } })
  })

  it('refuses a value without a name, and a name twice, at the row', () => {
    expect(contextOf([{ name: '', value: 'x' }])).toEqual({ row: 0, problem: { code: 'required' } })
    expect(
      contextOf([
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
      ]),
    ).toMatchObject({ row: 1 })
  })

  it('agrees with the API about what is too long', () => {
    const value = 'v'.repeat(8192 - '{"a":""}'.length)
    expect(contextOf([{ name: 'a', value }])).toHaveProperty('context')
    expect(contextOf([{ name: 'a', value: `${value}v` }])).toHaveProperty('problem')
    expect(parseEncryptionContext(JSON.stringify({ a: value }))).toEqual({ a: value })
    expect(parseEncryptionContext(JSON.stringify({ a: `${value}v` }))).toMatchObject({ code: 'tooLong' })
  })

  it('keeps names that objects treat specially', () => {
    const result = contextOf([{ name: '__proto__', value: 'x' }])
    expect('context' in result && JSON.stringify(result.context)).toBe('{"__proto__":"x"}')
  })
})
