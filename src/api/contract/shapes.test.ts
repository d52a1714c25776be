import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import * as shape from './shapes.ts'

const key = shape.object({
  KeyId: shape.string(),
  KeyState: shape.oneOf(['Enabled', 'Disabled']),
  Versions: shape.array(shape.object({ Number: shape.number() }), { max: 2 }),
  Protected: shape.boolean(),
  DeleteDate: shape.nullable(shape.string()),
  Description: shape.optional(shape.string()),
})
const fitting = { KeyId: 'k', KeyState: 'Enabled', Versions: [{ Number: 1 }], Protected: true, DeleteDate: null }

const misfitOf = (value: unknown): string | null => {
  const read = key.read(value)
  return read instanceof shape.Misfit ? read.path.join('.') : null
}

test('hands on what fits, with what is not named', () => {
  const value = { ...fitting, Description: '', Versions: [{ Number: 1, Later: 'x' }], Later: [1] }
  expect(key.read(value)).toEqual(value)
  expect(key.read({ ...fitting, DeleteDate: 'd' })).toEqual({ ...fitting, DeleteDate: 'd' })
})

describe('says where it does not fit', () => {
  test.each([
    ['', null],
    ['', undefined],
    ['', 'text'],
    ['', [fitting]],
    ['KeyId', {}],
    ['KeyId', { ...fitting, KeyId: null }],
    ['KeyState', { ...fitting, KeyState: 'enabled' }],
    ['Versions', { ...fitting, Versions: { length: 0 } }],
    ['Versions', { ...fitting, Versions: [{ Number: 1 }, { Number: 2 }, { Number: 3 }] }],
    ['Versions.1', { ...fitting, Versions: [{ Number: 1 }, 2] }],
    ['Versions.1.Number', { ...fitting, Versions: [{ Number: 1 }, { Number: '2' }] }],
    ['Protected', { ...fitting, Protected: 'true' }],
    ['DeleteDate', { ...fitting, DeleteDate: 0 }],
    ['Description', { ...fitting, Description: null }],
  ])('at "%s"', (path, value) => {
    expect(misfitOf(value)).toBe(path)
  })
})

test('a field is there only where the object has it itself', () => {
  const fields = shape.object({ constructor: shape.optional(shape.string()), toString: shape.optional(shape.string()) })
  expect(fields.read({})).toEqual({})
})

test('reads any JSON without throwing, and leaves it as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const before = structuredClone(json)
      const value = shape.object({ a: shape.optional(shape.array(shape.nullable(shape.object({})))) }).read(json)
      expect(json).toEqual(before)
      if (!(value instanceof shape.Misfit)) expect(value).toEqual(json)
    }),
  )
})

test('the type says which fields may be missing', () => {
  expectTypeOf<shape.Of<typeof key>>().toEqualTypeOf<{
    KeyId: string
    KeyState: 'Enabled' | 'Disabled'
    Versions: { Number: number }[]
    Protected: boolean
    DeleteDate: string | null
    Description?: string | undefined
  }>()
})
