import { describe, expect, it } from 'vitest'
import { parseEncryptionContext } from '#src/api/contract/rules.ts'
import { contextOf } from './context.ts'

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
