/** Key versions and rotation (KMS API 2016-01-20). For an external key they are the key manager's business: refused by kind. */
import * as z from 'zod/mini'
import { action } from './action.ts'
import { boolean, integer, page, required, text } from './params.ts'
import { limits, rotationIntervalProblem } from './rules.ts'

const keyVersion = z.looseObject({ KeyId: z.string(), KeyVersionId: z.string(), CreationDate: z.string() })
export type KeyVersion = z.output<typeof keyVersion>

export const versionActions = {
  ListKeyVersions: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListKeyVersions',
    subject: 'key',
    params: { KeyId: required(text()), PageNumber: page(), PageSize: integer(limits.pageSize.ListKeyVersions) },
    refused: [],
    output: z.looseObject({
      KeyVersions: z.looseObject({ KeyVersion: z.array(keyVersion) }),
      PageNumber: z.number(),
      PageSize: z.number(),
      TotalCount: z.number(),
    }),
  }),
  DescribeKeyVersion: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeKeyVersion',
    subject: 'key',
    params: { KeyId: required(text()), KeyVersionId: required(text()) },
    refused: [],
    output: z.looseObject({ KeyVersion: keyVersion }),
  }),
  CreateKeyVersion: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:CreateKeyVersion',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: z.looseObject({ KeyVersion: keyVersion }),
  }),
  UpdateRotationPolicy: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:UpdateRotationPolicy',
    subject: 'key',
    params: {
      KeyId: required(text()),
      EnableAutomaticRotation: required(boolean()),
      RotationInterval: text(rotationIntervalProblem),
    },
    refused: [],
    output: z.looseObject({}),
  }),
} as const
