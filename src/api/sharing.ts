/** What an account shares in a region, gathered: these lists are short by nature. */
import { queryOptions } from '@tanstack/react-query'
import type { ApiError } from './api-error.ts'
import { limits } from './contract/rules.ts'
import type { AssociationType, ResourceShare, ShareAssociation } from './contract/sharing.ts'
import { keyOf, unwrap, type Scope } from './queries.ts'

async function everyToken<T>(
  read: (NextToken: string | undefined) => Promise<{ items: readonly T[]; next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = []
  let token: string | undefined
  do {
    const { items, next } = await read(token)
    all.push(...items)
    token = next
  } while (token !== undefined)
  return all
}

const MaxResults = limits.shareMaxResults.max

/** The account's own shares, the newest first. */
export const ownShares = (api: Scope, region: string) =>
  queryOptions<readonly ResourceShare[], ApiError>({
    queryKey: keyOf('ListResourceShares', api, region, 'own'),
    queryFn: ({ signal }) =>
      everyToken(async (NextToken) => {
        const input = { ResourceOwner: 'Self', MaxResults, NextToken } as const
        const data = unwrap(await api.client.call('ListResourceShares', input, { region, signal }))
        return { items: data.ResourceShares, next: data.NextToken }
      }),
  })

/** What is in them: the resources, or the accounts. */
export const ownAssociations = (api: Scope, region: string, type: AssociationType) =>
  queryOptions<readonly ShareAssociation[], ApiError>({
    queryKey: keyOf('ListResourceShareAssociations', api, region, { own: type }),
    queryFn: ({ signal }) =>
      everyToken(async (NextToken) => {
        const input = { AssociationType: type, MaxResults, NextToken }
        const data = unwrap(await api.client.call('ListResourceShareAssociations', input, { region, signal }))
        return { items: data.ResourceShareAssociations, next: data.NextToken }
      }),
  })
