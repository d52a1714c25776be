/**
 * How far an attempt to connect an instance has come: a function of the cloud's clock alone, so that it goes on over a restart. Small, as every
 * request asks whether one is over.
 */
import type { ConnectionAttempt, InstanceRow } from '#mocks/store/rows.ts'

/** How long a step is shown (ours): the real thing takes about ten minutes. */
export const stepMs = 600

/** How long a software instance takes to be enabled (ours). */
export const enablingMs = 3000

/** When it is over; Infinity: none is under way. */
export const attemptEndsAt = ({ status, attempt }: Pick<InstanceRow, 'status' | 'attempt'>): number =>
  status === 'Connecting' && attempt ? attempt.endsAt : Infinity

/** Steps that are over. */
export const passedSteps = ({ startedAt, steps }: ConnectionAttempt, now: number): number =>
  Math.min(Math.max(Math.floor((now - startedAt) / stepMs), 0), steps.length)

/** The instance after its attempt: connected, or as it was before. */
export function concluded(instance: InstanceRow): InstanceRow {
  const { attempt } = instance
  if (!attempt) return instance
  const { result } = attempt
  return {
    ...instance,
    ...(result ? { ...result, status: 'Connected' } : { status: attempt.before }),
    attempt: { ...attempt, result: null },
  }
}
