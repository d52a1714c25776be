import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Principal } from '#src/api/contract/access.ts'
import { parseKeyArn } from '#src/api/contract/arn.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { q } from '#src/api/queries.ts'

/** What a policy is weighed in: whose key it is, where it lies, and who changes it. */
export interface PolicyScope {
  readonly region: string
  readonly keyId: string
  readonly keyArn: string
  readonly instanceId: string
  readonly ownAccountId: string
  readonly ownerAccountId: string
  /** Accounts that take no unit of the access management quota: one's own, the key's and the instance's. */
  readonly members: readonly string[]
  readonly caller: Principal
}

export function usePolicyScope(key: KeyMetadata, instanceId: string, region: string): PolicyScope {
  const api = useApi()
  const { accountId, kind, arn } = api.identity
  const instance = useQuery(q(api, region, 'GetKmsInstance', { KmsInstanceId: instanceId }))
  const instanceOwner = instance.data?.KmsInstance.Sharing?.OwnerAccountId
  return useMemo(() => {
    const ownerAccountId = parseKeyArn(key.Arn)?.accountId ?? accountId
    return {
      region,
      keyId: key.KeyId,
      keyArn: key.Arn,
      instanceId,
      ownAccountId: accountId,
      ownerAccountId,
      members: [...new Set([accountId, ownerAccountId, ...(instanceOwner === undefined ? [] : [instanceOwner])])],
      caller: { accountId, kind, arn },
    }
  }, [region, key.KeyId, key.Arn, instanceId, accountId, kind, arn, instanceOwner])
}
