import { expect, test } from 'vitest'
import { tabAfterKey } from './tabs.tsx'

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 2, 0],
  ['ArrowLeft', 0, 2],
  ['ArrowLeft', 2, 1],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['Enter', 1, null],
  ['a', 1, null],
])('%s on tab %i of three leads to %s', (key, from, to) => {
  expect(tabAfterKey(key, from, 3)).toBe(to)
})
