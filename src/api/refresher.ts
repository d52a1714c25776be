/**
 * Refreshes what announced changes have made stale. One change is followed at once. While many follow each other (bulk work, another tab's
 * script), they are gathered for a little longer each time: five hundred changes must not fetch the page five hundred times.
 */
import type { Query, QueryClient } from '@tanstack/react-query'
import type { Change } from './contract/backend.ts'
import { readsAfterChange, type Read } from './invalidation.ts'

type Table = keyof typeof readsAfterChange

/** An announced change of rows, not of the whole cloud. */
export interface RowsChange {
  readonly table: Table
  readonly ids: Change['ids']
}

export interface Timing {
  readonly now: () => number
  readonly later: (ms: number, work: () => void) => void
}

/** What one request changes is announced kind by kind: so long, ms, is waited for the rest of it. */
const gatheringTime = 16
/** The pause after a refresh, ms: it doubles while changes keep coming, and a quiet one ends the series. */
const shortestPause = 250
const longestPause = 4000

/** Answers about one key that another key's change leaves as they are. */
const ofOneKey: ReadonlySet<unknown> = new Set<Read>([
  'DescribeKey',
  'GetKeyPolicy',
  'ListKeyVersions',
  'ListResourceTags',
])
const isKeyId = (id: string): boolean => /^key-[a-z0-9]+$/.test(id)

/** The plain key ID that a query is about; null: it is about more, or names its key in another way. */
function keyOf({ queryKey: [name, , , input] }: Pick<Query, 'queryKey'>): string | null {
  if (!ofOneKey.has(name) || typeof input !== 'object' || input === null || !('KeyId' in input)) return null
  return typeof input.KeyId === 'string' && isKeyId(input.KeyId) ? input.KeyId : null
}

export function createRefresher(
  queryClient: Pick<QueryClient, 'invalidateQueries'>,
  { now, later }: Timing,
): (change: RowsChange) => void {
  /** What changed since the last refresh: rows by table; null: some of them are not told. */
  const changed = new Map<Table, Set<string> | null>()
  let pause = shortestPause
  let quietFrom = -Infinity
  let isWaiting = false

  function isStale(query: Pick<Query, 'queryKey'>): boolean {
    for (const [table, ids] of changed) {
      const reads = readsAfterChange[table]
      if (reads !== 'every' && !reads.some((name) => name === query.queryKey[0])) continue
      const keyId = table === 'keys' && ids ? keyOf(query) : null
      if (keyId === null || ids?.has(keyId)) return true
    }
    return false
  }

  function refreshNow(): void {
    const time = now()
    pause = time < quietFrom + pause ? Math.min(longestPause, pause * 2) : shortestPause
    quietFrom = time + pause
    void queryClient.invalidateQueries({ predicate: isStale })
    changed.clear()
  }

  function note({ table, ids }: RowsChange): void {
    const known = changed.get(table)
    if (known === null || ids.length === 0 || !ids.every(isKeyId)) changed.set(table, null)
    else changed.set(table, new Set([...(known ?? []), ...ids]))
  }

  return (change) => {
    note(change)
    if (isWaiting) return
    isWaiting = true
    later(Math.max(gatheringTime, quietFrom - now()), () => {
      isWaiting = false
      refreshNow()
    })
  }
}
