/** Users and roles: RAM API 2015-05-01. */
import * as shape from './shapes.ts'
import { action } from './action.ts'
import { integer, text } from './params.ts'
import { limits } from './rules.ts'

const paging = { Marker: text(), MaxItems: integer(limits.maxItems) }

export const identityActions = {
  ListUsers: action({
    product: 'ram',
    kind: 'read',
    permission: 'ram:ListUsers',
    subject: 'account',
    params: paging,
    refused: [],
    output: shape.object({
      Users: shape.object({
        User: shape.array(
          shape.object({
            UserId: shape.string(),
            UserName: shape.string(),
            DisplayName: shape.optional(shape.string()),
          }),
        ),
      }),
      IsTruncated: shape.boolean(),
      Marker: shape.optional(shape.string()),
    }),
  }),
  ListRoles: action({
    product: 'ram',
    kind: 'read',
    permission: 'ram:ListRoles',
    subject: 'account',
    params: paging,
    refused: [],
    output: shape.object({
      Roles: shape.object({
        Role: shape.array(
          shape.object({
            RoleId: shape.string(),
            RoleName: shape.string(),
            Arn: shape.string(),
            Description: shape.optional(shape.string()),
          }),
        ),
      }),
      IsTruncated: shape.boolean(),
      Marker: shape.optional(shape.string()),
    }),
  }),
} as const
