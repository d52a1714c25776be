import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '#src/api/api.tsx'
import { ownAssociations, ownShares } from '#src/api/sharing.ts'
import { otherShares, sharesOfInstance } from './share-groups.ts'

/** What this account shares, seen from one of its instances; `error`: of the first list that could not be read. */
export function useShares(region: string, instanceId: string) {
  const api = useApi()
  const shares = useQuery(ownShares(api, region))
  const resources = useQuery(ownAssociations(api, region, 'Resource'))
  const targets = useQuery(ownAssociations(api, region, 'Target'))
  const error = shares.error ?? resources.error ?? targets.error
  const known = useMemo(() => {
    if (!shares.data || !resources.data || !targets.data) return null
    const shared = { shares: shares.data, resources: resources.data, targets: targets.data }
    return { own: sharesOfInstance(shared, instanceId), others: otherShares(shared, instanceId) }
  }, [shares.data, resources.data, targets.data, instanceId])
  const refetch = (): void => {
    for (const list of [shares, resources, targets]) void list.refetch()
  }
  return { known, error, refetch }
}
