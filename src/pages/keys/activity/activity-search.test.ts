import fc from 'fast-check'
import { expect, test } from 'vitest'
import { activityInput, isFiltered, readActivitySearch } from './activity-search.ts'

test('reads what can stand and leaves out the rest', () => {
  expect(
    readActivitySearch({
      action: ' Encrypt ',
      principal: 7,
      result: 'Lost',
      request: '',
      page: '-3',
      size: '10',
      x: 1,
    }),
  ).toEqual({ action: 'Encrypt', principal: '7' })
  expect(readActivitySearch({ result: 'Refused', page: '2', size: 50 })).toEqual({
    result: 'Refused',
    page: 2,
    size: 50,
  })
})

test('no address breaks it, and reading twice changes nothing', () => {
  const names = ['action', 'principal', 'result', 'request', 'page', 'size'] as const
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (raw) => {
      const once = readActivitySearch(raw)
      expect(readActivitySearch({ ...once })).toEqual(once)
    }),
  )
})

test('asks for the first page of ten by default', () => {
  expect(activityInput('key-1', {})).toMatchObject({ KeyId: 'key-1', PageNumber: 1, PageSize: 10 })
  expect(isFiltered({ page: 2 })).toBe(false)
  expect(isFiltered({ request: 'r' })).toBe(true)
})
