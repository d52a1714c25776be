import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonOf, writtenOnce } from './json.ts'

const primitive = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null))

describe('JSON of an answer', () => {
  it('is what JSON.stringify gives', () => {
    const member = fc.oneof(fc.jsonValue(), fc.constant(undefined))
    fc.assert(
      fc.property(fc.dictionary(fc.string(), member), (record) => {
        expect(jsonOf(record)).toBe(JSON.stringify(record))
      }),
    )
  })

  it('is the same for rows that were written down before, wherever they stand', () => {
    const row = fc.dictionary(fc.string(), primitive)
    fc.assert(
      fc.property(fc.array(row), fc.array(fc.oneof(row, fc.jsonValue(), fc.constant(undefined))), (rows, others) => {
        const plain = { Total: rows.length, Rows: { Row: [...rows, ...others] }, First: rows[0], Deep: [[rows]] }
        const expected = JSON.stringify(plain)
        rows.forEach(writtenOnce)
        expect(jsonOf(plain)).toBe(expected)
        expect(jsonOf(rows)).toBe(JSON.stringify(rows))
      }),
    )
  })

  it('stays true: what was written down cannot be changed', () => {
    const row: { KeyId: string } = writtenOnce({ KeyId: 'key-1' })
    expect(() => (row.KeyId = 'key-2')).toThrow(TypeError)
  })
})
