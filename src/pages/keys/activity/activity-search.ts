/** Where one stands in a key's activity, in the address of its page. What cannot stand is left out. */
import type { Input } from '#src/api/contract/actions.ts'
import { pageSizes, type PageSize } from '#src/pages/keys/key-search.ts'

export const results = ['Success', 'Refused'] as const
export type ActivityResult = (typeof results)[number]

/** Absent means: everything, page 1 of 10 rows. */
export interface ActivitySearch {
  readonly action?: string | undefined
  readonly principal?: string | undefined
  readonly result?: ActivityResult | undefined
  readonly request?: string | undefined
  readonly page?: number | undefined
  readonly size?: Exclude<PageSize, 10> | undefined
}

/** No action, ARN or request ID is longer. */
const longest = 256
const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

export function readActivitySearch(raw: Readonly<Record<string, unknown>>): ActivitySearch {
  const texts = (['action', 'principal', 'request'] as const).map((name) => [name, asText(raw[name])] as const)
  const result = results.find((known) => known === raw.result)
  const page = Number(asText(raw.page))
  const size = pageSizes.find((known) => known === Number(asText(raw.size)))
  return {
    ...Object.fromEntries(texts.filter(([, text]) => text !== '' && text.length <= longest)),
    ...(result === undefined ? {} : { result }),
    ...(Number.isSafeInteger(page) && page > 1 && page <= 1_000_000 ? { page } : {}),
    ...(size === undefined || size === 10 ? {} : { size }),
  }
}

export const isFiltered = ({ action, principal, result, request }: ActivitySearch): boolean =>
  [action, principal, result, request].some((value) => value !== undefined)

export const activityInput = (keyId: string, search: ActivitySearch): Input<'ListKeyActivity'> => ({
  KeyId: keyId,
  EventName: search.action,
  PrincipalArn: search.principal,
  Result: search.result,
  RequestId: search.request,
  PageNumber: search.page ?? 1,
  PageSize: search.size ?? 10,
})
