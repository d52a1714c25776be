/** The key list's place in the URL: read leniently, kept without what is the default anyway, and turned into ListKeys Filters. */
import { parseKeyArn } from '#src/api/contract/arn.ts'
import { keySpecs, keyUsages, type KeyFilterName } from '#src/api/contract/keys.ts'
import type { Filter } from '#src/api/contract/params.ts'
import { limits } from '#src/api/contract/rules.ts'
import { keyStates } from '#src/api/contract/states.ts'

export const pageSizes = [10, 20, 50] as const
export type PageSize = (typeof pageSizes)[number]

interface FilterDefinition {
  /** The API's name of the filter. */
  readonly key: KeyFilterName
  /** The values that exist; null: any text. */
  readonly allowed: readonly string[] | null
  /** What a person typed or pasted, as the API takes it. */
  readonly normalise?: (text: string) => string
}

/** The list's filters in the order in which they are offered. Within one, values are alternatives; between them, all must hold. */
export const filterFields = {
  state: { key: 'KeyState', allowed: keyStates },
  alias: { key: 'AliasName', allowed: null, normalise: (text) => (text.startsWith('alias/') ? text : `alias/${text}`) },
  tagKey: { key: 'TagKey', allowed: null },
  tagValue: { key: 'TagValue', allowed: null },
  keyId: { key: 'keyId', allowed: null, normalise: (text) => parseKeyArn(text)?.keyId ?? text },
  spec: { key: 'KeySpec', allowed: keySpecs },
  usage: { key: 'KeyUsage', allowed: keyUsages },
} as const satisfies Record<string, FilterDefinition>

export type FilterField = keyof typeof filterFields
export const filterFieldNames = Object.keys(filterFields) as readonly FilterField[]

export type FilterSearch = { readonly [F in FilterField]?: readonly string[] | undefined }

/** Search parameters of the key list. Absent means default: user keys, the preset instance, page 1 of 10 rows, no filter, no panel. */
export interface KeySearch extends FilterSearch {
  readonly tab?: 'default' | undefined
  readonly instance?: string | undefined
  readonly page?: number | undefined
  readonly size?: Exclude<PageSize, 10> | undefined
  readonly panel?: 'create' | undefined
}

/** No alias, tag or identifier is longer. */
const longest = 512
/** A list written by hand may be `a,b`; no value of any filter holds a comma. */
const texts = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value]
/** The router reads `7` as a number and `true` as a truth value; to a filter they are text. */
const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : ''

/** The values of one filter that may stand: known ones, each once, as many as the API takes. Undefined where none is left. */
function readValues(field: FilterField, value: unknown): readonly string[] | undefined {
  const { allowed, normalise }: FilterDefinition = filterFields[field]
  const values = texts(value)
    .map(asText)
    .filter((text) => text !== '')
    .map((text) => normalise?.(text) ?? text)
    .filter((text) => text.length <= longest && (allowed?.includes(text) ?? true))
  const distinct = [...new Set(values)].slice(0, limits.filters.values)
  return distinct.length === 0 ? undefined : distinct
}

/** Reads search parameters, whatever they are: what cannot stand is left out, so no link can break the page. */
export function readKeySearch(raw: Readonly<Record<string, unknown>>): KeySearch {
  const instance = asText(raw.instance)
  const page = Number(asText(raw.page))
  const size = pageSizes.find((candidate) => candidate === Number(asText(raw.size)))
  const filters = filterFieldNames.map((field) => [field, readValues(field, raw[field])] as const)
  return {
    ...(raw.tab === 'default' ? { tab: raw.tab } : {}),
    ...(instance === '' || instance.length > longest ? {} : { instance }),
    ...(Number.isSafeInteger(page) && page > 1 && page <= 1_000_000 ? { page } : {}),
    ...(size === undefined || size === 10 ? {} : { size }),
    ...Object.fromEntries(filters.filter(([, values]) => values !== undefined)),
    ...(raw.panel === 'create' ? { panel: raw.panel } : {}),
  }
}

export interface ActiveFilter {
  readonly field: FilterField
  readonly value: string
}

/** Every value that narrows the list, in the order of the fields. */
export const activeFilters = (search: FilterSearch): readonly ActiveFilter[] =>
  filterFieldNames.flatMap((field) => (search[field] ?? []).map((value) => ({ field, value })))

/** The search with one value more. Filtering starts again at page 1. */
export const addFilter = (search: KeySearch, { field, value }: ActiveFilter): KeySearch =>
  readKeySearch({ ...search, page: 1, [field]: [...(search[field] ?? []), value] })

export const removeFilter = (search: KeySearch, { field, value }: ActiveFilter): KeySearch =>
  readKeySearch({ ...search, page: 1, [field]: (search[field] ?? []).filter((item) => item !== value) })

export function clearFilters(search: KeySearch): KeySearch {
  const none = Object.fromEntries(filterFieldNames.map((field) => [field, undefined]))
  return readKeySearch({ ...search, ...none, page: 1 })
}

/** KMS API 2016-01-20, ListKeys Filters: the instance's keys that match every field. */
export function listFilters(search: FilterSearch, instanceId: string): readonly Filter[] {
  const fields = filterFieldNames.flatMap((field): readonly Filter[] => {
    const Values = search[field]
    return Values ? [{ Key: filterFields[field].key, Values }] : []
  })
  return [{ Key: 'DKMSInstanceId' satisfies KeyFilterName, Values: [instanceId] }, ...fields]
}

/** How many pages a list has; an empty list has one. */
export const pageCount = (total: number, size: number): number => Math.max(1, Math.ceil(total / size))
