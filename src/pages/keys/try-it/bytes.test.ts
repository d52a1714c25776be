import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plaintextProblem } from '#src/api/contract/rules.ts'
import {
  emptyEntry,
  entryBytes,
  entryLength,
  fromBase64,
  fromHex,
  readableText,
  readFile,
  shownAs,
  toBase64,
  toHex,
  typedBytes,
} from './bytes.ts'

const max = 6144

describe('typed bytes', () => {
  it('brings any well-formed text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (typed) => {
        const read = typedBytes(typed, 'text', max)
        expect('bytes' in read && readableText(read.bytes)).toBe(typed)
      }),
    )
  })

  it('agrees with the API about every Base64 text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.base64String({ maxLength: 60 }), fc.string({ maxLength: 20 })), (typed) => {
        fc.pre(!/\s/.test(typed))
        expect('problem' in typedBytes(typed, 'base64', max)).toBe(plaintextProblem(typed) !== null)
      }),
    )
  })

  it.each(['text', 'base64', 'hex'] as const)('brings any bytes back that are shown as %s', (encoding) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        const shown = shownAs(bytes, encoding)
        if (shown === null) return
        expect(typedBytes(shown, encoding, max)).toEqual({ bytes })
      }),
    )
  })

  it('takes 6,144 bytes and refuses one more', () => {
    expect(typedBytes('a'.repeat(6144), 'text', max)).toHaveProperty('bytes')
    expect(typedBytes('a'.repeat(6145), 'text', max)).toEqual({ problem: { code: 'tooLong', max: 6144, length: 6145 } })
    expect(typedBytes('密'.repeat(2048), 'text', max)).toHaveProperty('bytes')
    expect(typedBytes('密'.repeat(2049), 'text', max)).toHaveProperty('problem')
    expect(typedBytes('00'.repeat(6145), 'hex', max)).toHaveProperty('problem')
  })

  it('asks for something', () => {
    for (const encoding of ['text', 'base64', 'hex'] as const)
      expect(typedBytes('', encoding, max)).toEqual({ problem: { code: 'required' } })
  })
})

describe('hexadecimal', () => {
  it.each([
    ['00ff80', [0, 255, 128]],
    ['0x00FF80', [0, 255, 128]],
    ['00:ff:80', [0, 255, 128]],
    ['00 ff\n80\n', [0, 255, 128]],
    ['', []],
  ])('reads %j', (text, bytes) => {
    expect(fromHex(text)).toEqual({ bytes: new Uint8Array(bytes) })
  })

  it.each([
    ['0', 'hexOdd'],
    ['00f', 'hexOdd'],
    ['zz', 'hex'],
    ['00-ff', 'hex'],
  ])('refuses %j', (text, code) => {
    expect(fromHex(text)).toEqual({ problem: { code } })
  })

  it('is written in pairs of small letters', () => {
    expect(toHex(new Uint8Array([0, 10, 255]))).toBe('000aff')
  })
})

it('says that bytes which are not UTF-8 have no text', () => {
  expect(shownAs(new Uint8Array([0xff, 0xfe]), 'text')).toBeNull()
  expect(fromBase64(toBase64(new Uint8Array([0, 255, 128])))).toEqual(new Uint8Array([0, 255, 128]))
})

describe('an entry', () => {
  it('counts bytes, not characters', () => {
    expect(entryLength({ ...emptyEntry('text'), typed: '密钥' })).toBe(6)
    expect(entryLength({ ...emptyEntry('base64'), typed: 'AAAA' })).toBe(3)
    expect(entryLength({ ...emptyEntry('base64'), typed: 'AAA' })).toBeNull()
    expect(entryLength({ ...emptyEntry('hex'), typed: 'ff 00' })).toBe(2)
    expect(entryLength(emptyEntry('hex'))).toBe(0)
  })

  it('is the file where one is chosen, and keeps what was typed', async () => {
    const file = await readFile(new File([new Uint8Array([1, 2, 3])], 'three.bin'), max)
    const entry = { as: 'file' as const, typed: 'kept', file }
    expect(entryBytes(entry, max)).toEqual({ bytes: new Uint8Array([1, 2, 3]) })
    expect(entryLength(entry)).toBe(3)
    expect(entryBytes({ ...entry, as: 'text' }, max)).toHaveProperty('bytes')
    expect(entryBytes({ ...entry, file: null }, max)).toEqual({ problem: { code: 'required' } })
  })
})

describe('a file', () => {
  it('is not read where it is too large', async () => {
    const file = new File([new Uint8Array(max + 1)], 'large.bin')
    file.arrayBuffer = () => Promise.reject(new Error('It was read.'))
    expect((await readFile(file, max)).content).toEqual({
      problem: { code: 'fileTooLarge', name: 'large.bin', size: max + 1, max },
    })
  })

  it('says that it is empty or cannot be read', async () => {
    expect((await readFile(new File([], 'empty'), max)).content).toEqual({ problem: { code: 'fileEmpty' } })
    const gone = new File(['x'], 'gone')
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    expect((await readFile(gone, max)).content).toEqual({ problem: { code: 'fileUnreadable' } })
  })
})
