/** Who there is: RAM API 2015-05-01. */
import { limits } from '#src/api/contract/rules.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import type { PrincipalRow } from '#mocks/store/rows.ts'

interface Paging {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

/** A page of an account's users or roles, by name. A marker is the last name of the page before. */
function principalsPage(
  { db, caller }: Context,
  kind: PrincipalRow['kind'],
  { Marker = '', MaxItems = limits.maxItems.preset }: Paging,
): { readonly rows: readonly PrincipalRow[]; readonly rest: { IsTruncated: boolean; Marker?: string } } {
  const following = [...db.read.principals.values()]
    .filter((row) => row.accountId === caller.accountId && row.kind === kind && row.name > Marker)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const rows = following.slice(0, MaxItems)
  const truncated = following.length > rows.length
  return { rows, rest: { IsTruncated: truncated, ...(truncated ? { Marker: rows.at(-1)!.name } : {}) } }
}

export const identityRules = {
  ListUsers: (ctx, input) => {
    const { rows, rest } = principalsPage(ctx, 'user', input)
    const users = rows.map(({ id, name, displayName }) => ({ UserId: id, UserName: name, DisplayName: displayName }))
    return { Users: { User: users }, ...rest }
  },
  ListRoles: (ctx, input) => {
    const { rows, rest } = principalsPage(ctx, 'role', input)
    const roles = rows.map(({ id, name, arn, displayName }) => ({
      RoleId: id,
      RoleName: name,
      Arn: arn,
      Description: displayName,
    }))
    return { Roles: { Role: roles }, ...rest }
  },
} satisfies Rules<'ListUsers' | 'ListRoles'>
