import { expect, it } from 'vitest'
import { emptyEntry } from './bytes.ts'
import { dataKeySize, inputsOf } from './inputs.ts'

it('gives the API Base64 and one object of the context', () => {
  const entry = { ...emptyEntry('hex'), typed: '00ff' }
  expect(inputsOf(entry, 10, [{ name: 'purpose', value: 'orders' }])).toEqual({
    base64: 'AP8=',
    context: { purpose: 'orders' },
  })
})

it('names everything that is wrong at once', () => {
  expect(inputsOf(emptyEntry('text'), 10, [{ name: '', value: 'x' }])).toEqual({
    refusal: { input: { code: 'required' }, context: { row: 0, problem: { code: 'required' } } },
  })
})

it.each([
  ['AES_256', '', { KeySpec: 'AES_256' }],
  ['AES_128', '99', { KeySpec: 'AES_128' }],
  ['bytes', '1', { NumberOfBytes: 1 }],
  ['bytes', ' 1024 ', { NumberOfBytes: 1024 }],
  ['bytes', '', { problem: { code: 'required' } }],
  ['bytes', '0', { problem: { code: 'outOfRange', min: 1, max: 1024 } }],
  ['bytes', '1025', { problem: { code: 'outOfRange', min: 1, max: 1024 } }],
  ['bytes', '1e3', { problem: { code: 'outOfRange', min: 1, max: 1024 } }],
  ['bytes', '-1', { problem: { code: 'outOfRange', min: 1, max: 1024 } }],
] as const)('asks for a data key of %s %j as %j', (length, bytes, size) => {
  expect(dataKeySize(length, bytes)).toEqual(size)
})

it('asks for no more than a public key wraps', () => {
  expect(dataKeySize('bytes', '190', 190)).toEqual({ NumberOfBytes: 190 })
  expect(dataKeySize('bytes', '191', 190)).toEqual({ problem: { code: 'outOfRange', min: 1, max: 190 } })
})
