/** Which reads a write or an announced change makes stale. Exhaustive by type: a new write does not compile without its row. */
import type { Change } from './contract/backend.ts'
import type { managerQueryKey } from './key-manager.ts'
import type { ReadAction, WriteAction } from './queries.ts'

/** Reads are known by the first part of their query key. */
export type Read = ReadAction | (typeof managerQueryKey)[0]

const keyReads = [
  'ListKeys',
  'DescribeKey',
  'GetKeyPolicy',
  'DescribeExternalKeys',
  'GetKmsInstanceQuotaInfos',
] as const
const aliasReads = ['ListAliases', 'ListAliasesByKeyId'] as const
const tagReads = ['ListTagResources'] as const

export const readsAfterWrite: Readonly<Record<WriteAction, readonly ReadAction[]>> = {
  CreateKey: ['ListKeys', 'DescribeExternalKeys', 'GetKmsInstanceQuotaInfos', 'ListTagResources'],
  EnableKey: ['DescribeKey', 'ListKeys'],
  DisableKey: ['DescribeKey', 'ListKeys'],
  SetKeyPolicy: ['GetKeyPolicy', 'GetKmsInstanceQuotaInfos'],
  CreateAlias: [...aliasReads, 'ListKeys', 'DescribeExternalKeys'],
  TagResources: [...tagReads, 'ListKeys'],
}

export const readsAfterChange: Readonly<Record<Exclude<Change['table'], 'everything'>, readonly Read[]>> = {
  keys: [...keyReads, ...tagReads],
  aliases: [...aliasReads, 'ListKeys', 'DescribeExternalKeys'],
  instances: ['ListKmsInstances', 'GetKmsInstance', 'GetKmsInstanceQuotaInfos', 'DescribeExternalKeys'],
  externalKeys: ['DescribeExternalKeys', 'key-manager'],
  identities: ['ListUsers', 'ListRoles', 'GetCallerIdentity'],
  clock: ['GetKmsInstanceQuotaInfos', 'DescribeKey', 'ListKeys'],
}
