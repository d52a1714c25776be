import { expect, test } from 'vitest'
import { cursorAfterKey } from './cursor.ts'

test.each([
  ['ArrowLeft', 5, 4],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 5, 6],
  ['ArrowRight', 59, 59],
  ['ArrowUp', 5, 6],
  ['ArrowDown', 5, 4],
  ['PageDown', 5, 0],
  ['PageUp', 55, 59],
  ['Home', 30, 0],
  ['End', 30, 59],
  ['ArrowLeft', null, 58],
  ['a', 5, undefined],
])('%s at %s leads to %s', (key, now, expected) => {
  expect(cursorAfterKey(key, now, 60)).toBe(expected)
})
