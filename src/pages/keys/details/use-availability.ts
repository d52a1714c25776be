import { useQuery } from '@tanstack/react-query'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { q } from '#src/api/queries.ts'
import { availabilityOf, conditionsOf, type Availability, type Conditions } from '#src/pages/keys/availability.ts'

export interface KnownAvailability {
  readonly conditions: Conditions
  readonly availability: Availability
  /** Milliseconds until the proxy answered (simulated); null where it did not, or was not asked. */
  readonly latencyMs: number | null
  readonly isAsking: boolean
}

/** Whether a key can work now, from its state, its instance's status and what the proxy says. All of it is unknown for keys that are not external. */
export function useAvailability(key: KeyMetadata, region: string): KnownAvailability {
  const api = useApi()
  const { DKMSInstanceId: KmsInstanceId = '', ExternalKeyId = '' } = key
  const isExternal = ExternalKeyId !== ''
  const instance = useQuery({ ...q(api, region, 'GetKmsInstance', { KmsInstanceId }), enabled: isExternal })
  const asked = useQuery({
    ...q(api, region, 'DescribeExternalKeys', { KmsInstanceId, ExternalKeyId: [ExternalKeyId] }),
    enabled: isExternal,
  })
  const conditions = conditionsOf({
    keyState: key.KeyState,
    instanceStatus: instance.data?.KmsInstance.Status,
    proxyStatus: asked.data?.ProxyStatus,
    externalKey: asked.data?.ExternalKeys.ExternalKey[0],
  })
  return {
    conditions,
    availability: availabilityOf(conditions),
    latencyMs: asked.data?.LatencyMs ?? null,
    isAsking: isExternal && asked.isPending,
  }
}
