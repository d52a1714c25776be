import fc from 'fast-check'
import { expect, test } from 'vitest'
import { densities, offeredColumns, readLook, withColumn, writeLook, type ListKind } from './look.ts'

const preset = readLook(null)

test('unless told otherwise a list shows its preset between the name and the actions', () => {
  expect(preset.density).toBe('comfortable')
  expect(preset.columns.external).toEqual([
    'alias',
    'state',
    'externalKeyId',
    'spec',
    'tags',
    'protection',
    'created',
    'actions',
  ])
  expect(writeLook(preset)).toBe('{}')
  expect(readLook('{}').isPreset).toBe(true)
})

test('a column stands in its own place, whenever it is chosen', () => {
  const more = withColumn(withColumn(preset, 'external', 'creator', true), 'external', 'keyId', true)
  expect(more.columns.external.slice(0, 3)).toEqual(['alias', 'keyId', 'state'])
  expect(more.columns.external.slice(-3)).toEqual(['creator', 'created', 'actions'])
  expect(more.columns.other).toEqual(preset.columns.other)
})

test.each(['', 'no json', '[]', '7', '{"external":"state"}', '{"external":["nothing",7],"density":"tiny","x":1}'])(
  'what cannot be read is passed over: %s',
  (text) => {
    const look = readLook(text)
    expect(look.density).toBe('comfortable')
    expect(look.columns.external[0]).toBe('alias')
    expect(look.columns.external.at(-1)).toBe('actions')
    expect(look.columns.other).toEqual(preset.columns.other)
  },
)

const kinds: readonly ListKind[] = ['external', 'other', 'default']

test('every choice is read as it was written', () => {
  const steps = fc.array(
    fc.constantFrom(...kinds).chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        column: fc.constantFrom(...offeredColumns(kind)),
        isShown: fc.boolean(),
      }),
    ),
  )
  fc.assert(
    fc.property(steps, fc.constantFrom(...densities), (choices, density) => {
      let look = { ...preset, density }
      for (const { kind, column, isShown } of choices) look = { ...withColumn(look, kind, column, isShown), density }
      const { density: read, columns } = readLook(writeLook(look))
      expect({ density: read, columns }).toEqual({ density: look.density, columns: look.columns })
    }),
  )
})
