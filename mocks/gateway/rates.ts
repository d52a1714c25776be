/** Step 4, first half: the published rate limits (contract/rate-limits.ts), a token bucket for each account, region and group. */
import type { ActionName } from '#src/api/contract/actions.ts'
import { rateGroupOf, rateLimits } from '#src/api/contract/rate-limits.ts'
import { ServiceError } from '#mocks/service-error.ts'

export interface RatedRequest {
  readonly accountId: string
  readonly region: string
  readonly name: ActionName
}

export interface RateGate {
  /** Counts a request. Throws Rejected.Throttling where one more is too many; what is refused for that costs nothing. */
  readonly admit: (request: RatedRequest) => void
  /** Fills all buckets. */
  readonly reset: () => void
}

interface Bucket {
  /** In thousandths of a request, so that whole milliseconds give whole numbers. */
  readonly level: number
  /** When it stood at that level, ms by the host's clock. */
  readonly at: number
}

const request = 1000

/** A second's worth of requests may come at once; then they are let in as fast as the bucket fills. `wallNow`: the host's clock, ms. */
export function createRateGate(wallNow: () => number): RateGate {
  const buckets = new Map<string, Bucket>()
  return {
    admit: ({ accountId, region, name }) => {
      const group = rateGroupOf(name)
      if (group === null) return
      const { perSecond } = rateLimits[group]
      const full = perSecond * request
      const id = `${accountId}/${region}/${group}`
      const now = wallNow()
      const { level, at } = buckets.get(id) ?? { level: full, at: now }
      // A host's clock may be set back: that takes nothing away.
      const filled = Math.min(full, level + Math.max(0, now - at) * perSecond)
      const isLetIn = filled >= request
      buckets.set(id, { level: isLetIn ? filled - request : filled, at: now })
      if (!isLetIn) throw new ServiceError('Rejected.Throttling')
    },
    reset: () => buckets.clear(),
  }
}
