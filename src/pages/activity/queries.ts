/** The requests that the cloud remembers. Their definitions come with these pages, not with the console. */
import { queryOptions } from '@tanstack/react-query'
import type { ApiError } from '#src/api/api-error.ts'
import type { Input, Output } from '#src/api/contract/actions.ts'
import { requestActions, requestHops, requestResults, type RequestTrace } from '#src/api/contract/requests.ts'
import { unwrap, type Scope } from '#src/api/queries.ts'
import type { RequestsSearch } from './requests-search.ts'

export type RequestsPage = Output<'ListRequests'>

/** Rows of one answer. */
export const rowsPerPage = 100
/** How often the list asks again while it follows, ms. */
const followsEvery = 2000

export const requestsInput = (search: RequestsSearch, page: number): Input<'ListRequests'> => ({
  EventName: search.action,
  PrincipalArn: search.principal,
  Result: requestResults.find((known) => known === search.outcome),
  Hop: requestHops.find((known) => known === search.hop),
  Since: search.since,
  Until: search.until,
  PageNumber: page,
  PageSize: rowsPerPage,
})

export function requestsPage(api: Scope, region: string, search: RequestsSearch, page: number) {
  const input = requestsInput(search, page)
  return queryOptions<RequestsPage, ApiError>({
    queryKey: ['ListRequests', api.identity.id, region, input],
    queryFn: async ({ signal }) =>
      unwrap(await api.client.call('ListRequests', input, { region, signal, definition: requestActions.ListRequests })),
    refetchInterval: search.until === undefined ? followsEvery : false,
    // Another filter's rows until one's own are there, and never another identity's.
    placeholderData: (rows, from) => (from?.queryKey[1] === api.identity.id ? rows : undefined),
  })
}

/** Null: it is not for the asker to know, or no more. What was answered changes no more. */
export const requestNamed = (api: Scope, region: string, RequestId: string) =>
  queryOptions<RequestTrace | null, ApiError>({
    queryKey: ['DescribeRequest', api.identity.id, region, RequestId],
    queryFn: async ({ signal }) => {
      const definition = requestActions.DescribeRequest
      return unwrap(await api.client.call('DescribeRequest', { RequestId }, { region, signal, definition })).Request
    },
  })
