import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { aliasesOfKey, q } from '#src/api/queries.ts'
import { useText } from '#src/i18n/use-text.ts'
import { factsOf, isServiceAlias, type Blocker, type Denial, type KeyFacts } from './offers.ts'

/**
 * What the caller may not do with up to 50 keys, by key ID. Undefined for a key: not known (no such extension, or not asked yet), which is
 * not held against anybody: the API itself decides.
 */
export function useDenials(region: string, keyIds: readonly string[]): ReadonlyMap<string, readonly Denial[]> {
  const api = useApi()
  const asked = useQuery({
    ...q(api, region, 'DescribeKeyPermissions', { KeyId: keyIds }),
    enabled: keyIds.length > 0,
  })
  return useMemo(() => new Map(asked.data?.Keys.Key.map(({ KeyId, Denied }) => [KeyId, Denied])), [asked.data])
}

/** What the offers of a key depend on; null without a key. What is not known yet is not held against it. */
export function useFactsOf(key: KeyMetadata | null, region: string): KeyFacts | null {
  const api = useApi()
  const denials = useDenials(region, key ? [key.KeyId] : [])
  const aliases = useQuery({ ...aliasesOfKey(api, region, key?.KeyId ?? ''), enabled: key !== null })
  const isService = aliases.data?.some(({ AliasName }) => isServiceAlias(AliasName)) ?? false
  return key && factsOf(key, isService, denials.get(key.KeyId) ?? null)
}

/** What the offers of a key depend on whose page is open. */
export const useKeyFacts = (key: KeyMetadata, region: string): KeyFacts => useFactsOf(key, region)!

/** Why something is not offered, and where that could be changed, in the person's language. */
export function useBlockerText(): (blocker: Blocker) => string {
  const t = useText('keys.blocked')
  return (blocker) => {
    switch (blocker.by) {
      case 'kind':
        return t(`kind.${blocker.kind}`)
      case 'state':
      case 'already':
        return t(`${blocker.by}.${blocker.state}`)
      case 'protection':
      case 'storage':
        return t(blocker.by)
      case 'permission':
        return t(`permission.${blocker.denial.NoPermissionType}.${blocker.denial.PolicyType}`, {
          permission: blocker.permission,
        })
    }
  }
}
