import { describe, expect, test } from 'vitest'
import { changed, checked, checkIntervalMs, firstSeen, isChecked, statusOf, type CheckOutcome } from './health.ts'

const start = 1_000_000
const minutes = (count: number): number => start + count * checkIntervalMs
const passed: CheckOutcome = { failure: null, latencyMs: 11 }
const failure = { hop: 'proxy', cause: 'proxyUnreachable' } as const
const failed: CheckOutcome = { failure, latencyMs: null }

const connected = firstSeen('Connected', start)

describe('an instance that is connected', () => {
  test('is disconnected by the third check in a row that fails, and by none before', () => {
    let health = connected
    for (const minute of [1, 2]) {
      health = checked(health, failed, minutes(minute))
      expect(statusOf(health)).toBe('Connected')
    }
    health = checked(health, failed, minutes(3))
    expect(health.standings.at(-1)).toEqual({ at: minutes(3), status: 'Disconnected', failure })
  })

  test('is not disconnected where one of three passes', () => {
    const health = [failed, failed, passed, failed, failed].reduce(
      (before, outcome, index) => checked(before, outcome, minutes(index + 1)),
      connected,
    )
    expect(health).toMatchObject({ failed: 2, standings: connected.standings })
  })

  test('is disconnected when it would have been, where the clock jumps over all three', () => {
    const health = checked(checked(connected, failed, minutes(1)), failed, minutes(60) + 5)
    expect(health.standings.at(-1)).toEqual({ at: minutes(3), status: 'Disconnected', failure })
    expect(health.lastCheck).toEqual({ ...failed, at: minutes(60) })
    expect(health.nextAt).toBe(minutes(61))
  })

  test('stays connected over a jump of two checks', () => {
    expect(statusOf(checked(connected, failed, minutes(3) - 1))).toBe('Connected')
  })
})

describe('an instance that a check disconnected', () => {
  const down = checked(connected, failed, minutes(3))

  test('is connected by the first check that passes, from when that was due', () => {
    expect(checked(down, passed, minutes(9)).standings.at(-1)).toEqual({
      at: minutes(4),
      status: 'Connected',
      failure: null,
    })
  })

  test('is not disconnected again by what goes on failing', () => {
    expect(checked(down, failed, minutes(5)).standings).toBe(down.standings)
  })
})

test('what else changes an instance lets the checks begin anew', () => {
  const health = changed(checked(connected, failed, minutes(2)), 'Connecting', minutes(2) + 7)
  expect(health).toMatchObject({ failed: 0, nextAt: minutes(3) + 7 })
  expect(statusOf(health)).toBe('Connecting')
})

test('the changes that are remembered are limited, and the newest stay', () => {
  let health = connected
  for (let minute = 1; minute <= 2000; minute++)
    health = changed(health, minute % 2 === 0 ? 'Connected' : 'Disconnected', minutes(minute))
  expect(health.standings).toHaveLength(500)
  expect(health.standings.at(-1)!.at).toBe(minutes(2000))
})

test.each([
  ['Connected', false, true],
  ['Disconnected', false, true],
  ['Disconnected', true, false],
  ['Connecting', false, false],
  ['Uninitialized', false, false],
] as const)('%s, by hand %s: is checked %s', (status, disconnectedByHand, expected) => {
  expect(isChecked({ status, proxy: { disconnectedByHand } as never })).toBe(expected)
  expect(isChecked({ status, proxy: null })).toBe(false)
})
