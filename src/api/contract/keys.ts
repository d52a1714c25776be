import * as shape from './shapes.ts'
import { action } from './action.ts'
import { boolean, clearable, filters, integer, json, oneOf, page, required, text } from './params.ts'
import { readTags } from './tag-text.ts'
import { descriptionProblem, externalKeyIdProblem, limits, rotationIntervalProblem } from './rules.ts'

/** KeySpec values that exist; which of them this build makes, says `instanceCapabilities` (KMS user guide, Key management types and key specifications). */
export const keySpecs = [
  'Aliyun_AES_256',
  'Aliyun_AES_192',
  'Aliyun_AES_128',
  'Aliyun_SM4',
  'RSA_2048',
  'RSA_3072',
  'EC_P256',
  'EC_P256K',
  'EC_SM2',
] as const
export type KeySpec = (typeof keySpecs)[number]
export const keyUsages = ['ENCRYPT/DECRYPT', 'SIGN/VERIFY'] as const
export type KeyUsage = (typeof keyUsages)[number]
export const origins = ['Aliyun_KMS', 'EXTERNAL'] as const
export const protectionLevels = ['SOFTWARE', 'HSM'] as const
export const storageMechanisms = ['HsmInternal', 'HsmEncryptedDatabase'] as const

/** KMS API 2016-01-20, KeyMetadata of DescribeKey. Times are `2024-05-20T06:34:21Z`. */
export const keyMetadata = shape.object({
  KeyId: shape.string(),
  Arn: shape.string(),
  KeySpec: shape.string(),
  KeyUsage: shape.string(),
  KeyState: shape.oneOf(['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport']),
  Creator: shape.string(),
  CreationDate: shape.string(),
  Description: shape.optional(shape.string()),
  Origin: shape.optional(shape.string()),
  ProtectionLevel: shape.optional(shape.string()),
  DKMSInstanceId: shape.optional(shape.string()),
  DeleteDate: shape.optional(shape.string()),
  PrimaryKeyVersion: shape.optional(shape.string()),
  LastRotationDate: shape.optional(shape.string()),
  NextRotationDate: shape.optional(shape.string()),
  /** Enabled, Disabled or Suspended (the key is not Enabled). */
  AutomaticRotation: shape.optional(shape.string()),
  /** Seconds, e.g. `31536000s`. */
  RotationInterval: shape.optional(shape.string()),
  MaterialExpireTime: shape.optional(shape.string()),
  DeletionProtection: shape.optional(shape.oneOf(['Enabled', 'Disabled'])),
  DeletionProtectionDescription: shape.optional(shape.string()),
  /** Extension: where a hardware key is kept, which decides whether it can rotate. CreateKey takes it; no published answer tells it. */
  KeyStorageMechanism: shape.optional(shape.string()),
  /** Extension: the key in the key manager behind the proxy. */
  ExternalKeyId: shape.optional(shape.string()),
})
export type KeyMetadata = shape.Of<typeof keyMetadata>

/** The keys that ListKeys Filters take; `keyId` has a small k in the published list. */
export const keyFilterNames = [
  'KeyState',
  'KeySpec',
  'KeyUsage',
  'ProtectionLevel',
  'CreatorType',
  'DKMSInstanceId',
  'keyId',
  'AliasName',
  'Creator',
  'TagKey',
  'TagValue',
] as const
export type KeyFilterName = (typeof keyFilterNames)[number]

export const keyActions = {
  CreateKey: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:CreateKey',
    subject: 'keys',
    params: {
      DKMSInstanceId: text(),
      KeySpec: oneOf(keySpecs),
      KeyUsage: oneOf(keyUsages),
      Origin: oneOf(origins),
      Description: text(descriptionProblem),
      Tags: json(readTags),
      /** Read strictly by the gateway, see `policy.ts`: its parser is no part of what the client needs to send it. */
      Policy: text(),
      ProtectionLevel: oneOf(protectionLevels),
      EnableAutomaticRotation: boolean(),
      RotationInterval: text(rotationIntervalProblem),
      KeyStorageMechanism: oneOf(storageMechanisms),
      /** Extension: no published parameter names an external key. */
      ExternalKeyId: text(externalKeyIdProblem),
    },
    refused: [],
    output: shape.object({ KeyMetadata: keyMetadata }),
  }),
  DescribeKey: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeKey',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: shape.object({ KeyMetadata: keyMetadata }),
  }),
  ListKeys: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListKeys',
    subject: 'keys',
    params: {
      PageNumber: page(),
      PageSize: integer(limits.pageSize.ListKeys),
      Filters: filters(keyFilterNames),
    },
    refused: [],
    output: shape.object({
      Keys: shape.object({
        Key: shape.array(shape.object({ KeyId: shape.string(), KeyArn: shape.string() })),
      }),
      PageNumber: shape.number(),
      PageSize: shape.number(),
      TotalCount: shape.number(),
    }),
  }),
  EnableKey: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:EnableKey',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: shape.object({}),
  }),
  DisableKey: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:DisableKey',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: shape.object({}),
  }),
  UpdateKeyDescription: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:UpdateKeyDescription',
    subject: 'key',
    params: { KeyId: required(text()), Description: required(clearable(text(descriptionProblem))) },
    refused: [],
    output: shape.object({}),
  }),
  ScheduleKeyDeletion: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:ScheduleKeyDeletion',
    subject: 'key',
    params: { KeyId: required(text()), PendingWindowInDays: required(integer(limits.deletionDays)) },
    refused: [],
    output: shape.object({}),
  }),
  CancelKeyDeletion: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:CancelKeyDeletion',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: shape.object({}),
  }),
  /** The key is named by its ID or by its ARN; an instance's protection is not implemented. */
  SetDeletionProtection: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:SetDeletionProtection',
    subject: 'protected',
    params: {
      KeyId: text(),
      ProtectedResourceArn: text(),
      KmsInstanceId: text(),
      EnableDeletionProtection: required(boolean()),
      DeletionProtectionDescription: text(descriptionProblem),
    },
    refused: [],
    output: shape.object({}),
  }),
  GetKeyPolicy: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:GetKeyPolicy',
    subject: 'key',
    params: { KeyId: required(text()), PolicyName: text() },
    refused: [],
    output: shape.object({ Policy: shape.string() }),
  }),
  SetKeyPolicy: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:SetKeyPolicy',
    subject: 'key',
    params: {
      KeyId: required(text()),
      PolicyName: text(),
      Policy: required(text()),
    },
    refused: [],
    output: shape.object({}),
  }),
} as const
