import { useQuery } from '@tanstack/react-query'
import { useApi } from '#src/api/api.tsx'
import { q } from '#src/api/queries.ts'
import type { VpcQuota } from './unit-rows.ts'

/** The access management quota of an instance, as `vpc` of GetKmsInstanceQuotaInfos tells it. */
export function useVpcQuota(region: string, instanceId: string) {
  const api = useApi()
  const asked = useQuery(q(api, region, 'GetKmsInstanceQuotaInfos', { KmsInstanceId: instanceId, ResourceType: 'vpc' }))
  const info: VpcQuota | undefined = asked.data?.KmsInstanceQuotaInfos.find(
    ({ ResourceType }) => ResourceType === 'vpc',
  )
  return { asked, info }
}
