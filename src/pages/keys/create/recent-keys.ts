/** After a lost answer: the keys among which the new one would be, so that a person can see whether theirs was made. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useApi } from '#src/api/api.tsx'
import { defaultKeys } from '#src/api/default-keys.ts'
import { allAliases, q } from '#src/api/queries.ts'
import { aliasesByKey } from '#src/pages/keys/key-row.ts'
import { candidatesOf, type Candidate } from './candidates.ts'
import { reportOf } from './external-key-check.ts'

/** So many of the newest keys are looked at; more would say nothing that these do not. */
const looked = 20

export interface RecentKeys {
  /** Undefined while they are looked for. */
  readonly candidates: readonly Candidate[] | undefined
  readonly error: Error | null
  readonly retry: () => void
}

interface Named {
  readonly KeyId: string
  readonly AliasNames: readonly string[]
}

/** Keys with their creation times. Those that the caller may not describe are left out. */
function useCandidates(
  region: string,
  keys: readonly Named[],
  startedAt: number,
): { ready: boolean; candidates: readonly Candidate[] } {
  const api = useApi()
  const described = useQueries({ queries: keys.map(({ KeyId }) => q(api, region, 'DescribeKey', { KeyId })) })
  const known = described.flatMap(({ data }, index) =>
    data ? [{ ...data.KeyMetadata, AliasNames: keys[index]?.AliasNames ?? [] }] : [],
  )
  return { ready: described.every(({ isPending }) => !isPending), candidates: candidatesOf(known, startedAt) }
}

/** The KMS keys on the external key, whenever they were made. */
export function useKeysOnExternalKey(
  region: string,
  instanceId: string,
  externalKeyId: string,
  startedAt: number,
): RecentKeys {
  const api = useApi()
  const external = useQuery(
    q(api, region, 'DescribeExternalKeys', { KmsInstanceId: instanceId, ExternalKeyId: [externalKeyId] }),
  )
  const keys = reportOf(external.data)?.KmsKeys.slice(-looked) ?? []
  const { ready, candidates } = useCandidates(region, keys, startedAt)
  return {
    candidates: external.isSuccess && !external.isFetching && ready ? candidates : undefined,
    error: external.error,
    retry: () => void external.refetch(),
  }
}

/** Keys that were made since the request was sent, of these. */
function useMadeSince(
  region: string,
  listed: { data: readonly { KeyId: string }[] | undefined; isFetching: boolean; error: Error | null },
  startedAt: number,
): Omit<RecentKeys, 'retry'> {
  const api = useApi()
  const aliases = useQuery(allAliases(api, region))
  const names = aliases.data && aliasesByKey(aliases.data)
  const keys = (listed.data ?? []).map(({ KeyId }) => ({ KeyId, AliasNames: names?.get(KeyId) ?? [] }))
  const { ready, candidates } = useCandidates(region, keys, startedAt)
  const isThere = listed.data !== undefined && !listed.isFetching && !aliases.isPending && ready
  return {
    candidates: isThere ? candidates.filter(({ sinceRequest }) => sinceRequest) : undefined,
    error: listed.error,
  }
}

/** The instance's newest keys, which ListKeys names first. */
export function useNewestKeys(region: string, instanceId: string, startedAt: number): RecentKeys {
  const api = useApi()
  const list = useQuery(
    q(api, region, 'ListKeys', {
      PageNumber: 1,
      PageSize: looked,
      Filters: [{ Key: 'DKMSInstanceId', Values: [instanceId] }],
    }),
  )
  const { isFetching, error } = list
  return {
    ...useMadeSince(region, { data: list.data?.Keys.Key, isFetching, error }, startedAt),
    retry: () => void list.refetch(),
  }
}

/** The region's default key, if it is newer than the request. */
export function useNewDefaultKey(region: string, startedAt: number): RecentKeys {
  const api = useApi()
  const list = useQuery(defaultKeys(api, region))
  const { isFetching, error } = list
  return {
    ...useMadeSince(region, { data: list.data?.master, isFetching, error }, startedAt),
    retry: () => void list.refetch(),
  }
}
