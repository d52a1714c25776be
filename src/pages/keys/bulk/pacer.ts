/** Keeps requests below a rate: published limits count an account's requests a second, the console's other tabs and people included. */
import { rateLimits, type RateGroup } from '#src/api/contract/rate-limits.ts'

export interface Clock {
  /** Milliseconds of the wall clock. */
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
}

export interface Pacer {
  /** Requests a second when nothing slows it down. */
  readonly perSecond: number
  /** Resolves when the next request may go out. Requests go out in the order in which they asked. */
  readonly turn: () => Promise<void>
  /** A request was refused for its rate: all pause, and go on more slowly. */
  readonly slowDown: () => void
  /** A request was answered: back to full pace, little by little. */
  readonly answered: () => void
}

/** Of the published limit. The rest is left to the page itself and to everybody else of the account. */
const share = 0.8
/** The first pause after a refusal, ms; each further one in a row lasts twice as long. */
const shortestPause = 250
const longestPause = 8000
/** However slow it has become, a request goes out this often, ms. */
const longestGap = 2000

export const paceOf = (group: RateGroup): number => rateLimits[group].perSecond * share

export function createPacer(group: RateGroup, { now, sleep }: Clock): Pacer {
  const perSecond = paceOf(group)
  const usualGap = 1000 / perSecond
  /** What may follow at once after a rest: as many as the limit leaves room for above the pace. */
  const burst = Math.floor(rateLimits[group].perSecond - perSecond)
  let gap = usualGap
  let next = -Infinity
  let pausedUntil = -Infinity
  let pause = shortestPause

  return {
    perSecond,
    turn: async () => {
      const time = now()
      const turn = Math.max(next, time - (burst - 1) * gap, pausedUntil)
      next = turn + gap
      if (turn > time) await sleep(turn - time)
    },
    slowDown: () => {
      const time = now()
      // Several in flight are refused together: that is one reason to slow down, not several.
      if (time < pausedUntil) return
      pausedUntil = time + pause
      pause = Math.min(longestPause, pause * 2)
      gap = Math.min(longestGap, gap * 2)
    },
    answered: () => {
      if (now() < pausedUntil) return
      pause = shortestPause
      gap = Math.max(usualGap, gap * 0.9)
    },
  }
}
