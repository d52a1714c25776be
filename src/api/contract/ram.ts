/** Users, groups, roles and their access keys: RAM API 2015-05-01. */
import { action } from './action.ts'
import { integer, required, text } from './params.ts'
import { limits, type Problem } from './rules.ts'
import * as shape from './shapes.ts'

/** Of names and other short texts, by a pattern over the whole. */
export const named = (pattern: RegExp) =>
  text((value): Problem | null => (pattern.test(value) ? null : { code: 'malformed', reason: 'shape' }))
export const upTo = (max: number) =>
  text((value): Problem | null => (value.length > max ? { code: 'tooLong', max, length: value.length } : null))

const principalName = /^[A-Za-z0-9._-]{1,64}$/
export const userName = required(named(principalName))
export const roleName = required(named(principalName))
/** Published without the underscore (RAM API, Error messages). */
export const groupName = required(named(/^[A-Za-z0-9-]{1,64}$/))
export const policyDocument = required(upTo(limits.ramDocument))

export const markerPaging = { Marker: text(), MaxItems: integer(limits.maxItems) }
export const markerRest = { IsTruncated: shape.boolean(), Marker: shape.optional(shape.string()) }

/** `{ Users: { User: […] } }`, as RAM lists things. */
export const users = <F extends Parameters<typeof shape.object>[0]>(more: F) =>
  shape.object({
    User: shape.array(shape.object({ UserName: shape.string(), DisplayName: shape.optional(shape.string()), ...more })),
  })
export const groups = <F extends Parameters<typeof shape.object>[0]>(more: F) =>
  shape.object({
    Group: shape.array(shape.object({ GroupName: shape.string(), Comments: shape.optional(shape.string()), ...more })),
  })
export const roles = <F extends Parameters<typeof shape.object>[0]>(more: F) =>
  shape.object({ Role: shape.array(shape.object({ ...roleFields, ...more })) })

const roleFields = {
  RoleId: shape.string(),
  RoleName: shape.string(),
  Arn: shape.string(),
  Description: shape.optional(shape.string()),
}

const user = shape.object({
  UserId: shape.string(),
  UserName: shape.string(),
  DisplayName: shape.optional(shape.string()),
  CreateDate: shape.string(),
})

const role = shape.object({
  ...roleFields,
  CreateDate: shape.string(),
  /** Seconds. */
  MaxSessionDuration: shape.number(),
  AssumeRolePolicyDocument: shape.string(),
})

const base = { product: 'ram', subject: 'ram', refused: [] } as const
const read = { ...base, kind: 'read' } as const
const write = { ...base, kind: 'write' } as const
const nothing = shape.object({})

export const ramActions = {
  ListUsers: action({
    ...read,
    permission: 'ram:ListUsers',
    params: markerPaging,
    output: shape.object({
      Users: users({ UserId: shape.string(), CreateDate: shape.optional(shape.string()) }),
      ...markerRest,
    }),
  }),
  GetUser: action({
    ...read,
    permission: 'ram:GetUser',
    params: { UserName: userName },
    output: shape.object({ User: user }),
  }),
  CreateUser: action({
    ...write,
    permission: 'ram:CreateUser',
    params: { UserName: userName, DisplayName: upTo(128) },
    refused: ['MobilePhone', 'Email', 'Comments'],
    output: shape.object({ User: user }),
  }),
  /** Groups, access keys and policies have to be taken from the user before. */
  DeleteUser: action({ ...write, permission: 'ram:DeleteUser', params: { UserName: userName }, output: nothing }),
  ListAccessKeys: action({
    ...read,
    permission: 'ram:ListAccessKeys',
    params: { UserName: userName },
    output: shape.object({
      AccessKeys: shape.object({
        AccessKey: shape.array(
          shape.object({ AccessKeyId: shape.string(), Status: shape.oneOf(['Active', 'Inactive']) }),
        ),
      }),
    }),
  }),
  DeleteAccessKey: action({
    ...write,
    permission: 'ram:DeleteAccessKey',
    params: { UserName: userName, UserAccessKeyId: required(text()) },
    output: nothing,
  }),

  ListRoles: action({
    ...read,
    permission: 'ram:ListRoles',
    params: markerPaging,
    output: shape.object({
      Roles: roles({
        CreateDate: shape.optional(shape.string()),
        MaxSessionDuration: shape.optional(shape.number()),
      }),
      ...markerRest,
    }),
  }),
  GetRole: action({
    ...read,
    permission: 'ram:GetRole',
    params: { RoleName: roleName },
    output: shape.object({ Role: role }),
  }),
  CreateRole: action({
    ...write,
    permission: 'ram:CreateRole',
    params: {
      RoleName: roleName,
      AssumeRolePolicyDocument: policyDocument,
      Description: upTo(1024),
      MaxSessionDuration: integer(limits.roleSessionSeconds),
    },
    output: shape.object({ Role: role }),
  }),
  DeleteRole: action({ ...write, permission: 'ram:DeleteRole', params: { RoleName: roleName }, output: nothing }),

  ListGroups: action({
    ...read,
    permission: 'ram:ListGroups',
    params: markerPaging,
    output: shape.object({ Groups: groups({ CreateDate: shape.optional(shape.string()) }), ...markerRest }),
  }),
  ListGroupsForUser: action({
    ...read,
    permission: 'ram:ListGroupsForUser',
    params: { UserName: userName },
    output: shape.object({ Groups: groups({ JoinDate: shape.optional(shape.string()) }) }),
  }),
  ListUsersForGroup: action({
    ...read,
    permission: 'ram:ListUsersForGroup',
    params: { GroupName: groupName, ...markerPaging },
    output: shape.object({ Users: users({ JoinDate: shape.optional(shape.string()) }), ...markerRest }),
  }),
  AddUserToGroup: action({
    ...write,
    permission: 'ram:AddUserToGroup',
    params: { UserName: userName, GroupName: groupName },
    output: nothing,
  }),
  RemoveUserFromGroup: action({
    ...write,
    permission: 'ram:RemoveUserFromGroup',
    params: { UserName: userName, GroupName: groupName },
    output: nothing,
  }),
} as const
