import { expect, test } from 'vitest'
import { readKey, shortcuts, type KeyPress } from './keymap.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

test.each([
  ['a single key', press('/'), null, { found: 'search' }],
  ['the first of two keys waits', press('g'), null, { waitsAfter: 'g' }],
  ['the second completes', press('k'), 'g', { found: 'goKeys' }],
  ['what continues nothing is read afresh', press('?'), 'g', { found: 'help' }],
  ['the first key again begins again', press('g'), 'g', { waitsAfter: 'g' }],
  ['Control or Command', press('K', { metaKey: true }), null, { found: 'palette' }],
  ['a letter alone is not the same with Control', press('g', { ctrlKey: true }), null, null],
  ['Alt makes other letters', press('/', { altKey: true }), null, null],
  ['any other key', press('x'), null, null],
] as const)('%s', (_, pressed, first, expected) => {
  expect(readKey(pressed, first)).toEqual(expected)
})

test('no shortcut hides another', () => {
  const all = Object.values(shortcuts).map(({ keys }) => keys.join(' '))
  expect(new Set(all).size).toBe(all.length)
  for (const one of all) expect(all.filter((other) => other.startsWith(`${one} `))).toEqual([])
})
