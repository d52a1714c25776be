import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '#src/api/contract/rules.ts'
import { compactJson, formatJson } from '#src/pages/keys/policy/document/json-format.ts'
import { contextAt, readJson, type JsonNode } from './json-tree.ts'

/** The value that a tree stands for, read anew from its places. */
function valueOf(node: JsonNode, text: string): unknown {
  switch (node.kind) {
    case 'text':
      return node.value
    case 'word':
      return JSON.parse(text.slice(node.from, node.to)) as unknown
    case 'array':
      return node.items.map((item) => valueOf(item, text))
    case 'object': {
      // As JSON.parse does it: the last of two wins, and __proto__ is a name like any other.
      const entries = node.properties.map(({ key, value }) => [key.value, value && valueOf(value, text)] as const)
      return Object.fromEntries(entries)
    }
  }
}

const written = fc
  .tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, 2, '\t', ' \t'))
  .map(([value, space]) => JSON.stringify(value, null, space))
/** JSON in which something was changed, taken away or put in. */
const spoilt = fc
  .tuple(
    written,
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ \n\t0-eu1x.tE\u0007\u00a0é🔑'), maxLength: 3 }),
  )
  .map(([text, at, removed, added]) => {
    const from = at % (text.length + 1)
    return text.slice(0, from) + added + text.slice(from + removed)
  })

describe('readJson', () => {
  it('reads what JSON.parse reads, and finds a fault where JSON.parse fails', () => {
    const texts = fc.oneof(written, spoilt, fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ \n1atrue-.') }))
    fc.assert(
      fc.property(texts, (text) => {
        const value = parseJson(text)
        const { root, fault } = readJson(text)
        expect([text, fault === null]).toEqual([text, value !== undefined])
        if (fault) {
          expect(fault.from).toBeGreaterThanOrEqual(0)
          expect(fault.to).toBeLessThanOrEqual(text.length)
        } else expect(valueOf(root!, text)).toEqual(value)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['', 'empty', 0],
    ['  ', 'empty', 0],
    ['{"a" 1}', 'colon', 5],
    ['{"a":}', 'value', 5],
    ['{"a":1 "b":2}', 'separator', 7],
    ['["x" "y"]', 'separator', 5],
    ['{"a":1,}', 'trailingComma', 7],
    ['[1,]', 'trailingComma', 3],
    ['{"a":[1', 'unclosed', 5],
    ['[1}', 'unpaired', 2],
    ['{"a":"b\n}', 'openText', 5],
    ['["\\x"]', 'escape', 2],
    ['["\\', 'escape', 2],
    ['["a\tb"]', 'control', 3],
    ['{a:1}', 'key', 1],
    ["{'a':1}", 'key', 1],
    ['[yes]', 'word', 1],
    ['[01]', 'word', 1],
    ['{"a":1}//', 'word', 7],
    ['{} []', 'after', 3],
    ['{"a":"🔑" "b"}', 'separator', 10],
    ['[\u00a01]', 'word', 1],
  ])('%j: %s at %i', (text, reason, from) => {
    expect(readJson(text).fault).toMatchObject({ reason, from })
  })

  it('takes texts that are deeply nested or long', () => {
    const deep = '['.repeat(40_000)
    expect(readJson(deep).fault).toMatchObject({ reason: 'unclosed' })
    expect(readJson(deep + ']'.repeat(40_000)).fault).toBeNull()
  })

  it('keeps the tree of a text that is half written', () => {
    const { root } = readJson('{"Version":"1","Statement":[{"Effect":"Allow" "Action":["kms:')
    expect(root).toMatchObject({
      kind: 'object',
      properties: [
        { key: { value: 'Version' } },
        { value: { items: [{ properties: [{}, { key: { value: 'Action' } }] }] } },
      ],
    })
  })
})

describe('white space', () => {
  it('is as JSON.stringify writes it, and nothing but white space changes', () => {
    fc.assert(
      fc.property(written, (text) => {
        const value = JSON.parse(text) as unknown
        expect(formatJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2))
        expect(JSON.parse(compactJson(text))).toEqual(value)
        expect(compactJson(formatJson(text))).toBe(compactJson(text))
        expect(formatJson(compactJson(text))).toBe(formatJson(text))
      }),
    )
  })

  it('keeps a name that is given twice, and escapes as they were written', () => {
    expect(formatJson('{"a":"\\u0041","a":[{},[]]}')).toBe('{\n  "a": "\\u0041",\n  "a": [\n    {},\n    []\n  ]\n}')
  })
})

describe('contextAt', () => {
  /** `|` is the caret. */
  const at = (marked: string) => contextAt(marked.replace('|', ''), marked.indexOf('|'))

  it.each([
    ['|', [], 'value', 0, 0],
    ['{|', [], 'key', 1, 1],
    ['{"Ver|', [], 'key', 1, 5],
    ['{"Ver|sion"', [], 'key', 1, 10],
    ['{"a":1,|', [], 'key', 7, 7],
    ['{"a":|', ['a'], 'value', 5, 5],
    ['{"a":"x|y"}', ['a'], 'value', 5, 9],
    ['{"a":[|]}', ['a', 0], 'value', 6, 6],
    ['{"a":["x",|]}', ['a', 1], 'value', 10, 10],
    ['{"a":["x", "|"]}', ['a', 1], 'value', 11, 13],
    ['{"a":[{"b":1},{|', ['a', 1], 'key', 15, 15],
    ['{"a":[{"b":1},{"b":{"c":|', ['a', 1, 'b', 'c'], 'value', 24, 24],
    ['{"a":1|', ['a'], 'value', 5, 6],
    ['[tr|ue]', [0], 'value', 1, 5],
  ])('%s', (marked, path, awaits, from, to) => {
    expect(at(marked)).toMatchObject({ path, awaits, place: { from, to } })
  })

  it.each(['{"a"|', '{"a":"x"|', '{}|', '[1 |'])('nothing but punctuation at %s', (marked) => {
    expect(at(marked)).toBeNull()
  })

  it('never fails, wherever the caret stands in whatever text', () => {
    fc.assert(
      fc.property(fc.oneof(written, spoilt), fc.nat(), (text, offset) => {
        const caret = offset % (text.length + 1)
        const context = contextAt(text, caret)
        if (!context) return
        expect(context.place.from).toBeLessThanOrEqual(caret)
        expect(context.place.to).toBeGreaterThanOrEqual(caret)
      }),
    )
  })
})
