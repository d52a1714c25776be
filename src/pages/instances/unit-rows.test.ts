import { describe, expect, test } from 'vitest'
import { newUnits, timeLeft, unitRows, type VpcQuota } from './unit-rows.ts'

const unit = (AccountId: string) => ({ AccountId, ResourceShares: [], Keys: [], KeyCount: 1 })
const quota: VpcQuota = {
  ResourceType: 'vpc',
  ResourceQuota: 5,
  UsedQuantity: 5,
  Vpcs: ['vpc-own', 'vpc-2'],
  Units: [unit('1')],
  Accounts: ['1'],
  Returning: [
    { AccountId: '3', ReturnsAt: '2026-03-02T08:04:00Z' },
    { AccountId: '2', ReturnsAt: '2026-03-02T08:01:00Z' },
  ],
}

describe('what each unit is spent on', () => {
  test('VPCs, accounts, then what returns, the next first: as many rows as units', () => {
    const rows = unitRows(quota, 'vpc-own')
    expect(rows).toEqual([
      { kind: 'vpc', id: 'vpc-own', isOwn: true },
      { kind: 'vpc', id: 'vpc-2', isOwn: false },
      { kind: 'account', id: '1', unit: unit('1') },
      { kind: 'returning', id: '2', returnsAt: '2026-03-02T08:01:00Z' },
      { kind: 'returning', id: '3', returnsAt: '2026-03-02T08:04:00Z' },
    ])
    expect(rows).toHaveLength(quota.UsedQuantity)
  })

  test('is not told to everybody', () => {
    const { Units: _, ...rest } = quota
    expect(unitRows(rest, 'vpc-own')).toBeNull()
  })
})

test.each([
  ['2026-03-02T08:05:00Z', { minutes: 5, seconds: 0 }],
  ['2026-03-02T08:01:30Z', { minutes: 1, seconds: 30 }],
  ['2026-03-02T08:00:01Z', { minutes: 0, seconds: 1 }],
  ['2026-03-02T08:00:00Z', null],
  ['2026-03-02T07:00:00Z', null],
])('until %s: %j', (returnsAt, left) => {
  expect(timeLeft(returnsAt, Date.UTC(2026, 2, 2, 8))).toEqual(left)
})

test('only accounts that hold no unit, each once, take one anew', () => {
  expect(newUnits(quota, ['1', '2', '4', '4', '5'])).toEqual(['4', '5'])
  expect(newUnits({ ResourceType: 'vpc', ResourceQuota: 5, UsedQuantity: 1 }, ['1'])).toEqual(['1'])
})
