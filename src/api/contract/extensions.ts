/**
 * What the console needs and no public API offers. This file is the whole list: each name is marked in answers
 * (`x-kms-extension`), listed in `docs/fidelity.md`, and off under strict compatibility.
 */
import * as shape from './shapes.ts'
import { action } from './action.ts'
import { sharingOwnerships } from './instances.ts'
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
    answers: [
      'KmsInstanceQuotaInfos[].Accounts',
      'KmsInstanceQuotaInfos[].Returning',
      'KmsInstanceQuotaInfos[].Vpcs',
      'KmsInstanceQuotaInfos[].Units',
    ],
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

export const externalKeyReport = shape.object({
  ExternalKeyId: shape.string(),
  /** UNKNOWN: the proxy could not be asked. */
  Status: shape.oneOf(externalKeyStatuses),
  Spec: shape.nullable(shape.string()),
  /** Whether the key may encrypt and decrypt; a CreateKey needs both. */
  Usable: shape.boolean(),
  /** KMS keys on this external key, as far as the caller may see them. */
  KmsKeys: shape.array(
    shape.object({ KeyId: shape.string(), KeyArn: shape.string(), AliasNames: shape.array(shape.string()) }),
  ),
})
export type ExternalKeyReport = shape.Of<typeof externalKeyReport>

/** Cloud services whose resources may use a key for server-side encryption. */
export const associatedServices = ['oss', 'ecs', 'rds', 'secretsmanager'] as const
export type AssociatedService = (typeof associatedServices)[number]
export const associatedTypes = ['bucket', 'disk', 'snapshot', 'instance', 'secret'] as const

export const detectionStatuses = ['NotDetected', 'Detecting', 'Detected'] as const

const associatedResource = shape.object({
  Service: shape.oneOf(associatedServices),
  ResourceType: shape.oneOf(associatedTypes),
  /** Empty, as the name is, for a resource of another account. */
  ResourceId: shape.string(),
  ResourceName: shape.string(),
  AccountId: shape.string(),
})
export type AssociatedResource = shape.Of<typeof associatedResource>

/** Times are `2024-05-20T06:34:21Z`, by the cloud's clock. */
const associations = shape.object({
  Detection: shape.object({
    Status: shape.oneOf(detectionStatuses),
    /** When the inventory was looked at; null before the first detection. */
    DetectedAt: shape.nullable(shape.string()),
    /** Services that have been looked through so far, of `Services`. */
    CheckedServices: shape.array(shape.oneOf(associatedServices)),
    Services: shape.array(shape.oneOf(associatedServices)),
  }),
  /** Found by the detection, of the services checked so far: known dependants, never all that there may be. */
  Resources: shape.object({ Resource: shape.array(associatedResource) }),
  /** What follows is known at any time, without a detection. */
  Aliases: shape.object({ Alias: shape.array(shape.string()) }),
  /** Accounts that the key policy or the sharing of the instance lets in, the owner first. */
  Accounts: shape.object({
    Account: shape.array(
      shape.object({ AccountId: shape.string(), Via: shape.oneOf(['Owner', 'KeyPolicy', 'Sharing']) }),
    ),
  }),
  /** Cryptography with the key, by whom; the last user first. Of another account only the account is told, unless the key policy names it. */
  Uses: shape.object({
    Use: shape.array(
      shape.object({
        PrincipalArn: shape.string(),
        LastUsedAt: shape.string(),
        LastAction: shape.string(),
        CallsLast30Days: shape.number(),
      }),
    ),
  }),
  CallsLast30Days: shape.number(),
  /** Counted up to here. */
  CountedUntil: shape.string(),
  /** Other KMS keys of the instance on the same external key that the caller may see; empty for keys of other kinds. */
  SiblingKeys: shape.object({
    Key: shape.array(
      shape.object({
        KeyId: shape.string(),
        KeyArn: shape.string(),
        KeyState: shape.oneOf(keyStates),
        AliasNames: shape.array(shape.string()),
      }),
    ),
  }),
  /** Cryptography that was refused since the deletion was scheduled, because it is; newest first, 100 at most. */
  AttemptsSinceScheduled: shape.object({
    Attempt: shape.array(
      shape.object({
        Time: shape.string(),
        PrincipalArn: shape.string(),
        Action: shape.string(),
        RequestId: shape.string(),
      }),
    ),
  }),
})
export type KeyAssociations = shape.Of<typeof associations>

const activityResults = ['Success', 'Refused'] as const

const keyEvent = shape.object({
  /** By the cloud's clock. */
  Time: shape.string(),
  Action: shape.string(),
  /** Of another account only the account, unless the key policy names it. */
  PrincipalArn: shape.string(),
  Result: shape.oneOf(activityResults),
  /** HTTP status of the answer; 0: it was carried out and its answer was lost. */
  Status: shape.number(),
  /** Empty for success. */
  ErrorCode: shape.string(),
  RequestId: shape.string(),
  DurationMs: shape.number(),
})
export type KeyEvent = shape.Of<typeof keyEvent>

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
    output: shape.object({
      ProxyStatus: shape.oneOf(proxyStatuses),
      /** Milliseconds until the proxy answered; null where it did not. */
      LatencyMs: shape.nullable(shape.number()),
      ExternalKeys: shape.object({ ExternalKey: shape.array(externalKeyReport) }),
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
    output: shape.object({
      Keys: shape.object({
        Key: shape.array(
          shape.object({
            KeyId: shape.string(),
            /** Of the actions of `stateTable`. */
            Denied: shape.array(
              shape.object({
                Action: shape.string(),
                NoPermissionType: shape.oneOf(['ImplicitDeny', 'ExplicitDeny']),
                PolicyType: shape.oneOf(['KeyPolicy', 'RamPolicy', 'KeyPolicyAndRamPolicy']),
              }),
            ),
          }),
        ),
      }),
    }),
    extension: true,
  }),
  /**
   * Whose the keys are that receivers make on an instance. Only its owner changes it, and only to Independent: the owner's account then
   * disappears from the policies of the receivers' keys. KMS user guide, Share a KMS instance across multiple accounts.
   */
  SetSharingOwnership: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:SetSharingOwnership',
    subject: 'instance',
    params: { KmsInstanceId: required(text()), Ownership: required(oneOf(sharingOwnerships)) },
    refused: [],
    output: shape.object({}),
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
    output: shape.object({}),
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
    output: shape.object({
      Events: shape.object({ Event: shape.array(keyEvent) }),
      PageNumber: shape.number(),
      PageSize: shape.number(),
      TotalCount: shape.number(),
      /** What occurs in the key's activity, whatever is filtered: for the filters' choices. */
      Actions: shape.array(shape.string()),
      Principals: shape.array(shape.string()),
    }),
    extension: true,
  }),
} as const
