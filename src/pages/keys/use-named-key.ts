import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { limits } from '#src/api/contract/rules.ts'
import { allAliases, q } from '#src/api/queries.ts'
import { useSettled } from './create/use-settled.ts'
import { keyNameOf } from '#src/api/key-name.ts'
import { isServiceAlias, type KeyFacts } from './offers.ts'
import { useFactsOf } from './use-offers.ts'

/** Typing rests this long before KMS is asked, ms. */
const pause = 300

/** The key that a text names, as far as it is known. */
export type NamedKey =
  | { readonly at: 'nothing' | 'asking' }
  | { readonly at: 'found'; readonly key: KeyMetadata; readonly facts: KeyFacts }
  | { readonly at: 'refused'; readonly error: ApiError }

/** Asks KMS which key a person means, after a pause in typing. Follows what becomes of the key. */
export function useNamedKey(region: string, text: string): NamedKey {
  const api = useApi()
  const name = keyNameOf(text)
  const settled = useSettled(name, pause)
  const described = useQuery({
    ...q(api, region, 'DescribeKey', { KeyId: settled }),
    enabled: settled !== '' && settled === name,
    retry: false,
  })
  const key = settled === name && !described.isError ? (described.data?.KeyMetadata ?? null) : null
  const facts = useFactsOf(key, region)
  if (name === '') return { at: 'nothing' }
  if (settled !== name || described.isPending) return { at: 'asking' }
  if (described.isError) return { at: 'refused', error: described.error }
  return key && facts ? { at: 'found', key, facts } : { at: 'asking' }
}

/**
 * Names to suggest: every alias of the account (300 at most), the keys behind them, and the newest keys without one. Any other key is named
 * by typing its ID, so that a region of ten thousand keys costs no more than these few calls.
 */
export function useKeySuggestions(region: string): readonly string[] {
  const api = useApi()
  const aliases = useQuery(allAliases(api, region))
  const newest = useQuery(q(api, region, 'ListKeys', { PageNumber: 1, PageSize: limits.pageSize.ListKeys.max }))
  return useMemo(() => {
    const usable = aliases.data?.filter(({ AliasName }) => !isServiceAlias(AliasName)) ?? []
    const serviceIds = new Set(aliases.data?.filter((alias) => !usable.includes(alias)).map(({ KeyId }) => KeyId))
    const ids = [...usable, ...(newest.data?.Keys.Key ?? [])].map(({ KeyId }) => KeyId)
    return [...usable.map(({ AliasName }) => AliasName), ...new Set(ids.filter((keyId) => !serviceIds.has(keyId)))]
  }, [aliases.data, newest.data])
}
