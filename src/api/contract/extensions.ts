/**
 * What the console needs and no public API offers. This file is the whole list: each name is marked in answers
 * (`x-kms-extension`), listed in `docs/fidelity.md`, and off under strict compatibility.
 */
import * as z from 'zod/mini'
import { action } from './action.ts'
import { required, text, textList } from './params.ts'
import { limits } from './rules.ts'

/** Parameters and answer fields added to published actions. */
export const extensionFields = {
  CreateKey: { parameters: ['ExternalKeyId'], answers: ['KeyMetadata.ExternalKeyId'] },
  DescribeKey: { parameters: [], answers: ['KeyMetadata.ExternalKeyId'] },
  GetKmsInstance: {
    parameters: [],
    answers: ['KmsInstance.InstanceType', 'KmsInstance.ExternalProxy', 'KmsInstance.Sharing'],
  },
  GetKmsInstanceQuotaInfos: {
    parameters: [],
    answers: ['KmsInstanceQuotaInfos[].Accounts', 'KmsInstanceQuotaInfos[].Returning'],
  },
} as const

export const proxyStatuses = [
  'Available',
  'Unreachable',
  'Timeout',
  'CredentialRefused',
  'Error',
  'NotConnected',
] as const
export const externalKeyStatuses = ['ENABLED', 'DISABLED', 'NOT_FOUND', 'UNKNOWN'] as const
export type ExternalKeyStatus = (typeof externalKeyStatuses)[number]

export const externalKeyReport = z.looseObject({
  ExternalKeyId: z.string(),
  /** UNKNOWN: the proxy could not be asked. */
  Status: z.enum(externalKeyStatuses),
  Spec: z.nullable(z.string()),
  /** Whether the key may encrypt and decrypt; a CreateKey needs both. */
  Usable: z.boolean(),
  /** KMS keys on this external key, as far as the caller may see them. */
  KmsKeys: z.array(z.looseObject({ KeyId: z.string(), KeyArn: z.string(), AliasNames: z.array(z.string()) })),
})
export type ExternalKeyReport = z.output<typeof externalKeyReport>

export const extensionActions = {
  /** Asks the instance's proxy about up to 50 external keys, and tells which KMS keys stand on them. */
  DescribeExternalKeys: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeExternalKeys',
    subject: 'instance',
    params: {
      KmsInstanceId: required(text()),
      ExternalKeyId: textList({ max: limits.externalKeyIdsPerCall }),
    },
    refused: [],
    output: z.looseObject({
      ProxyStatus: z.enum(proxyStatuses),
      /** Milliseconds until the proxy answered; null where it did not. */
      LatencyMs: z.nullable(z.number()),
      ExternalKeys: z.looseObject({ ExternalKey: z.array(externalKeyReport) }),
    }),
    extension: true,
  }),
} as const
