/** Who asks, and temporary credentials: STS API 2015-04-01. */
import { action } from './action.ts'
import { parsePrincipalArn } from './arn.ts'
import { integer, required, text } from './params.ts'
import { limits, sessionNameProblem } from './rules.ts'
import * as shape from './shapes.ts'

export const stsActions = {
  GetCallerIdentity: action({
    product: 'sts',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: {},
    refused: [],
    output: shape.object({
      AccountId: shape.string(),
      /** Of a role's session `acs:ram::<uid>:assumed-role/<role>/<session>`. */
      Arn: shape.string(),
      IdentityType: shape.string(),
      PrincipalId: shape.optional(shape.string()),
      UserId: shape.optional(shape.string()),
      RoleId: shape.optional(shape.string()),
    }),
  }),
  AssumeRole: action({
    product: 'sts',
    kind: 'credentials',
    permission: 'sts:AssumeRole',
    subject: 'role',
    params: {
      RoleArn: required(
        text((value) => (parsePrincipalArn(value)?.kind === 'role' ? null : { code: 'malformed', reason: 'shape' })),
      ),
      RoleSessionName: required(text(sessionNameProblem)),
      DurationSeconds: integer(limits.sessionSeconds),
    },
    refused: ['Policy', 'ExternalId', 'SourceIdentity'],
    output: shape.object({
      Credentials: shape.object({
        AccessKeyId: shape.string(),
        AccessKeySecret: shape.string(),
        SecurityToken: shape.string(),
        /** `2024-05-20T06:34:21Z`, by the cloud's clock. */
        Expiration: shape.string(),
      }),
      AssumedRoleUser: shape.object({ Arn: shape.string(), AssumedRoleId: shape.string() }),
    }),
  }),
} as const
