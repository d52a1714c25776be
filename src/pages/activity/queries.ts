/** The requests that the cloud remembers. */
import { queryOptions } from '@tanstack/react-query'
import type { ApiError } from '#src/api/api-error.ts'
import type { Input, Output } from '#src/api/contract/actions.ts'
import { errorHops } from '#src/api/contract/errors.ts'
import { requestResults } from '#src/api/contract/requests.ts'
import { q, type Scope } from '#src/api/queries.ts'
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
  Hop: errorHops.find((known) => known === search.hop),
  Since: search.since,
  Until: search.until,
  PageNumber: page,
  PageSize: rowsPerPage,
})

export function requestsPage(api: Scope, region: string, search: RequestsSearch, page: number) {
  return queryOptions<RequestsPage, ApiError>({
    ...q(api, region, 'ListRequests', requestsInput(search, page)),
    refetchInterval: search.until === undefined ? followsEvery : false,
    // Another filter's rows until one's own are there, and never another identity's.
    placeholderData: (rows, from) => (from?.queryKey[1] === api.identity.id ? rows : undefined),
  })
}
