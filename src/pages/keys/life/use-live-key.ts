import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { aliasesOfKey, q } from '#src/api/queries.ts'
import type { KeyFacts } from '#src/pages/keys/offers.ts'
import { useCloudMinute } from '#src/pages/keys/use-cloud-minute.ts'
import { useFactsOf } from '#src/pages/keys/use-offers.ts'

/** A key as it stands now, whoever changes it. */
export interface LiveKey {
  /** As last seen; undefined: not yet. */
  readonly metadata: KeyMetadata | undefined
  readonly facts: KeyFacts | null
  /** Empty while they are not known. */
  readonly aliasNames: readonly string[]
  /** It does not exist any more: because its deletion fell due, or it went otherwise. */
  readonly gone: 'due' | 'otherwise' | null
}

const noNames: readonly string[] = []

export function useLiveKey(region: string, keyId: string): LiveKey {
  const api = useApi()
  const described = useQuery(q(api, region, 'DescribeKey', { KeyId: keyId }))
  const aliases = useQuery(aliasesOfKey(api, region, keyId))
  const metadata = described.data?.KeyMetadata
  const facts = useFactsOf(metadata ?? null, region)
  const dueAt = dueTime(metadata)
  useRefetchWhenDue(dueAt, described.refetch)

  const aliasNames = useMemo(() => aliases.data?.map(({ AliasName }) => AliasName) ?? noNames, [aliases.data])
  const isGone = described.error?.code === 'Forbidden.KeyNotFound'
  return {
    metadata,
    facts,
    aliasNames,
    gone: isGone ? (dueAt <= api.backend.now() ? 'due' : 'otherwise') : null,
  }
}

/** When the deletion of a key falls due, ms since the epoch; Infinity: none is scheduled. */
function dueTime(metadata: KeyMetadata | undefined): number {
  const at = metadata?.KeyState === 'PendingDeletion' ? Date.parse(metadata.DeleteDate ?? '') : NaN
  return Number.isNaN(at) ? Infinity : at
}

const minuteMs = 60_000

/** Asks again at the moment when a deletion falls due: nobody announces what time alone brings. */
function useRefetchWhenDue(dueAt: number, refetch: () => Promise<unknown>): void {
  const { backend } = useApi()
  const minute = useCloudMinute()
  useEffect(() => {
    const left = dueAt - backend.now()
    // Until then the next minute looks again; a timer could not wait for months.
    if (left > 2 * minuteMs) return undefined
    const timer = setTimeout(() => void refetch(), Math.max(0, left))
    return () => clearTimeout(timer)
  }, [backend, dueAt, minute, refetch])
}
