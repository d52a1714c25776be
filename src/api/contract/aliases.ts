import * as z from 'zod/mini'
import { action } from './action.ts'
import { integer, page, required, text } from './params.ts'
import { aliasNameProblem, limits } from './rules.ts'

const aliasList = z.looseObject({
  Aliases: z.looseObject({
    Alias: z.array(z.looseObject({ AliasName: z.string(), AliasArn: z.string(), KeyId: z.string() })),
  }),
  PageNumber: z.number(),
  PageSize: z.number(),
  TotalCount: z.number(),
})

export const aliasActions = {
  CreateAlias: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:CreateAlias',
    subject: 'aliasAndKey',
    params: { KeyId: required(text()), AliasName: required(text(aliasNameProblem)) },
    refused: [],
    output: z.looseObject({}),
  }),
  /** Points an alias that is there at another key. */
  UpdateAlias: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:UpdateAlias',
    subject: 'aliasAndKey',
    params: { KeyId: required(text()), AliasName: required(text(aliasNameProblem)) },
    refused: [],
    output: z.looseObject({}),
  }),
  DeleteAlias: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:DeleteAlias',
    subject: 'alias',
    params: { AliasName: required(text(aliasNameProblem)) },
    refused: [],
    output: z.looseObject({}),
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
