/** Server state. Only reads are cached: what crypto actions return never enters the cache, by type. */
import {
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
  type UseMutationResult,
} from '@tanstack/react-query'
import { useApi, type Api } from './api.tsx'
import type { ApiError } from './api-error.ts'
import type { ApiResult } from './client.ts'
import type { Input, Output } from './contract/actions.ts'
import type { ConsoleActionName, ConsoleActions } from './contract/console-actions.ts'
import { limits } from './contract/rules.ts'
import { readsAfterWrite, type Read } from './invalidation.ts'

type NamesOfKind<K> = { [N in ConsoleActionName]: ConsoleActions[N]['kind'] extends K ? N : never }[ConsoleActionName]
export type ReadAction = NamesOfKind<'read'>
export type WriteAction = NamesOfKind<'write'>

/** The data of a result, or its error thrown: for react-query, which keeps errors apart by throwing. */
export function unwrap<T>(result: ApiResult<T>): T {
  if (result.ok) return result.data
  throw result.error
}

export type Scope = Pick<Api, 'client' | 'identity'>

export const keyOf = (name: ReadAction, { identity }: Scope, region: string, input: unknown): readonly unknown[] => [
  name,
  identity.id,
  region,
  input,
]

/** One read as react-query options; key: action, who asks, region, input. */
export function q<N extends ReadAction>(api: Scope, region: string, name: N, input: Input<N>) {
  return queryOptions<Output<N>, ApiError>({
    queryKey: keyOf(name, api, region, input),
    queryFn: async ({ signal }) => unwrap(await api.client.call(name, input, { region, signal })),
  })
}

/** Gathers all pages of a list that counts them. */
export async function everyPage<T>(
  readPage: (page: number) => Promise<{ items: readonly T[]; total: number }>,
): Promise<readonly T[]> {
  const all: T[] = []
  for (let page = 1; ; page++) {
    const { items, total } = await readPage(page)
    all.push(...items)
    if (items.length === 0 || all.length >= total) return all
  }
}

export type KeyEntry = Output<'ListKeys'>['Keys']['Key'][number]

/** All keys that match, IDs and ARNs only. For lists that are short by nature: a page of keys asks ListKeys for itself. */
export const allKeys = (api: Scope, region: string, Filters: Input<'ListKeys'>['Filters']) =>
  queryOptions<readonly KeyEntry[], ApiError>({
    queryKey: keyOf('ListKeys', api, region, { all: Filters }),
    queryFn: ({ signal }) =>
      everyPage(async (PageNumber) => {
        const input = { PageNumber, PageSize: limits.pageSize.ListKeys.max, Filters }
        const data = unwrap(await api.client.call('ListKeys', input, { region, signal }))
        return { items: data.Keys.Key, total: data.TotalCount }
      }),
  })

export type AliasEntry = Output<'ListAliases'>['Aliases']['Alias'][number]

/** All aliases of the account in the region (300 at most, so a few calls). */
export const allAliases = (api: Scope, region: string) =>
  queryOptions<readonly AliasEntry[], ApiError>({
    queryKey: keyOf('ListAliases', api, region, 'all'),
    queryFn: ({ signal }) =>
      everyPage(async (PageNumber) => {
        const input = { PageNumber, PageSize: limits.pageSize.ListAliases.max }
        const data = unwrap(await api.client.call('ListAliases', input, { region, signal }))
        return { items: data.Aliases.Alias, total: data.TotalCount }
      }),
  })

/** All aliases of one key, other accounts' too where they are told, by name. */
export const aliasesOfKey = (api: Scope, region: string, KeyId: string) =>
  queryOptions<readonly AliasEntry[], ApiError>({
    queryKey: keyOf('ListAliasesByKeyId', api, region, { all: KeyId }),
    queryFn: ({ signal }) =>
      everyPage(async (PageNumber) => {
        const input = { KeyId, PageNumber, PageSize: limits.pageSize.ListAliasesByKeyId.max }
        const data = unwrap(await api.client.call('ListAliasesByKeyId', input, { region, signal }))
        return { items: data.Aliases.Alias, total: data.TotalCount }
      }),
  })

export type TagEntry = Output<'ListTagResources'>['TagResources']['TagResource'][number]

/** Tags of up to 50 keys; without keys, of all that the caller may see. */
export const tagsOf = (api: Scope, region: string, keyIds: readonly string[] | null) =>
  queryOptions<readonly TagEntry[], ApiError>({
    queryKey: keyOf('ListTagResources', api, region, keyIds ?? 'all'),
    queryFn: async ({ signal }) => {
      const all: TagEntry[] = []
      let NextToken: string | undefined
      do {
        const input = {
          RegionId: region,
          ResourceType: 'key' as const,
          ResourceId: keyIds ?? undefined,
          NextToken,
        }
        const data = unwrap(await api.client.call('ListTagResources', input, { region, signal }))
        all.push(...data.TagResources.TagResource)
        NextToken = data.NextToken === '' ? undefined : data.NextToken
      } while (NextToken !== undefined)
      return all
    },
  })

/** The region's instances with their details, in the list's order. */
export const allInstances = (api: Scope, region: string) =>
  queryOptions<readonly Output<'GetKmsInstance'>['KmsInstance'][], ApiError>({
    queryKey: keyOf('ListKmsInstances', api, region, 'all'),
    queryFn: async ({ signal }) => {
      const entries = await everyPage(async (PageNumber) => {
        const input = { PageNumber, PageSize: limits.pageSize.ListKmsInstances.max }
        const data = unwrap(await api.client.call('ListKmsInstances', input, { region, signal }))
        return { items: data.KmsInstances.KmsInstance, total: data.TotalCount }
      })
      return Promise.all(
        entries.map(async ({ KmsInstanceId }) => {
          const result = await api.client.call('GetKmsInstance', { KmsInstanceId }, { region, signal })
          return unwrap(result).KmsInstance
        }),
      )
    },
  })

/** Gathers what RAM lists by marker. */
async function everyMarker<T>(
  read: (Marker: string | undefined) => Promise<{ items: readonly T[]; next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = []
  let marker: string | undefined
  do {
    const { items, next } = await read(marker)
    all.push(...items)
    marker = next
  } while (marker !== undefined)
  return all
}

export const allUsers = (api: Scope, region: string) =>
  queryOptions<readonly Output<'ListUsers'>['Users']['User'][number][], ApiError>({
    queryKey: keyOf('ListUsers', api, region, 'all'),
    queryFn: ({ signal }) =>
      everyMarker(async (Marker) => {
        const input = { Marker, MaxItems: limits.maxItems.max }
        const data = unwrap(await api.client.call('ListUsers', input, { region, signal }))
        return { items: data.Users.User, next: data.IsTruncated ? data.Marker : undefined }
      }),
  })

export const allRoles = (api: Scope, region: string) =>
  queryOptions<readonly Output<'ListRoles'>['Roles']['Role'][number][], ApiError>({
    queryKey: keyOf('ListRoles', api, region, 'all'),
    queryFn: ({ signal }) =>
      everyMarker(async (Marker) => {
        const input = { Marker, MaxItems: limits.maxItems.max }
        const data = unwrap(await api.client.call('ListRoles', input, { region, signal }))
        return { items: data.Roles.Role, next: data.IsTruncated ? data.Marker : undefined }
      }),
  })

/** Marks the cached answers of these reads as stale; those on screen are fetched again. */
export async function refresh(queryClient: QueryClient, names: readonly Read[]): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => names.some((name) => name === queryKey[0]),
  })
}

/** One write. Refused calls reject with ApiError; what it may have changed is fetched again, also after a failure whose outcome is unknown. */
export function useWrite<N extends WriteAction>(
  name: N,
  region: string,
): UseMutationResult<Output<N>, ApiError, Input<N>> {
  const { client } = useApi()
  const queryClient = useQueryClient()
  return useMutation<Output<N>, ApiError, Input<N>>({
    mutationFn: async (input) => unwrap(await client.call(name, input, { region })),
    onSettled: () => refresh(queryClient, readsAfterWrite[name]),
  })
}
