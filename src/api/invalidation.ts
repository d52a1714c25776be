/** Which reads a write or an announced change makes stale. Exhaustive by type: a new write does not compile without its row. */
import type { Change } from './contract/backend.ts'
import type { managerQueryKey } from './key-manager.ts'
import type { ReadAction, WriteAction } from './queries.ts'

/** Reads are known by the first part of their query key. */
export type Read = ReadAction | (typeof managerQueryKey)[0]

/** Decisions, and what weighs them: everything that policies, identities, keys and the way to them say. */
const accessReads = ['ExplainAccess', 'DescribeKeyAccess', 'ListKeysByAccess', 'ListGrantors'] as const
const keyReads = [
  ...accessReads,
  'ListKeys',
  'DescribeKey',
  'GetKeyPolicy',
  'DescribeExternalKeys',
  'GetKmsInstanceQuotaInfos',
  'ListKeyVersions',
  'DescribeKeyPermissions',
  'DescribeKeyAssociations',
] as const
const aliasReads = [
  ...accessReads,
  'ListAliases',
  'ListAliasesByKeyId',
  'ListKeys',
  'DescribeExternalKeys',
  'DescribeKeyAssociations',
] as const
/** Conditions ask for tags. */
const tagReads = [...accessReads, 'ListTagResources', 'ListResourceTags', 'ListKeys'] as const
const stateReads = [...accessReads, 'DescribeKey', 'ListKeys', 'DescribeKeyAssociations'] as const
const versionReads = ['DescribeKey', 'ListKeyVersions', 'GetKmsInstanceQuotaInfos'] as const

const sharingReads = [
  'ListResourceShares',
  'ListResourceShareAssociations',
  'ListSharedResources',
  'ListSharedTargets',
] as const
const afterSharing = [
  ...accessReads,
  ...sharingReads,
  'GetKmsInstance',
  'ListKmsInstances',
  'GetKmsInstanceQuotaInfos',
] as const

const instanceReads = [
  'GetKmsInstance',
  'DescribeConnection',
  'DescribeConnectionHealth',
  'DescribeExternalKeys',
] as const

export const readsAfterWrite: Readonly<Record<WriteAction, readonly ReadAction[]>> = {
  CreateKey: ['ListKeysByAccess', 'ListKeys', 'DescribeExternalKeys', 'GetKmsInstanceQuotaInfos', 'ListTagResources'],
  EnableKey: stateReads,
  DisableKey: stateReads,
  ScheduleKeyDeletion: stateReads,
  CancelKeyDeletion: stateReads,
  SetDeletionProtection: ['DescribeKey', 'GetKmsInstance'],
  UpdateKeyDescription: ['DescribeKey'],
  SetKeyPolicy: [
    ...accessReads,
    'GetKeyPolicy',
    'GetKmsInstanceQuotaInfos',
    'DescribeKeyPermissions',
    'DescribeKeyAssociations',
  ],
  CreateAlias: aliasReads,
  UpdateAlias: aliasReads,
  DeleteAlias: aliasReads,
  TagResource: tagReads,
  TagResources: tagReads,
  UntagResource: tagReads,
  UntagResources: tagReads,
  CreateKeyVersion: versionReads,
  UpdateRotationPolicy: ['DescribeKey'],
  DetectKeyAssociations: ['DescribeKeyAssociations'],
  CreateResourceShare: afterSharing,
  UpdateResourceShare: sharingReads,
  DeleteResourceShare: afterSharing,
  AssociateResourceShare: afterSharing,
  DisassociateResourceShare: afterSharing,
  SetSharingOwnership: [
    ...accessReads,
    'GetKmsInstance',
    'ListKmsInstances',
    'ListKeys',
    'DescribeKey',
    'GetKeyPolicy',
    'GetKmsInstanceQuotaInfos',
    'DescribeKeyPermissions',
    'DescribeKeyAssociations',
  ],
  ConnectExternalInstance: instanceReads,
  ReconnectExternalInstance: instanceReads,
  DisconnectExternalInstance: instanceReads,
  ChangeProxyCredential: ['DescribeConnection', 'DescribeConnectionHealth'],
  ConnectKmsInstance: instanceReads,
  UpdateKmsInstanceBindVpc: ['GetKmsInstance', 'GetKmsInstanceQuotaInfos'],
  ReleaseKmsInstance: ['ListKmsInstances', 'GetDefaultKmsInstance', ...keyReads, ...aliasReads],
}

/** `every`: what anybody is told may follow from what somebody is permitted. */
export const readsAfterChange: Readonly<Record<Exclude<Change['table'], 'everything'>, readonly Read[] | 'every'>> = {
  keys: [...keyReads, ...tagReads],
  aliases: aliasReads,
  instances: [...accessReads, 'ListKmsInstances', 'GetKmsInstanceQuotaInfos', ...instanceReads],
  sharing: [...afterSharing, 'ListKeys', 'DescribeExternalKeys'],
  externalKeys: [...accessReads, 'DescribeExternalKeys', 'key-manager'],
  identities: 'every',
  usage: ['DescribeKeyAssociations', 'ListKeyActivity', 'DescribeConnectionHealth'],
  clock: [
    ...accessReads,
    'GetKmsInstance',
    'DescribeConnection',
    'DescribeConnectionHealth',
    'GetKmsInstanceQuotaInfos',
    'DescribeKey',
    'ListKeys',
    'ListKeyVersions',
    'DescribeKeyAssociations',
  ],
}
