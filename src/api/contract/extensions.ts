/**
 * What the console needs and no public API offers. This file is the whole list: each name is marked in answers
 * (`x-kms-extension`), listed in `docs/fidelity.md`, and off under strict compatibility.
 */
import * as z from 'zod/mini'
import { action } from './action.ts'
import { integer, oneOf, page, required, text, textList } from './params.ts'
import { limits } from './rules.ts'
import { keyStates } from './states.ts'

/** Parameters and answer fields added to published actions. */
export const extensionFields = {
  CreateKey: {
    parameters: ['ExternalKeyId'],
    answers: ['KeyMetadata.ExternalKeyId', 'KeyMetadata.KeyStorageMechanism'],
  },
  DescribeKey: { parameters: [], answers: ['KeyMetadata.ExternalKeyId', 'KeyMetadata.KeyStorageMechanism'] },
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

/** Cloud services whose resources may use a key for server-side encryption. */
export const associatedServices = ['oss', 'ecs', 'rds', 'secretsmanager'] as const
export type AssociatedService = (typeof associatedServices)[number]
export const associatedTypes = ['bucket', 'disk', 'snapshot', 'instance', 'secret'] as const

export const detectionStatuses = ['NotDetected', 'Detecting', 'Detected'] as const

const associatedResource = z.looseObject({
  Service: z.enum(associatedServices),
  ResourceType: z.enum(associatedTypes),
  /** Empty, as the name is, for a resource of another account. */
  ResourceId: z.string(),
  ResourceName: z.string(),
  AccountId: z.string(),
})
export type AssociatedResource = z.output<typeof associatedResource>

/** Times are `2024-05-20T06:34:21Z`, by the cloud's clock. */
const associations = z.looseObject({
  Detection: z.looseObject({
    Status: z.enum(detectionStatuses),
    /** When the inventory was looked at; null before the first detection. */
    DetectedAt: z.nullable(z.string()),
    /** Services that have been looked through so far, of `Services`. */
    CheckedServices: z.array(z.enum(associatedServices)),
    Services: z.array(z.enum(associatedServices)),
  }),
  /** Found by the detection, of the services checked so far: known dependants, never all that there may be. */
  Resources: z.looseObject({ Resource: z.array(associatedResource) }),
  /** What follows is known at any time, without a detection. */
  Aliases: z.looseObject({ Alias: z.array(z.string()) }),
  /** Accounts that the key policy or the sharing of the instance lets in, the owner first. */
  Accounts: z.looseObject({
    Account: z.array(z.looseObject({ AccountId: z.string(), Via: z.enum(['Owner', 'KeyPolicy', 'Sharing']) })),
  }),
  /** Cryptography with the key, by whom; the last user first. Of another account only the account is told, unless the key policy names it. */
  Uses: z.looseObject({
    Use: z.array(
      z.looseObject({
        PrincipalArn: z.string(),
        LastUsedAt: z.string(),
        LastAction: z.string(),
        CallsLast30Days: z.number(),
      }),
    ),
  }),
  CallsLast30Days: z.number(),
  /** Counted up to here. */
  CountedUntil: z.string(),
  /** Other KMS keys of the instance on the same external key that the caller may see; empty for keys of other kinds. */
  SiblingKeys: z.looseObject({
    Key: z.array(
      z.looseObject({
        KeyId: z.string(),
        KeyArn: z.string(),
        KeyState: z.enum(keyStates),
        AliasNames: z.array(z.string()),
      }),
    ),
  }),
  /** Cryptography that was refused since the deletion was scheduled, because it is; newest first, 100 at most. */
  AttemptsSinceScheduled: z.looseObject({
    Attempt: z.array(
      z.looseObject({ Time: z.string(), PrincipalArn: z.string(), Action: z.string(), RequestId: z.string() }),
    ),
  }),
})
export type KeyAssociations = z.output<typeof associations>

const activityResults = ['Success', 'Refused'] as const

const keyEvent = z.looseObject({
  /** By the cloud's clock. */
  Time: z.string(),
  Action: z.string(),
  /** Of another account only the account, unless the key policy names it. */
  PrincipalArn: z.string(),
  Result: z.enum(activityResults),
  /** HTTP status of the answer; 0: it was carried out and its answer was lost. */
  Status: z.number(),
  /** Empty for success. */
  ErrorCode: z.string(),
  RequestId: z.string(),
  DurationMs: z.number(),
})
export type KeyEvent = z.output<typeof keyEvent>

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
  /** What the caller may not do with up to 50 keys. Keys that it may not see are left out. Needs no permission: it is about oneself. */
  DescribeKeyPermissions: action({
    product: 'kms',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: { KeyId: required(textList({ max: limits.keysPerPermissionCall })) },
    refused: [],
    output: z.looseObject({
      Keys: z.looseObject({
        Key: z.array(
          z.looseObject({
            KeyId: z.string(),
            /** Of the actions of `stateTable`. */
            Denied: z.array(
              z.looseObject({
                Action: z.string(),
                NoPermissionType: z.enum(['ImplicitDeny', 'ExplicitDeny']),
                PolicyType: z.enum(['KeyPolicy', 'RamPolicy', 'KeyPolicyAndRamPolicy']),
              }),
            ),
          }),
        ),
      }),
    }),
    extension: true,
  }),
  /** Looks through the cloud services for resources that use the key; takes a moment, see DescribeKeyAssociations. */
  DetectKeyAssociations: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:DescribeKeyAssociations',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: z.looseObject({}),
    extension: true,
  }),
  DescribeKeyAssociations: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeKeyAssociations',
    subject: 'key',
    params: { KeyId: required(text()) },
    refused: [],
    output: associations,
    extension: true,
  }),
  /** Requests about the key, newest first: a view of the trace, which remembers the last 10,000 spans until the emulator restarts. */
  ListKeyActivity: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListKeyActivity',
    subject: 'key',
    params: {
      KeyId: required(text()),
      /** An action's name; `Action` itself is a common parameter of every request. */
      EventName: text(),
      PrincipalArn: text(),
      Result: oneOf(activityResults),
      RequestId: text(),
      PageNumber: page(),
      PageSize: integer(limits.pageSize.ListKeyActivity),
    },
    refused: [],
    output: z.looseObject({
      Events: z.looseObject({ Event: z.array(keyEvent) }),
      PageNumber: z.number(),
      PageSize: z.number(),
      TotalCount: z.number(),
      /** What occurs in the key's activity, whatever is filtered: for the filters' choices. */
      Actions: z.array(z.string()),
      Principals: z.array(z.string()),
    }),
    extension: true,
  }),
} as const
