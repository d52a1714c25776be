import { expect, test } from 'vitest'
import { createTrace } from './recorder.ts'
import { fieldsOf, headersOf, nameOf } from './redact.ts'

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
      told: {},
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
          told: {},
          marks: [{ step: 'sent', at: 8, note: 'POST /keys/k/encrypt' }],
          children: [],
        },
      ],
    },
  ])
})

test('newest first; the oldest requests go with their children when the ring is full', () => {
  const trace = createTrace(() => 0, 2)
  trace.start('a', 'kms', 'x').child('proxy', 'y')
  const late = trace.start('b', 'kms', 'x')
  trace.start('c', 'kms', 'x')
  expect(trace.spans().map(({ id }) => id)).toEqual(['c', 'b'])
  late.child('proxy', 'y')
  expect(trace.spans()[1]!.children).toHaveLength(1)
  trace.start('d', 'kms', 'x')
  late.child('proxy', 'after it was dropped')
  expect(trace.spans().map(({ id }) => id)).toEqual(['d', 'c'])
})

test('what is forgotten was never there', () => {
  const trace = createTrace(() => 0, 2)
  trace.start('a', 'kms', 'x')
  trace.start('b', 'kms', 'x').forget()
  trace.start('c', 'kms', 'x')
  expect(trace.requests().map(({ id }) => id)).toEqual(['c', 'a'])
})

test('a full ring drops the oldest that is still there, whatever was forgotten between', () => {
  const trace = createTrace(() => 0, 3)
  const [, b, , d] = ['a', 'b', 'c', 'd'].map((id) => trace.start(id, 'kms', 'x'))
  b!.forget()
  d!.forget()
  const ids = () => trace.requests().map(({ id }) => id)
  expect(ids()).toEqual(['c'])
  for (const id of ['e', 'f', 'g', 'h']) trace.start(id, 'kms', 'x')
  expect(ids()).toEqual(['h', 'g', 'f'])
})

test('notes are cut', () => {
  const trace = createTrace(() => 0)
  trace.start('a', 'kms', 'x').mark('step', 'n'.repeat(1000))
  expect(trace.spans()[0]!.marks[0]!.note).toHaveLength(300)
})

test('values are shown for parameters that name things, sizes for all others', () => {
  expect(
    fieldsOf([
      ['KeyId', 'key-1'],
      ['Plaintext', 'aGVsbG8='],
      ['Tag.1.Value', 'secret'],
      ['ResourceId.1', 'key-2'],
      ['Unheard-Of', 'x'],
      ['AliasName', 'a'.repeat(65)],
      ['not a name', 'x'],
      ['TotalCount', 3],
      ['Credentials', { AccessKeySecret: 'secret' }],
    ]),
  ).toEqual([
    ['KeyId', 'key-1'],
    ['Plaintext', 8],
    ['Tag.1.Value', 6],
    ['ResourceId.1', 'key-2'],
    ['Unheard-Of', 1],
    ['AliasName', 65],
    ['(not a name)', 1],
    ['TotalCount', '3'],
    ['Credentials', null],
  ])
  expect(nameOf('CreateKey')).toBe('CreateKey')
  expect(nameOf('aGVsbG8=')).toBe('(not a name)')
})

test('of the headers those of the protocol, without signature and token', () => {
  const credential = 'ACS3-HMAC-SHA256 Credential=LTAI1,SignedHeaders=host;x-acs-date,Signature='
  expect(
    headersOf([
      ['authorization', `${credential}${'a1'.repeat(32)}`],
      ['x-acs-security-token', 'secret'],
      ['x-acs-date', '2026-03-02T08:00:00Z'],
      ['x-acs-made-up', 'secret'],
      ['x-acs-action', 'secret plaintext'],
      ['cookie', 'secret'],
    ]),
  ).toEqual([
    ['authorization', `${credential}***`],
    ['x-acs-security-token', 6],
    ['x-acs-date', '2026-03-02T08:00:00Z'],
    ['x-acs-made-up', 6],
    ['x-acs-action', '(not a name)'],
  ])
  expect(headersOf([['authorization', 'Basic c2VjcmV0']])).toEqual([['authorization', 14]])
})
