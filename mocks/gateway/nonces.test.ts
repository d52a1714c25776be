import { expect, test } from 'vitest'
import { limits } from '#src/api/contract/rules.ts'
import { createNonces } from './nonces.ts'

const second = 1000

test('a nonce is used once per access key and date', () => {
  const nonces = createNonces()
  expect(nonces.isUsed('a', 'n', 0, 0)).toBe(false)
  expect(nonces.take('a', 'n', 0, 0)).toBe(true)
  expect(nonces.isUsed('a', 'n', 0, 0)).toBe(true)
  expect(nonces.take('a', 'n', 0, 0)).toBe(false)
  expect(nonces.take('b', 'n', 0, 0)).toBe(true)
})

test('a full window forgets its oldest second and refuses it from then on', () => {
  const nonces = createNonces(3)
  for (const date of [0, 1, 2]) expect(nonces.take('a', 'n', date * second, 2 * second)).toBe(true)
  expect(nonces.take('a', 'n', 3 * second, 3 * second)).toBe(true)
  expect(nonces.isUsed('a', 'never seen', 0, 3 * second)).toBe(true)
  expect(nonces.isUsed('a', 'n', 1 * second, 3 * second)).toBe(true)
  expect(nonces.isUsed('a', 'never seen', 1 * second, 3 * second)).toBe(false)
  expect(nonces.take('b', 'n', 0, 3 * second)).toBe(true)
})

test('a full window of one second does not let that second in again', () => {
  const nonces = createNonces(2)
  expect(['x', 'y', 'z', 'x'].map((nonce) => nonces.take('a', nonce, 0, 0))).toEqual([true, true, false, false])
})

test('what is out of time is forgotten without being refused', () => {
  const nonces = createNonces(2)
  nonces.take('a', 'n', 0, 0)
  nonces.take('a', 'm', 0, 0)
  const later = 60 * 60 * second
  expect(nonces.take('a', 'n', later, later)).toBe(true)
  expect(nonces.isUsed('a', 'other', later - second, later)).toBe(false)
})

test('out of time is one second after the other, in a window that has room', () => {
  const nonces = createNonces()
  const remembered = (now: number) => [0, 1, 2].map((date) => nonces.isUsed('a', 'n', date * second, now))
  for (const date of [0, 1, 2]) nonces.take('a', 'n', date * second, 2 * second)
  const limit = limits.signatureSkewMs
  expect(remembered(limit)).toEqual([true, true, true])
  expect(remembered(limit + second)).toEqual([false, true, true])
  expect(remembered(limit + 2 * second)).toEqual([false, false, true])
})
