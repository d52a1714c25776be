import * as z from 'zod/mini'
import { action } from './action.ts'
import { boolean, clearable, filters, integer, json, jsonText, oneOf, page, required, text } from './params.ts'
import { parsePolicy } from './policy.ts'
import { readTags } from './tag-text.ts'
import {
  descriptionProblem,
  externalKeyIdProblem,
  isProblem,
  limits,
  rotationIntervalProblem,
  type Problem,
} from './rules.ts'

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
export const keyMetadata = z.looseObject({
  KeyId: z.string(),
  Arn: z.string(),
  KeySpec: z.string(),
  KeyUsage: z.string(),
  KeyState: z.enum(['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport']),
  Creator: z.string(),
  CreationDate: z.string(),
  Description: z.optional(z.string()),
  Origin: z.optional(z.string()),
  ProtectionLevel: z.optional(z.string()),
  DKMSInstanceId: z.optional(z.string()),
  DeleteDate: z.optional(z.string()),
  PrimaryKeyVersion: z.optional(z.string()),
  LastRotationDate: z.optional(z.string()),
  NextRotationDate: z.optional(z.string()),
  /** Enabled, Disabled or Suspended (the key is not Enabled). */
  AutomaticRotation: z.optional(z.string()),
  /** Seconds, e.g. `31536000s`. */
  RotationInterval: z.optional(z.string()),
  MaterialExpireTime: z.optional(z.string()),
  DeletionProtection: z.optional(z.enum(['Enabled', 'Disabled'])),
  DeletionProtectionDescription: z.optional(z.string()),
  /** Extension: where a hardware key is kept, which decides whether it can rotate. CreateKey takes it; no published answer tells it. */
  KeyStorageMechanism: z.optional(z.string()),
  /** Extension: the key in the key manager behind the proxy. */
  ExternalKeyId: z.optional(z.string()),
})
export type KeyMetadata = z.output<typeof keyMetadata>

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

function policyProblem(policy: string): Problem | null {
  const parsed = parsePolicy(policy)
  return isProblem(parsed) ? parsed : null
}

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
      Policy: jsonText(policyProblem),
      ProtectionLevel: oneOf(protectionLevels),
      EnableAutomaticRotation: boolean(),
      RotationInterval: text(rotationIntervalProblem),
      KeyStorageMechanism: oneOf(storageMechanisms),
      /** Extension: no published parameter names an external key. */
      ExternalKeyId: text(externalKeyIdProblem),
    },
    refused: [],
    output: z.looseObject({ KeyMetadata: keyMetadata }),
  }),
  DescribeKey: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeKey',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: z.looseObject({ KeyMetadata: keyMetadata }),
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
    output: z.looseObject({
      Keys: z.looseObject({
        Key: z.array(z.looseObject({ KeyId: z.string(), KeyArn: z.string() })),
      }),
      PageNumber: z.number(),
      PageSize: z.number(),
      TotalCount: z.number(),
    }),
  }),
  EnableKey: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:EnableKey',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: z.looseObject({}),
  }),
  DisableKey: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:DisableKey',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: z.looseObject({}),
  }),
  UpdateKeyDescription: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:UpdateKeyDescription',
    subject: 'key',
    params: { KeyId: required(text()), Description: required(clearable(text(descriptionProblem))) },
    refused: [],
    output: z.looseObject({}),
  }),
  ScheduleKeyDeletion: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:ScheduleKeyDeletion',
    subject: 'key',
    params: { KeyId: required(text()), PendingWindowInDays: required(integer(limits.deletionDays)) },
    refused: [],
    output: z.looseObject({}),
  }),
  CancelKeyDeletion: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:CancelKeyDeletion',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: z.looseObject({}),
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
      EnableDeletionProtection: required(boolean()),
      DeletionProtectionDescription: text(descriptionProblem),
    },
    refused: ['KmsInstanceId'],
    output: z.looseObject({}),
  }),
  GetKeyPolicy: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:GetKeyPolicy',
    subject: 'key',
    params: { KeyId: required(text()), PolicyName: text() },
    refused: [],
    output: z.looseObject({ Policy: z.string() }),
  }),
  SetKeyPolicy: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:SetKeyPolicy',
    subject: 'key',
    params: {
      KeyId: required(text()),
      PolicyName: text(),
      Policy: required(jsonText(policyProblem)),
    },
    refused: [],
    output: z.looseObject({}),
  }),
} as const
