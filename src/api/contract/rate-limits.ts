/**
 * Requests per second of an account in a region, by group (KMS user guide, Performance data: shared gateway). Enforced in the scenario
 * `throttled`; bulk work paces itself by it everywhere.
 */
import type { ActionName } from './actions.ts'

export const rateLimits = {
  createKey: { perSecond: 10, actions: ['CreateKey'] },
  /** Together. */
  changes: {
    perSecond: 30,
    actions: [
      'EnableKey',
      'DisableKey',
      'ScheduleKeyDeletion',
      'CancelKeyDeletion',
      'SetDeletionProtection',
      'UpdateKeyDescription',
      'SetKeyPolicy',
      'CreateKeyVersion',
      'UpdateRotationPolicy',
      'CreateAlias',
      'UpdateAlias',
      'DeleteAlias',
      'TagResource',
      'TagResources',
      'UntagResource',
      'UntagResources',
    ],
  },
  /** Together. */
  lists: {
    perSecond: 50,
    actions: [
      'DescribeKey',
      'ListKeys',
      'DescribeKeyVersion',
      'ListKeyVersions',
      'ListAliases',
      'ListAliasesByKeyId',
      'ListTagResources',
      'DescribeRegions',
      'GetKeyPolicy', // (assumed)
    ],
  },
  resourceTags: { perSecond: 300, actions: ['ListResourceTags'] },
  instances: {
    perSecond: 50,
    actions: ['GetKmsInstance', 'ListKmsInstances', 'GetKmsInstanceQuotaInfos', 'GetDefaultKmsInstance'],
  },
  instanceLife: {
    perSecond: 10,
    actions: ['ConnectKmsInstance', 'UpdateKmsInstanceBindVpc', 'ReleaseKmsInstance'],
  },
  status: { perSecond: 1, actions: ['DescribeAccountKmsStatus'] },
  cryptography: {
    perSecond: 1000,
    actions: [
      'Encrypt',
      'Decrypt',
      'GenerateDataKey',
      'GenerateDataKeyWithoutPlaintext',
      'GenerateAndExportDataKey',
      'ExportDataKey',
    ],
  },
  reEncrypt: { perSecond: 750, actions: ['ReEncrypt'] },
} as const satisfies Record<string, { perSecond: number; actions: readonly ActionName[] }>

export type RateGroup = keyof typeof rateLimits

const groups = new Map<string, RateGroup>(
  Object.entries(rateLimits).flatMap(([group, { actions }]) =>
    actions.map((action) => [action, group as RateGroup] as const),
  ),
)

/** The group whose requests an action's are counted with; null: nothing is published about it, and it is not limited. */
export const rateGroupOf = (action: ActionName): RateGroup | null => groups.get(action) ?? null
