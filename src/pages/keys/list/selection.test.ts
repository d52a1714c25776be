import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countSelected, createSelection, selectionOf } from './selection.ts'

const page = ['a', 'b', 'c', 'd', 'e']

function shown(rows = page) {
  const selection = createSelection()
  selection.show(rows)
  return selection
}
const selected = (selection: ReturnType<typeof createSelection>, rows = page): string =>
  rows.filter((keyId) => selection.has(keyId)).join('')

test('a range reaches from the row touched last, in either direction, and may unselect', () => {
  const selection = shown()
  selection.set('d', true)
  selection.set('b', true, { extend: true })
  expect(selected(selection)).toBe('bcd')
  selection.set('c', false)
  selection.set('e', false, { extend: true })
  expect(selected(selection)).toBe('b')
})

test('a range whose beginning is not on screen is the row alone', () => {
  const selection = shown()
  selection.set('b', true)
  selection.show(['f', 'g', 'h'])
  selection.set('h', true, { extend: true })
  expect([...selection.state().ids]).toEqual(['b', 'h'])
})

test('the page’s own checkbox knows none, some and every row, as rows come and go', () => {
  const selection = shown()
  expect(selection.state().page).toBe('none')
  selection.set('a', true)
  expect(selection.state().page).toBe('some')
  selection.setPage(true)
  expect(selection.state().page).toBe('every')
  selection.show(['f'])
  expect(selection.state()).toMatchObject({ page: 'none', ids: new Set(page) })
  selection.show(['a', 'f'])
  expect(selection.state().page).toBe('some')
  selection.show([])
  expect(selection.state().page).toBe('none')
})

test('of all that match, single keys and pages are taken out and put back', () => {
  const selection = shown()
  selection.selectAll()
  expect(countSelected(selection.state(), 100)).toBe(100)
  selection.set('b', false)
  expect(selected(selection)).toBe('acde')
  expect(countSelected(selection.state(), 100)).toBe(99)
  selection.set('b', true)
  selection.setPage(false)
  expect(countSelected(selection.state(), 100)).toBe(95)
  selection.clear()
  expect(selection.state()).toMatchObject({ isAll: false, page: 'none' })
})

test('those who listen are told once a change, and not where nothing changed', () => {
  const selection = shown()
  let told = 0
  const stop = selection.subscribe(() => (told += 1))
  selection.setPage(true)
  expect(told).toBe(1)
  selection.show([...page])
  expect(told).toBe(1)
  stop()
  selection.clear()
  expect(told).toBe(1)
})

test('it is the same list’s when one comes back, and another list’s is a new one', () => {
  const caller = {}
  const first = selectionOf(caller, 'hangzhou')
  expect(selectionOf(caller, 'hangzhou')).toBe(first)
  expect(selectionOf({}, 'hangzhou')).not.toBe(first)
  expect(selectionOf(caller, 'shanghai')).not.toBe(first)
  expect(selectionOf(caller, 'hangzhou')).not.toBe(first)
})

const step = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    row: fc.nat(4),
    on: fc.boolean(),
    extend: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('page' as const), on: fc.boolean() }),
  fc.record({ kind: fc.constant('all' as const) }),
  fc.record({ kind: fc.constant('clear' as const) }),
)

test('it agrees with a plain list of ticks after any steps', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const selection = shown()
      let plain = new Set<string>()
      let anchor: number | null = null
      for (const one of steps) {
        if (one.kind === 'set') {
          const from = one.extend && anchor !== null ? anchor : one.row
          for (const keyId of page.slice(Math.min(from, one.row), Math.max(from, one.row) + 1)) {
            if (one.on) plain.add(keyId)
            else plain.delete(keyId)
          }
          anchor = one.row
          selection.set(page[one.row]!, one.on, { extend: one.extend })
        } else if (one.kind === 'page') {
          plain = new Set(one.on ? page : [])
          selection.setPage(one.on)
        } else if (one.kind === 'all') {
          plain = new Set(page)
          selection.selectAll()
        } else {
          plain = new Set()
          anchor = null
          selection.clear()
        }
      }
      expect(selected(selection)).toBe(page.filter((keyId) => plain.has(keyId)).join(''))
      expect(countSelected(selection.state(), page.length)).toBe(plain.size)
    }),
  )
})
