/**
 * Health checks of the ways to the proxies, by the cloud's clock, ms since the epoch. How often they are made and what they bring about is
 * assumed. Pure, and small, as every cloud keeps them; they are in memory only: after a restart what is stored is the instance's status.
 */
import type { Hop, UnavailableCause } from '#src/api/contract/errors.ts'
import type { InstanceStatus } from '#src/api/contract/states.ts'
import type { InstanceRow } from '#mocks/store/rows.ts'

export const checkIntervalMs = 60_000
/** So many in a row, and the instance is disconnected. One that passes connects it again. */
export const failuresToDisconnect = 3

export interface CheckFailure {
  readonly hop: Hop
  readonly cause: UnavailableCause
}

export interface CheckOutcome {
  /** Null: it passed. */
  readonly failure: CheckFailure | null
  /** Null: there was no answer. */
  readonly latencyMs: number | null
}

/** What an instance was from a moment on. */
export interface Standing {
  readonly at: number
  readonly status: InstanceStatus
  /** Of the check that disconnected it; null: none did. */
  readonly failure: CheckFailure | null
}

export interface Health {
  readonly nextAt: number
  /** Checks that failed since one passed. */
  readonly failed: number
  readonly lastCheck: (CheckOutcome & { readonly at: number }) | null
  /** Oldest first, and never empty. */
  readonly standings: readonly Standing[]
}

/** So many changes of one instance are remembered. */
const standingsKept = 500

/** Whether KMS looks after the connection: not while there is none, and not where it was cut on purpose. */
export const isChecked = ({ status, proxy }: Pick<InstanceRow, 'status' | 'proxy'>): boolean =>
  (status === 'Connected' || status === 'Disconnected') && proxy !== null && !proxy.disconnectedByHand

export const statusOf = ({ standings }: Health): InstanceStatus => standings.at(-1)!.status

export const firstSeen = (status: InstanceStatus, at: number): Health => ({
  nextAt: at + checkIntervalMs,
  failed: 0,
  lastCheck: null,
  standings: [{ at, status, failure: null }],
})

const standing = (health: Health, next: Standing): Health => ({
  ...health,
  standings: [...health.standings, next].slice(-standingsKept),
})

/** Something else than a check changed it, and checks begin anew. */
export const changed = (health: Health, status: InstanceStatus, at: number): Health => ({
  ...standing(health, { at, status, failure: null }),
  nextAt: at + checkIntervalMs,
  failed: 0,
})

/** After a check that is due at `now`. It stands for all that were missed since `nextAt`: the clock can jump. */
export function checked(health: Health, outcome: CheckOutcome, now: number): Health {
  const { nextAt, failed } = health
  const missed = Math.floor((now - nextAt) / checkIntervalMs)
  const at = nextAt + missed * checkIntervalMs
  const after: Health = {
    ...health,
    nextAt: at + checkIntervalMs,
    failed: outcome.failure ? failed + missed + 1 : 0,
    lastCheck: { ...outcome, at },
  }
  const status = statusOf(health)
  if (!outcome.failure)
    return status === 'Disconnected' ? standing(after, { at: nextAt, status: 'Connected', failure: null }) : after
  if (status !== 'Connected' || after.failed < failuresToDisconnect) return after
  const decidedAt = nextAt + (failuresToDisconnect - 1 - failed) * checkIntervalMs
  return standing(after, { at: decidedAt, status: 'Disconnected', failure: outcome.failure })
}
