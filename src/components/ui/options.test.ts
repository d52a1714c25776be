import { expect, test } from 'vitest'
import { matches, optionRows } from './options.ts'

const hangzhou = { value: 'cn-hangzhou', label: '华东1（杭州）', keywords: 'China (Hangzhou)' }

test.each(['', 'hang', 'HANG', '杭州', 'china hang', 'cn-'])('finds an option by %j', (query) => {
  expect(matches(hangzhou, query)).toBe(true)
})

test('every word must occur', () => {
  expect(matches(hangzhou, 'china shanghai')).toBe(false)
})

test('a heading stands before each group, and indexes count options only', () => {
  const rows = optionRows([
    { value: 'a', label: 'a', group: 'users' },
    { value: 'b', label: 'b', group: 'users' },
    { value: 'c', label: 'c', group: 'roles' },
  ])
  expect(rows.map((row) => (row.kind === 'heading' ? row.label : row.index))).toEqual(['users', 0, 1, 'roles', 2])
})
