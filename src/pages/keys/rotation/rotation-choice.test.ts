import { describe, expect, it } from 'vitest'
import {
  choiceOf,
  noRotation,
  periodsOf,
  rotationPeriods,
  rotationOfNewKey,
  rotationPolicy,
  rotationProblem,
} from './rotation-choice.ts'

const custom = (days: string) => ({ period: 'custom', days }) as const

it('sends nothing for a new key that is not to rotate, and turns rotation off on one that does', () => {
  expect(rotationOfNewKey(noRotation)).toEqual({})
  expect(rotationPolicy(noRotation)).toEqual({ EnableAutomaticRotation: false })
})

it('sends days', () => {
  expect(rotationOfNewKey({ period: '90', days: '12' })).toEqual({
    EnableAutomaticRotation: true,
    RotationInterval: '90d',
  })
  expect(rotationPolicy(custom(' 14 '))).toEqual({ EnableAutomaticRotation: true, RotationInterval: '14d' })
})

describe('days of one’s own', () => {
  it.each(['7', '8', '364', '365', ' 30 '])('may be %j', (days) => {
    expect(rotationProblem(custom(days))).toBeNull()
  })

  it.each(['6', '366', '0', '-7', '7.5', '30d', '1e2', 'x', '٣٠', '99999999999'])('may not be %j', (days) => {
    expect(rotationProblem(custom(days))).toEqual({ code: 'outOfRange', min: 7, max: 365 })
  })

  it('are asked for, and do not matter where another period is chosen', () => {
    expect(rotationProblem(custom(' '))).toEqual({ code: 'required' })
    expect(rotationProblem({ period: '30', days: 'x' })).toBeNull()
    expect(rotationProblem({ period: 'off', days: 'x' })).toBeNull()
  })
})

it('leaves a default key its one period', () => {
  expect(periodsOf('default')).toEqual(['off', '365'])
  expect(periodsOf('software')).toEqual(rotationPeriods)
})

it.each([
  ['Disabled', undefined, noRotation],
  [undefined, undefined, noRotation],
  ['Enabled', '7776000s', { period: '90', days: '' }],
  ['Suspended', '31536000s', { period: '365', days: '' }],
  ['Enabled', '1209600s', { period: 'custom', days: '14' }],
  ['Enabled', '700000s', { period: 'custom', days: '' }],
])('reads rotation %s every %s', (rotation, interval, choice) => {
  expect(choiceOf(rotation, interval)).toEqual(choice)
})
