/** RAM roles: RAM API 2015-05-01. */
import { roleArn } from '#src/api/contract/arn.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { Rules } from '#mocks/kms/context.ts'
import { wireTime } from '#mocks/kms/time.ts'
import { ServiceError } from '#mocks/service-error.ts'
import { drawPrincipalId, ownRows, pageBy, roleNamed, type RoleRow } from './directory.ts'
import { readDocument } from './documents.ts'
import { parseTrustPolicy } from './parse-trust.ts'

const listed = ({ id, name, arn, displayName, createdAt, role }: RoleRow) => ({
  RoleId: id,
  RoleName: name,
  Arn: arn,
  Description: displayName,
  CreateDate: wireTime(createdAt),
  MaxSessionDuration: role.maxSessionMs / 1000,
})

const described = (row: RoleRow) => ({ ...listed(row), AssumeRolePolicyDocument: JSON.stringify(row.role.trust) })

export const roleRules = {
  ListRoles: (ctx, input) => {
    const all = ownRows(ctx, ctx.db.read.principals.values()).flatMap((row): readonly RoleRow[] =>
      row.role ? [{ ...row, role: row.role }] : [],
    )
    const { rows, rest } = pageBy(all, ({ name }) => name, input)
    return { Roles: { Role: rows.map(listed) }, ...rest }
  },
  GetRole: (ctx, { RoleName }) => ({ Role: described(roleNamed(ctx, RoleName)) }),
  CreateRole: (ctx, input) => {
    const { RoleName, AssumeRolePolicyDocument, Description = '' } = input
    const seconds = input.MaxSessionDuration ?? limits.roleSessionSeconds.preset
    const { accountId } = ctx.caller
    const trust = readDocument('AssumeRolePolicyDocument', parseTrustPolicy(AssumeRolePolicyDocument))
    const arn = roleArn(accountId, RoleName)
    if (ctx.db.read.principals.get(arn)) throw new ServiceError('EntityAlreadyExists.Role')
    const role = ctx.db.write((tx) => {
      const row: RoleRow = {
        arn,
        accountId,
        kind: 'role',
        name: RoleName,
        id: drawPrincipalId(tx),
        displayName: Description,
        policies: [],
        createdAt: ctx.now,
        role: { trust, maxSessionMs: seconds * 1000 },
      }
      tx.principals.put(row)
      return row
    })
    return { Role: described(role) }
  },
  /** Credentials of the role that are under way end with it. */
  DeleteRole: (ctx, { RoleName }) => {
    const role = roleNamed(ctx, RoleName)
    if (role.policies.length > 0) throw new ServiceError('DeleteConflict.Role.Policy')
    ctx.db.write((tx) => tx.principals.delete(role.arn))
    return {}
  },
} satisfies Rules<'ListRoles' | 'GetRole' | 'CreateRole' | 'DeleteRole'>
