import { describe, expect, it } from 'vitest'
import { forecastQuota } from './quota-forecast.ts'

const own = '1203456789012345'
const [a, b, c] = ['1300000000000001', '1300000000000002', '1300000000000003'] as const
const info = { ResourceType: 'vpc' as const, ResourceQuota: 5, UsedQuantity: 3, Accounts: [a], Returning: [] }

describe('forecastQuota', () => {
  it('adds one unit per account that is not counted yet', () => {
    expect(forecastQuota(info, [a, b, c], [own])).toMatchObject({
      used: 3,
      added: [b, c],
      counted: [a],
      left: 0,
      exceeds: false,
      certain: true,
    })
  })

  it('exceeds only by what this choice adds', () => {
    expect(forecastQuota({ ...info, UsedQuantity: 5 }, [b], [own])).toMatchObject({ left: 0, exceeds: true })
    expect(forecastQuota({ ...info, UsedQuantity: 5 }, [a], [own])).toMatchObject({ left: 0, exceeds: false })
    expect(forecastQuota({ ...info, ResourceQuota: 1 }, [], [own])).toMatchObject({ left: 0, exceeds: false })
  })

  it('costs nothing for the own account and the owner of the instance', () => {
    expect(forecastQuota(info, [b, own], [own, b]).added).toEqual([])
  })

  it('adds nothing for an account whose unit has not returned yet', () => {
    const Returning = [{ AccountId: b, ReturnsAt: '2026-11-23T10:00:00Z' }]
    expect(forecastQuota({ ...info, Returning }, [b], [own])).toMatchObject({
      added: [],
      counted: [b],
      returning: Returning,
    })
  })

  it('is not certain where the backend does not tell whom it counts', () => {
    const { ResourceType, ResourceQuota, UsedQuantity } = info
    expect(forecastQuota({ ResourceType, ResourceQuota, UsedQuantity }, [a, b], [own])).toMatchObject({
      added: [a, b],
      certain: false,
    })
  })
})
