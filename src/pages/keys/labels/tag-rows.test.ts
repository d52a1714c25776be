import { expect, it } from 'vitest'
import { pastedTags, rowsOfTags, tagRowsProblems, tagsOfRows } from './tag-rows.ts'

it.each([
  [
    'env=prod\nteam: risk\n',
    [
      { key: 'env', value: 'prod' },
      { key: 'team', value: 'risk' },
    ],
  ],
  ['empty=', [{ key: 'empty', value: '' }]],
  ['url=a=b', [{ key: 'url', value: 'a=b' }]],
  ['plain', null],
  ['=value', null],
  ['env=prod\nplain', null],
  ['', null],
])('reads %j as tag rows %j', (text, rows) => {
  expect(pastedTags(text)).toEqual(rows)
})

it('turns rows into tags and back, without blank rows', () => {
  const tags = [
    { TagKey: 'env', TagValue: 'prod' },
    { TagKey: 'empty', TagValue: '' },
  ]
  expect(tagsOfRows([...rowsOfTags(tags), { key: '', value: '' }])).toEqual(tags)
})

it('names rows by their place among all, blank ones too', () => {
  const rows = [
    { key: '', value: '' },
    { key: 'ok', value: '' },
    { key: '', value: 'lost' },
    { key: 'a b', value: '值' },
    { key: 'ok', value: 'again' },
    { key: 'acs:x', value: '' },
  ]
  expect(tagRowsProblems(rows)).toMatchObject({
    list: null,
    rows: [
      { row: 2, part: 'key', problem: { code: 'required' } },
      { row: 3, part: 'key', problem: { code: 'characters' } },
      { row: 3, part: 'value', problem: { code: 'characters' } },
      { row: 4, part: 'key', problem: { code: 'duplicate', value: 'ok' } },
      { row: 5, part: 'key', problem: { code: 'reservedPrefix', prefix: 'acs:' } },
    ],
  })
})

it('refuses 21 rows as a list', () => {
  const rows = Array.from({ length: 21 }, (_, index) => ({ key: `k${index}`, value: '' }))
  expect(tagRowsProblems(rows.slice(1)).list).toBeNull()
  expect(tagRowsProblems(rows).list).toEqual({ code: 'tooMany', max: 20 })
})

it('does not judge again what the key has, unless it is doubled or changed', () => {
  const present = [{ TagKey: 'acs:rm:rgId', TagValue: 'rg-1' }]
  const row = { key: 'acs:rm:rgId', value: 'rg-1' }
  expect(tagRowsProblems([row], present).rows).toEqual([])
  expect(tagRowsProblems([{ ...row, value: 'rg-2' }], present).rows).toMatchObject([{ row: 0 }])
  expect(tagRowsProblems([row, row], present).rows).toMatchObject([{ row: 1, problem: { code: 'reservedPrefix' } }])
})
