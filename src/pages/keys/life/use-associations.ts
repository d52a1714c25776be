import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { ApiError } from '#src/api/api-error.ts'
import type { KeyAssociations } from '#src/api/contract/extensions.ts'
import { q, useWrite } from '#src/api/queries.ts'
import { needsDetection } from './associations.ts'

/** How often a detection that is under way is looked at, ms. */
const pollMs = 300

export interface Associations {
  /** As last told; null: not yet, or not at all. */
  readonly known: KeyAssociations | null
  /** Why nothing is known. */
  readonly error: ApiError | null
  /** What is known is about to change: it is being asked, or a detection is under way. */
  readonly isUnderWay: boolean
  /** Why the last detection did not begin. */
  readonly detectError: ApiError | null
  readonly detect: () => void
  readonly retry: () => void
}

/** What depends on a key. `fresh`: before a decision; what is too old is detected again by itself. */
export function useAssociations(region: string, keyId: string, options: { fresh: boolean }): Associations {
  const api = useApi()
  const asked = useQuery({
    ...q(api, region, 'DescribeKeyAssociations', { KeyId: keyId }),
    refetchInterval: ({ state }) => (state.data?.Detection.Status === 'Detecting' ? pollMs : false),
  })
  const { mutate, isPending: isStarting, error: detectError } = useWrite('DetectKeyAssociations', region)
  const hasBegun = useRef(false)
  const known = asked.data ?? null
  const isStale = known !== null && options.fresh && needsDetection(known.Detection, api.backend.now())

  useEffect(() => {
    if (!isStale || hasBegun.current) return
    hasBegun.current = true
    mutate({ KeyId: keyId })
  }, [isStale, keyId, mutate])

  return {
    known,
    error: known ? null : asked.error,
    isUnderWay:
      asked.isPending || isStarting || known?.Detection.Status === 'Detecting' || (isStale && detectError === null),
    detectError,
    detect: () => mutate({ KeyId: keyId }),
    retry: () => void asked.refetch(),
  }
}
