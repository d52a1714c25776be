/** What an account has in RAM, by name, and lists of it page by page. */
import { roleArn, userArn } from '#src/api/contract/arn.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { Context } from '#mocks/kms/context.ts'
import { seededText } from '#mocks/runtime.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, GroupRow, PrincipalRow } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'
import { groupId } from './attached.ts'

type Here = Pick<Context, 'caller' | 'db'>
export type RoleRow = PrincipalRow & { readonly role: NonNullable<PrincipalRow['role']> }

export function userNamed({ caller, db }: Here, name: string): PrincipalRow {
  const row = db.read.principals.get(userArn(caller.accountId, name))
  if (!row) throw new ServiceError('EntityNotExist.User')
  return row
}

export function roleNamed({ caller, db }: Here, name: string): RoleRow {
  const row = db.read.principals.get(roleArn(caller.accountId, name))
  if (!row?.role) throw new ServiceError('EntityNotExist.Role')
  return { ...row, role: row.role }
}

export function groupNamed({ caller, db }: Here, name: string): GroupRow {
  const row = db.read.groups.get(groupId(caller.accountId, name))
  if (!row) throw new ServiceError('EntityNotExist.Group')
  return row
}

/** The caller's account's rows of a table. */
export const ownRows = <R extends { readonly accountId: string | null }>(
  { caller }: Here,
  rows: Iterable<R>,
): readonly R[] => [...rows].filter(({ accountId }) => accountId === caller.accountId)

interface Paging {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface Page<R> {
  readonly rows: readonly R[]
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string }
}

/** A page in the order of the names, each of which is one row's. A marker is the last name of the page before. */
export function pageBy<R>(
  all: readonly R[],
  nameOf: (row: R) => string,
  { Marker = '', MaxItems = limits.maxItems.preset }: Paging,
): Page<R> {
  const following = all.filter((row) => nameOf(row) > Marker).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const rows = following.slice(0, MaxItems)
  const last = rows.at(-1)
  return following.length > rows.length && last !== undefined
    ? { rows, rest: { IsTruncated: true, Marker: nameOf(last) } }
    : { rows, rest: { IsTruncated: false } }
}

/** RAM's own ID of a new user or role: 18 digits, the next of the world's seed. */
export function drawPrincipalId(tx: Pick<WriteTransaction<CloudTables>, 'world'>): string {
  const world = tx.world.get('world')!
  tx.world.put({ ...world, drawn: world.drawn + 1 })
  return Array.from(seededText(world.seed, world.drawn, 18), (character) => character.charCodeAt(0) % 10).join('')
}
