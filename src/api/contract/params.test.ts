import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actions, type ActionName } from './actions.ts'
import { isInputRefusal, readInput, writeInput } from './params.ts'
import { limits } from './rules.ts'

const read = (name: ActionName, wire: Record<string, string>) =>
  readInput(actions[name].params, new Map(Object.entries(wire)))

describe('reading an input from the wire', () => {
  it('names the first parameter that is missing', () => {
    expect(read('Encrypt', {})).toEqual({ parameter: 'KeyId', problem: null })
    expect(read('Encrypt', { KeyId: 'k', Plaintext: '' })).toEqual({ parameter: 'Plaintext', problem: null })
  })

  it('ignores what the table does not know', () => {
    expect(read('DescribeKey', { KeyId: 'k', Colour: 'red' })).toEqual({ KeyId: 'k' })
  })

  it.each([
    ['PageSize', '0'],
    ['PageSize', '101'],
    ['PageSize', '1.5'],
    ['PageSize', '１０'],
    ['PageNumber', '-1'],
    ['PageNumber', '9'.repeat(10)],
    ['Filters', '{'],
    ['Filters', '{}'],
    ['Filters', '[{"Key":"Colour","Values":["red"]}]'],
    ['Filters', '[{"Key":"keyId","Values":[1]}]'],
    ['Filters', JSON.stringify(Array.from({ length: 11 }, () => ({ Key: 'keyId', Values: [] })))],
    ['Filters', JSON.stringify([{ Key: 'keyId', Values: Array.from({ length: 11 }, () => 'x') }])],
  ])('refuses ListKeys %s=%s by name', (name, value) => {
    const input = read('ListKeys', { [name]: value })
    expect(isInputRefusal(input) && input.parameter).toBe(name)
  })

  it.each([
    ['PageSize', '1'],
    ['PageSize', '100'],
    ['Filters', '[]'],
    ['Filters', JSON.stringify(Array.from({ length: 10 }, () => ({ Key: 'keyId', Values: ['x'] })))],
  ])('takes ListKeys %s=%s', (name, value) => {
    expect(isInputRefusal(read('ListKeys', { [name]: value }))).toBe(false)
  })

  it('gathers numbered lists in order and stops at the first gap', () => {
    const wire = { RegionId: 'r', ResourceType: 'key', 'ResourceId.1': 'a', 'ResourceId.2': 'b', 'ResourceId.4': 'd' }
    expect(read('ListTagResources', wire)).toMatchObject({ ResourceId: ['a', 'b'] })
  })

  it.each([limits.resourcesPerTagCall, limits.resourcesPerTagCall + 1])('counts %i resources', (count) => {
    const ids = Object.fromEntries(Array.from({ length: count }, (_, index) => [`ResourceId.${index + 1}`, 'x']))
    const input = read('ListTagResources', { RegionId: 'r', ResourceType: 'key', ...ids })
    expect(isInputRefusal(input)).toBe(count > limits.resourcesPerTagCall)
  })
})

describe('writing an input', () => {
  it('is the inverse of reading, for every kind of parameter', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(
        fc.record({
          ResourceId: fc.array(word, { minLength: 1, maxLength: 5 }),
          Tag: fc.array(fc.record({ Key: word, Value: fc.string() }), { minLength: 1, maxLength: 5 }),
        }),
        (lists) => {
          const input = { RegionId: 'cn-hangzhou', ResourceType: 'key', ...lists }
          const { params } = actions.TagResources
          expect(readInput(params, writeInput(params, input))).toEqual(input)
        },
      ),
    )
    fc.assert(
      fc.property(fc.dictionary(word, fc.string(), { maxKeys: 4 }), (EncryptionContext) => {
        const input = { KeyId: 'alias/a', Plaintext: 'QUJD', EncryptionContext }
        const { params } = actions.Encrypt
        expect(readInput(params, writeInput(params, input))).toEqual(input)
      }),
    )
  })
})
