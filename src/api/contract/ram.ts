/** Users, groups, roles and their access keys: RAM API 2015-05-01. */
import { action } from './action.ts'
import {
  groupName,
  groups,
  markerPaging,
  markerRest,
  policyDocument,
  ramRead as read,
  roleFields,
  roleName,
  upTo,
  userName,
  users,
} from './directory.ts'
import { integer, required, text } from './params.ts'
import { limits } from './rules.ts'
import * as shape from './shapes.ts'

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

const write = { ...read, kind: 'write' } as const
const nothing = shape.object({})

export const ramActions = {
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
