/** Which policies are attached to users, roles and groups: RAM API 2015-05-01. */
import type { Output } from '#src/api/contract/actions.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import type { PolicyType } from '#src/api/contract/ram-policies.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { wireTime } from '#mocks/kms/time.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { PolicyRef } from '#mocks/store/rows.ts'
import { policyRowOf } from './attached.ts'
import { groupNamed, roleNamed, userNamed } from './directory.ts'
import { attaches, describePolicy, holdersIn, policyNamed } from './policies.ts'

interface Holder {
  readonly kind: 'User' | 'Role' | 'Group'
  readonly policies: readonly PolicyRef[]
  readonly put: (policies: readonly PolicyRef[]) => void
}

/** Somebody whose policies are to be read or changed. Throws where there is no such. */
const user = (ctx: Context, name: string): Holder => {
  const row = userNamed(ctx, name)
  const put = (policies: readonly PolicyRef[]) => ctx.db.write((tx) => tx.principals.put({ ...row, policies }))
  return { kind: 'User', policies: row.policies, put }
}
const role = (ctx: Context, name: string): Holder => {
  const row = roleNamed(ctx, name)
  const put = (policies: readonly PolicyRef[]) => ctx.db.write((tx) => tx.principals.put({ ...row, policies }))
  return { kind: 'Role', policies: row.policies, put }
}
const group = (ctx: Context, name: string): Holder => {
  const row = groupNamed(ctx, name)
  const put = (policies: readonly PolicyRef[]) => ctx.db.write((tx) => tx.groups.put({ ...row, policies }))
  return { kind: 'Group', policies: row.policies, put }
}

const attachedTwice = {
  User: 'EntityAlreadyExists.User.Policy',
  Role: 'EntityAlreadyExists.Role.Policy',
  Group: 'EntityAlreadyExists.Group.Policy',
} as const satisfies Record<Holder['kind'], ErrorCode>
const notAttached = {
  User: 'EntityNotExist.User.Policy',
  Role: 'EntityNotExist.Role.Policy',
  Group: 'EntityNotExist.Group.Policy',
} as const satisfies Record<Holder['kind'], ErrorCode>

interface Named {
  readonly PolicyType: PolicyType
  readonly PolicyName: string
}

function attach(ctx: Context, holder: Holder, { PolicyType: type, PolicyName: name }: Named): object {
  policyNamed(ctx, { type, name })
  if (attaches({ type, name })(holder)) throw new ServiceError(attachedTwice[holder.kind])
  holder.put([...holder.policies, { name, type, attachedAt: ctx.now }])
  return {}
}

function detach(holder: Holder, { PolicyType: type, PolicyName: name }: Named): object {
  const rest = holder.policies.filter((ref) => ref.name !== name || ref.type !== type)
  if (rest.length === holder.policies.length) throw new ServiceError(notAttached[holder.kind])
  holder.put(rest)
  return {}
}

function listed(ctx: Context, { policies }: Holder): Output<'ListPoliciesForUser'> {
  const Policy = policies.flatMap((ref) => {
    const row = policyRowOf(ctx.db.read, ctx.caller.accountId, ref)
    return row ? [{ ...describePolicy(row), AttachDate: wireTime(ref.attachedAt) }] : []
  })
  return { Policies: { Policy } }
}

export const attachmentRules = {
  ListPoliciesForUser: (ctx, { UserName }) => listed(ctx, user(ctx, UserName)),
  ListPoliciesForRole: (ctx, { RoleName }) => listed(ctx, role(ctx, RoleName)),
  ListPoliciesForGroup: (ctx, { GroupName }) => listed(ctx, group(ctx, GroupName)),
  AttachPolicyToUser: (ctx, input) => attach(ctx, user(ctx, input.UserName), input),
  AttachPolicyToRole: (ctx, input) => attach(ctx, role(ctx, input.RoleName), input),
  AttachPolicyToGroup: (ctx, input) => attach(ctx, group(ctx, input.GroupName), input),
  DetachPolicyFromUser: (ctx, input) => detach(user(ctx, input.UserName), input),
  DetachPolicyFromRole: (ctx, input) => detach(role(ctx, input.RoleName), input),
  DetachPolicyFromGroup: (ctx, input) => detach(group(ctx, input.GroupName), input),
  ListEntitiesForPolicy: (ctx, { PolicyType: type, PolicyName: name }) => {
    policyNamed(ctx, { type, name })
    const { users, groups, roles } = holdersIn(ctx)
    const holding = <R extends { readonly name: string; readonly policies: readonly PolicyRef[] }>(
      rows: readonly R[],
    ) =>
      rows
        .flatMap((row) => {
          const ref = row.policies.find((one) => one.name === name && one.type === type)
          return ref ? [{ row, AttachDate: wireTime(ref.attachedAt) }] : []
        })
        .sort((a, b) => (a.row.name < b.row.name ? -1 : 1))
    return {
      Users: {
        User: holding(users).map(({ row, AttachDate }) => ({
          UserId: row.id,
          UserName: row.name,
          DisplayName: row.displayName,
          AttachDate,
        })),
      },
      Groups: {
        Group: holding(groups).map(({ row, AttachDate }) => ({
          GroupName: row.name,
          Comments: row.comments,
          AttachDate,
        })),
      },
      Roles: {
        Role: holding(roles).map(({ row, AttachDate }) => ({
          RoleId: row.id,
          RoleName: row.name,
          Arn: row.arn,
          Description: row.displayName,
          AttachDate,
        })),
      },
    }
  },
} satisfies Rules<
  | 'ListPoliciesForUser'
  | 'ListPoliciesForRole'
  | 'ListPoliciesForGroup'
  | 'AttachPolicyToUser'
  | 'AttachPolicyToRole'
  | 'AttachPolicyToGroup'
  | 'DetachPolicyFromUser'
  | 'DetachPolicyFromRole'
  | 'DetachPolicyFromGroup'
  | 'ListEntitiesForPolicy'
>
