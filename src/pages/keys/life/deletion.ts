/** What scheduling a deletion asks for (KMS API 2016-01-20, ScheduleKeyDeletion), as pure functions over what was typed. */
import { limits, type Problem } from '#src/api/contract/rules.ts'

const dayMs = 24 * 60 * 60_000

/** Whole days of the waiting period, or what is wrong with the text. */
export function readDays(text: string): number | Problem {
  const typed = text.trim()
  if (typed === '') return { code: 'required' }
  const { min, max } = limits.deletionDays
  const days = /^[0-9]{1,4}$/.test(typed) ? Number(typed) : NaN
  return days >= min && days <= max ? days : { code: 'outOfRange', min, max }
}

/** When a key goes that is scheduled at `now`; both ms since the epoch. */
export const deletionTime = (now: number, days: number): number => now + days * dayMs

/** Whether the key was named by its ID or by one of its aliases, letter by letter. */
export function namesKey(typed: string, keyId: string, aliasNames: readonly string[]): boolean {
  const name = typed.trim()
  return name === keyId || aliasNames.includes(name)
}
