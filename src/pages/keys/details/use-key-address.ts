import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { aliasPrefix } from '#src/api/contract/rules.ts'
import { q } from '#src/api/queries.ts'

/**
 * A page that was opened by alias is its key's from then on, and the address says so: the alias may be pointed at another key or deleted
 * while the page is open, which must not put another key under the person's hands. True while the address still names the alias.
 */
export function useKeyAddress(named: string, key: KeyMetadata | undefined, region: string): boolean {
  const api = useApi()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const isAlias = named.startsWith(aliasPrefix)
  useEffect(() => {
    if (!key || !isAlias) return
    const { KeyId } = key
    queryClient.setQueryData(q(api, region, 'DescribeKey', { KeyId }).queryKey, { KeyMetadata: key })
    void navigate({ to: '/keys/$keyId', params: { keyId: KeyId }, search: true, hash: true, replace: true })
  }, [api, isAlias, key, navigate, queryClient, region])
  return key !== undefined && isAlias
}
