import { expect, test } from 'vitest'
import { placeAfterKey } from './table-keys.ts'

const rows = [3, 1, 4]

test.each([
  ['ArrowDown', { row: 0, stop: 2 }, { row: 1, stop: 0 }],
  ['ArrowDown', { row: 2, stop: 0 }, null],
  ['ArrowUp', { row: 2, stop: 3 }, { row: 1, stop: 0 }],
  ['ArrowUp', { row: 0, stop: 0 }, null],
  ['ArrowRight', { row: 0, stop: 1 }, { row: 0, stop: 2 }],
  ['ArrowRight', { row: 0, stop: 2 }, null],
  ['ArrowLeft', { row: 2, stop: 0 }, null],
  ['ArrowLeft', { row: 2, stop: 2 }, { row: 2, stop: 1 }],
  ['Home', { row: 2, stop: 3 }, { row: 0, stop: 2 }],
  ['End', { row: 0, stop: 2 }, { row: 2, stop: 2 }],
  ['Enter', { row: 0, stop: 0 }, null],
] as const)('%s from %o leads to %o', (key, from, expected) => {
  expect(placeAfterKey(key, from, rows)).toEqual(expected)
})

test('a row without controls is not entered', () => {
  expect(placeAfterKey('ArrowDown', { row: 0, stop: 0 }, [1, 0])).toBeNull()
})
