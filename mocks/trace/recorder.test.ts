import { expect, test } from 'vitest'
import { createTrace } from './recorder.ts'
import { describeParameters, nameOf } from './redact.ts'

test('a request is a span, its steps are marks, the hop to the proxy is a child', () => {
  let now = 5
  const trace = createTrace(() => now++)
  const span = trace.start('r1', 'kms', 'Encrypt')
  span.mark('decode')
  const hop = span.child('proxy', 'encrypt')
  hop.mark('sent', 'POST /keys/k/encrypt')
  hop.end(200)
  span.end(409, 'Rejected.Disabled')
  expect(trace.spans()).toEqual([
    {
      id: 'r1',
      hop: 'kms',
      operation: 'Encrypt',
      startedAt: 5,
      endedAt: 10,
      status: 409,
      code: 'Rejected.Disabled',
      about: null,
      marks: [{ step: 'decode', at: 6 }],
      children: [
        {
          id: 'r1.1',
          hop: 'proxy',
          operation: 'encrypt',
          startedAt: 7,
          endedAt: 9,
          status: 200,
          code: null,
          about: null,
          marks: [{ step: 'sent', at: 8, note: 'POST /keys/k/encrypt' }],
          children: [],
        },
      ],
    },
  ])
})

test('newest first; the oldest requests go with their children when the ring is full', () => {
  const trace = createTrace(() => 0, 4)
  trace.start('a', 'kms', 'x').child('proxy', 'y')
  const late = trace.start('b', 'kms', 'x')
  trace.start('c', 'kms', 'x')
  expect(trace.spans().map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  late.child('proxy', 'y')
  expect(trace.spans().map(({ id }) => id)).toEqual(['c', 'b'])
  trace.start('d', 'kms', 'x')
  expect(trace.spans().map(({ id }) => id)).toEqual(['d', 'c', 'b'])
  trace.start('e', 'kms', 'x')
  expect(trace.spans().map(({ id }) => id)).toEqual(['e', 'd', 'c'])
  late.child('proxy', 'after it was dropped')
  expect(trace.spans()).toHaveLength(3)
})

test('notes are cut', () => {
  const trace = createTrace(() => 0)
  trace.start('a', 'kms', 'x').mark('step', 'n'.repeat(1000))
  expect(trace.spans()[0]!.marks[0]!.note).toHaveLength(300)
})

test('values are shown for parameters that name things, sizes for all others', () => {
  expect(
    describeParameters([
      ['KeyId', 'key-1'],
      ['Plaintext', 'aGVsbG8='],
      ['Tag.1.Value', 'secret'],
      ['ResourceId.1', 'key-2'],
      ['Unheard-Of', 'x'],
      ['AliasName', 'a'.repeat(65)],
      ['not a name', 'x'],
    ]),
  ).toBe('KeyId=key-1, Plaintext[8], Tag.1.Value[6], ResourceId.1=key-2, Unheard-Of[1], AliasName[65], (not a name)[1]')
  expect(nameOf('CreateKey')).toBe('CreateKey')
  expect(nameOf('aGVsbG8=')).toBe('(not a name)')
})
