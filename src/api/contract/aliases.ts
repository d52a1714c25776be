import * as shape from './shapes.ts'
import { action } from './action.ts'
import { integer, page, required, text } from './params.ts'
import { aliasNameProblem, limits } from './rules.ts'

const aliasList = shape.object({
  Aliases: shape.object({
    Alias: shape.array(shape.object({ AliasName: shape.string(), AliasArn: shape.string(), KeyId: shape.string() })),
  }),
  PageNumber: shape.number(),
  PageSize: shape.number(),
  TotalCount: shape.number(),
})

export const aliasActions = {
  CreateAlias: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:CreateAlias',
    subject: 'aliasAndKey',
    params: { KeyId: required(text()), AliasName: required(text(aliasNameProblem)) },
    refused: [],
    output: shape.object({}),
  }),
  /** Points an alias that is there at another key. */
  UpdateAlias: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:UpdateAlias',
    subject: 'aliasAndKey',
    params: { KeyId: required(text()), AliasName: required(text(aliasNameProblem)) },
    refused: [],
    output: shape.object({}),
  }),
  DeleteAlias: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:DeleteAlias',
    subject: 'alias',
    params: { AliasName: required(text(aliasNameProblem)) },
    refused: [],
    output: shape.object({}),
  }),
  ListAliases: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListAliases',
    subject: 'aliases',
    params: { PageNumber: page(), PageSize: integer(limits.pageSize.ListAliases) },
    refused: [],
    output: aliasList,
  }),
  ListAliasesByKeyId: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListAliasesByKeyId',
    subject: 'key',
    params: {
      KeyId: required(text()),
      PageNumber: page(),
      PageSize: integer(limits.pageSize.ListAliasesByKeyId),
    },
    refused: [],
    output: aliasList,
  }),
} as const
