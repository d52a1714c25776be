/** Whom an account has, and what RAM's actions have in common: RAM API 2015-05-01. The rest of RAM is no part of what the console calls. */
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

export const roleFields = {
  RoleId: shape.string(),
  RoleName: shape.string(),
  Arn: shape.string(),
  Description: shape.optional(shape.string()),
}

/** What every action of RAM has in common. */
export const ramRead = { product: 'ram', subject: 'ram', refused: [], kind: 'read' } as const

export const directoryActions = {
  ListUsers: action({
    ...ramRead,
    permission: 'ram:ListUsers',
    params: markerPaging,
    output: shape.object({
      Users: users({ UserId: shape.string(), CreateDate: shape.optional(shape.string()) }),
      ...markerRest,
    }),
  }),
  ListRoles: action({
    ...ramRead,
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
} as const
