/** The RAM (2015-05-01) and STS (2015-04-01) calls that the console needs. */
import * as z from 'zod/mini'
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
    output: z.looseObject({
      Users: z.looseObject({
        User: z.array(
          z.looseObject({
            UserId: z.string(),
            UserName: z.string(),
            DisplayName: z.optional(z.string()),
          }),
        ),
      }),
      IsTruncated: z.boolean(),
      Marker: z.optional(z.string()),
    }),
  }),
  ListRoles: action({
    product: 'ram',
    kind: 'read',
    permission: 'ram:ListRoles',
    subject: 'account',
    params: paging,
    refused: [],
    output: z.looseObject({
      Roles: z.looseObject({
        Role: z.array(
          z.looseObject({
            RoleId: z.string(),
            RoleName: z.string(),
            Arn: z.string(),
            Description: z.optional(z.string()),
          }),
        ),
      }),
      IsTruncated: z.boolean(),
      Marker: z.optional(z.string()),
    }),
  }),
  GetCallerIdentity: action({
    product: 'sts',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: {},
    refused: [],
    output: z.looseObject({
      AccountId: z.string(),
      Arn: z.string(),
      IdentityType: z.string(),
      PrincipalId: z.optional(z.string()),
      UserId: z.optional(z.string()),
    }),
  }),
} as const
