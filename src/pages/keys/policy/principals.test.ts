import { describe, expect, it } from 'vitest'
import {
  addEntries,
  groupByAccount,
  inBothRoles,
  isOwnPrincipal,
  otherAccountsOf,
  refusedEntries,
  shortPrincipal,
  typedPrincipal,
} from './principals.ts'

const own = '1203456789012345'
const other = '1309876543210987'
const etl = `acs:ram::${other}:role/etl`

describe('addEntries', () => {
  it('takes each entry once, without the quotes and brackets of a JSON list', () => {
    expect(addEntries([], [`["${etl}"`, `'wrong'`, ']'])).toEqual({ entries: [etl, 'wrong'], duplicates: [] })
  })

  it('says what was there already', () => {
    expect(addEntries([etl], [etl, 'new', 'new'])).toEqual({ entries: [etl, 'new'], duplicates: [etl, 'new'] })
  })
})

it('names the reason of every refused entry', () => {
  const entries = [etl, `acs:ram::${own}:user/me`, `acs:ram::${other}:root`, `acs:ram::${other}:*`, 'nonsense']
  expect(refusedEntries([...entries, 'acs:ram::119285303511****:user/x', `acs:ram::${other}:user/`], own)).toEqual([
    { text: entries[1], reason: 'ownAccount' },
    { text: entries[2], reason: 'root' },
    { text: entries[3], reason: 'everyone' },
    { text: 'nonsense', reason: 'format' },
    { text: 'acs:ram::119285303511****:user/x', reason: 'masked' },
    { text: `acs:ram::${other}:user/`, reason: 'name' },
  ])
})

it('groups by account in order of appearance', () => {
  const third = 'acs:ram::1400000000000001:user/a'
  expect(groupByAccount([etl, third, 'wrong', `acs:ram::${other}:user/b`])).toEqual([
    { accountId: other, arns: [etl, `acs:ram::${other}:user/b`] },
    { accountId: '1400000000000001', arns: [third] },
  ])
})

it('counts the accounts of well-formed users and roles of others only', () => {
  expect(otherAccountsOf([etl, `acs:ram::${other}:user/b`, `acs:ram::${own}:user/me`, 'x'], own)).toEqual([other])
})

it('finds who is picked in both roles', () => {
  expect(inBothRoles({ administrators: ['a', 'b'], users: ['b', 'c'] })).toEqual(['b'])
})

it.each([
  ['user/app', `acs:ram::${own}:user/app`, true],
  [' role/ops ', `acs:ram::${own}:role/ops`, true],
  [`acs:ram::${own}:user/app`, `acs:ram::${own}:user/app`, true],
  ['app', 'app', false],
  ['user/', `acs:ram::${own}:user/`, false],
  [etl, etl, false],
  [`acs:ram::${own}:root`, `acs:ram::${own}:root`, false],
])('reads %j as %j, a principal of the own account: %s', (typed, arn, mine) => {
  expect(typedPrincipal(typed, own)).toBe(arn)
  expect(isOwnPrincipal(arn, own)).toBe(mine)
})

it('shows the own account’s principals short, everything else as it is', () => {
  expect(shortPrincipal(`acs:ram::${own}:user/app`, own)).toBe('user/app')
  expect(shortPrincipal(etl, own)).toBe(etl)
})
