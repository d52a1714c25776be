/** What the addresses of the access pages hold. What cannot stand is left out. */
import type { Input } from '#src/api/contract/actions.ts'

/** Groups of permissions, in the order of the matrix: those first that people ask about most. */
export const permissionGroups = ['cryptography', 'manage', 'read', 'labels', 'versions'] as const
export type PermissionGroup = (typeof permissionGroups)[number]

/** What a cell of the matrix says. `impossible`: granted, and KMS refuses it all the same. */
export const cellStates = ['allowed', 'denied', 'none', 'impossible'] as const
export type CellState = (typeof cellStates)[number]

/** No ARN, permission, key name or date is longer. */
const longest = 256
const asText = (value: unknown): string => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  return text.length <= longest ? text : ''
}

const textsOf = <N extends string>(
  raw: Readonly<Record<string, unknown>>,
  names: readonly N[],
): Partial<Record<N, string>> => {
  const found = names.map((name) => [name, asText(raw[name])] as const).filter(([, text]) => text !== '')
  return Object.fromEntries(found) as Partial<Record<N, string>>
}

/** Of the request that is asked about; what is left out is as with the asker, now. */
export interface CircumstancesSearch {
  readonly ip?: string | undefined
  readonly tls?: 'true' | 'false' | undefined
  /** ISO 8601. */
  readonly at?: string | undefined
}

function readCircumstances(raw: Readonly<Record<string, unknown>>): CircumstancesSearch {
  const tls = (['true', 'false'] as const).find((known) => known === String(raw.tls))
  return { ...textsOf(raw, ['ip', 'at']), ...(tls === undefined ? {} : { tls }) }
}

export const circumstancesInput = ({
  ip,
  tls,
  at,
}: CircumstancesSearch): Pick<Input<'ExplainAccess'>, 'SourceIp' | 'SecureTransport' | 'At'> => ({
  SourceIp: ip,
  SecureTransport: tls === undefined ? undefined : tls === 'true',
  At: at,
})

/** The Explain page. `key`: ID, ARN or alias. */
export interface ExplainSearch extends CircumstancesSearch {
  readonly principal?: string | undefined
  readonly permission?: string | undefined
  readonly key?: string | undefined
  /** `keys`: which keys may the principal use? Left out: may the principal do this? */
  readonly ask?: 'keys' | undefined
  /** Of the keys. */
  readonly page?: number | undefined
}

function readPage(raw: unknown): { readonly page?: number } {
  const page = Number(asText(raw))
  return Number.isSafeInteger(page) && page > 1 && page <= 1_000_000 ? { page } : {}
}

export const readExplainSearch = (raw: Readonly<Record<string, unknown>>): ExplainSearch => ({
  ...textsOf(raw, ['principal', 'permission', 'key']),
  ...readCircumstances(raw),
  ...(raw.ask === 'keys' ? { ask: 'keys' } : {}),
  ...readPage(raw.page),
})

/** The access to one key. `principal` and `permission`: the cell that is explained. */
export interface KeyAccessSearch {
  readonly who?: string | undefined
  readonly account?: string | undefined
  /** A group of permissions, or one permission. */
  readonly show?: PermissionGroup | `kms:${string}` | undefined
  readonly verdict?: CellState | undefined
  readonly page?: number | undefined
  readonly principal?: string | undefined
  readonly permission?: string | undefined
}

const isPermission = (text: string): text is `kms:${string}` => /^kms:[A-Za-z]+$/.test(text)

export function readKeyAccessSearch(raw: Readonly<Record<string, unknown>>): KeyAccessSearch {
  const verdict = cellStates.find((known) => known === raw.verdict)
  const text = asText(raw.show)
  const show = permissionGroups.find((known) => known === text) ?? (isPermission(text) ? text : undefined)
  const { principal, permission, ...filters } = textsOf(raw, ['who', 'account', 'principal', 'permission'])
  return {
    ...filters,
    ...(show === undefined ? {} : { show }),
    ...(verdict === undefined ? {} : { verdict }),
    ...readPage(raw.page),
    ...(principal === undefined || permission === undefined ? {} : { principal, permission }),
  }
}

export const isFiltered = ({ who, account, show, verdict }: KeyAccessSearch): boolean =>
  [who, account, show, verdict].some((value) => value !== undefined)
