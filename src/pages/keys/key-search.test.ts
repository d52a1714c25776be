import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyActions } from '#src/api/contract/keys.ts'
import { isProblem, limits } from '#src/api/contract/rules.ts'
import {
  activeFilters,
  addFilter,
  clearFilters,
  filterFieldNames,
  listFilters,
  pageCount,
  readKeySearch,
  removeFilter,
} from './key-search.ts'

describe('readKeySearch', () => {
  it('leaves out what is the default anyway', () => {
    expect(readKeySearch({ tab: 'user', instance: '', page: 1, size: 10, state: [], panel: 'none' })).toEqual({})
  })

  it('keeps what is valid', () => {
    const search = {
      tab: 'default',
      instance: 'kst-hzz1',
      page: 3,
      size: 50,
      state: ['Enabled', 'Disabled'],
      alias: ['alias/orders/db'],
      tagKey: ['env'],
      keyId: ['key-hzz1'],
      panel: 'create',
    }
    expect(readKeySearch(search)).toEqual(search)
  })

  it('drops values that do not exist and keeps their neighbours', () => {
    expect(readKeySearch({ state: ['Enabled', 'Lost'], size: 11, page: -2 })).toEqual({ state: ['Enabled'] })
  })

  it('reads a list written by hand, a number, a truth value, an alias without its prefix and a pasted ARN', () => {
    expect(
      readKeySearch({
        state: 'Enabled,Disabled',
        tagValue: [7, true],
        alias: 'orders/db',
        keyId: 'acs:kms:cn-hangzhou:1203000000002345:key/key-hzz1',
      }),
    ).toEqual({
      state: ['Enabled', 'Disabled'],
      tagValue: ['7', 'true'],
      alias: ['alias/orders/db'],
      keyId: ['key-hzz1'],
    })
  })

  it('takes what no number can be made of', () => {
    expect(readKeySearch({ page: Object.create(null) as unknown, size: [Object.create(null)] })).toEqual({})
  })

  it('measures an alias with the prefix that it gets', () => {
    expect(readKeySearch({ alias: ['a'.repeat(510)] })).toEqual({})
  })

  it('takes anything, and reads its own answer unchanged', () => {
    const names = ['tab', 'instance', 'page', 'size', 'panel', ...filterFieldNames]
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (raw) => {
        const search = readKeySearch(raw)
        expect(readKeySearch(search as Record<string, unknown>)).toEqual(search)
        expect(isProblem(keyActions.ListKeys.params.Filters.read(JSON.stringify(listFilters(search, 'kst-1'))))).toBe(
          false,
        )
      }),
    )
  })
})

describe('filters', () => {
  it('starts again at page 1 and keeps the rest', () => {
    const search = readKeySearch({ instance: 'kst-1', page: 4, size: 20, state: ['Enabled'] })
    expect(addFilter(search, { field: 'state', value: 'Disabled' })).toEqual({
      instance: 'kst-1',
      size: 20,
      state: ['Enabled', 'Disabled'],
    })
    expect(removeFilter(search, { field: 'state', value: 'Enabled' })).toEqual({ instance: 'kst-1', size: 20 })
    expect(clearFilters(search)).toEqual({ instance: 'kst-1', size: 20 })
  })

  it('takes a value once', () => {
    const once = addFilter({}, { field: 'tagKey', value: 'env' })
    expect(addFilter(once, { field: 'tagKey', value: 'env' })).toEqual(once)
  })

  it('takes no more values than the API', () => {
    const values = Array.from({ length: limits.filters.values + 5 }, (_, index) => `v${index}`)
    expect(readKeySearch({ tagValue: values }).tagValue).toHaveLength(limits.filters.values)
  })

  it('lists every value, in the order of the fields', () => {
    expect(activeFilters({ usage: ['SIGN/VERIFY'], state: ['Enabled', 'Disabled'] })).toEqual([
      { field: 'state', value: 'Enabled' },
      { field: 'state', value: 'Disabled' },
      { field: 'usage', value: 'SIGN/VERIFY' },
    ])
  })

  it("names the API's filters, the instance first", () => {
    expect(listFilters({ keyId: ['key-1'], alias: ['alias/a', 'alias/b'] }, 'kst-1')).toEqual([
      { Key: 'DKMSInstanceId', Values: ['kst-1'] },
      { Key: 'AliasName', Values: ['alias/a', 'alias/b'] },
      { Key: 'keyId', Values: ['key-1'] },
    ])
  })
})

it('counts pages', () => {
  expect([pageCount(0, 10), pageCount(10, 10), pageCount(11, 10), pageCount(38, 50)]).toEqual([1, 1, 2, 1])
})
