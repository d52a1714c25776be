/** Automatic rotation as a person chooses it: off, one of the usual periods, or days of their own. */
import type { Input } from '#src/api/contract/actions.ts'
import { rotationDays, type KeyKind } from '#src/api/contract/kinds.ts'
import { limits, rotationIntervalProblem, rotationSeconds, type Problem } from '#src/api/contract/rules.ts'

/** Days that the KMS console offers; any number between the limits may be typed. */
export const usualDays = [30, 90, 180, 365] as const
const daySeconds = 86_400

export type RotationPeriod = 'off' | `${(typeof usualDays)[number]}` | 'custom'
export const rotationPeriods: readonly RotationPeriod[] = ['off', '30', '90', '180', '365', 'custom']

/** Those that a kind of key can rotate by: the default key knows one. */
export function periodsOf(kind: KeyKind): readonly RotationPeriod[] {
  const { min, max } = rotationDays(kind)
  return rotationPeriods.filter((period) =>
    period === 'off' ? true : period === 'custom' ? min < max : Number(period) >= min && Number(period) <= max,
  )
}

export interface RotationChoice {
  readonly period: RotationPeriod
  /** As typed, for `custom`. */
  readonly days: string
}

export const noRotation: RotationChoice = { period: 'off', days: '' }

/** The days that a choice stands for, as text; null for off. */
const daysOf = ({ period, days }: RotationChoice): string | null =>
  period === 'off' ? null : period === 'custom' ? days.trim() : period

/** What is wrong with the days that were typed: a whole number within the API's limits is asked for, with no unit. */
export function rotationProblem(choice: RotationChoice): Problem | null {
  const days = daysOf(choice)
  if (days === null) return null
  if (days === '') return { code: 'required' }
  return /^[0-9]+$/.test(days) && rotationIntervalProblem(`${days}d`) === null
    ? null
    : { code: 'outOfRange', ...limits.rotationDays }
}

/** KMS API 2016-01-20, CreateKey: rotation is off unless it is asked for. */
export function rotationOfNewKey(
  choice: RotationChoice,
): Pick<Input<'CreateKey'>, 'EnableAutomaticRotation' | 'RotationInterval'> {
  const days = daysOf(choice)
  return days === null ? {} : { EnableAutomaticRotation: true, RotationInterval: `${days}d` }
}

/** KMS API 2016-01-20, UpdateRotationPolicy: the interval is told only where rotation goes on. */
export function rotationPolicy(choice: RotationChoice): Omit<Input<'UpdateRotationPolicy'>, 'KeyId'> {
  const { EnableAutomaticRotation = false, ...interval } = rotationOfNewKey(choice)
  return { EnableAutomaticRotation, ...interval }
}

/** Whole days of a key's RotationInterval (`31536000s`), where it is that; null for none, or for another length. */
export function intervalDays(interval: string | undefined): number | null {
  const seconds = interval === undefined ? null : rotationSeconds(interval)
  return seconds === null || seconds % daySeconds !== 0 ? null : seconds / daySeconds
}

/** The choice that a key's rotation stands for. */
export function choiceOf(rotation: string | undefined, interval: string | undefined): RotationChoice {
  if (rotation !== 'Enabled' && rotation !== 'Suspended') return noRotation
  const days = intervalDays(interval)
  const usual = rotationPeriods.find((period) => period === String(days))
  return usual ? { period: usual, days: '' } : { period: 'custom', days: days === null ? '' : String(days) }
}
