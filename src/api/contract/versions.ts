/** Key versions and rotation (KMS API 2016-01-20). For an external key they are the key manager's business: refused by kind. */
import * as shape from './shapes.ts'
import { action } from './action.ts'
import { boolean, integer, page, required, text } from './params.ts'
import { limits, rotationIntervalProblem } from './rules.ts'

const keyVersion = shape.object({ KeyId: shape.string(), KeyVersionId: shape.string(), CreationDate: shape.string() })
export type KeyVersion = shape.Of<typeof keyVersion>

export const versionActions = {
  ListKeyVersions: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListKeyVersions',
    subject: 'key',
    params: { KeyId: required(text()), PageNumber: page(), PageSize: integer(limits.pageSize.ListKeyVersions) },
    refused: [],
    output: shape.object({
      KeyVersions: shape.object({ KeyVersion: shape.array(keyVersion) }),
      PageNumber: shape.number(),
      PageSize: shape.number(),
      TotalCount: shape.number(),
    }),
  }),
  DescribeKeyVersion: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeKeyVersion',
    subject: 'key',
    params: { KeyId: required(text()), KeyVersionId: required(text()) },
    refused: [],
    output: shape.object({ KeyVersion: keyVersion }),
  }),
  CreateKeyVersion: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:CreateKeyVersion',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: shape.object({ KeyVersion: keyVersion }),
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
    output: shape.object({}),
  }),
} as const
