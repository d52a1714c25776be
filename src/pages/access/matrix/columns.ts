/** The columns of the matrix: permissions in groups. */
import { permissionGroups, type PermissionGroup } from '#src/pages/access/access-search.ts'

const grouped = {
  cryptography: [
    'Encrypt',
    'Decrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateAndExportDataKey',
    'ExportDataKey',
    'ReEncryptFrom',
    'ReEncryptTo',
    'GenerateMac',
    'VerifyMac',
    'GetManagedDataKey',
    'ListManagedDataKeyVersions',
  ],
  manage: [
    'EnableKey',
    'DisableKey',
    'ScheduleKeyDeletion',
    'CancelKeyDeletion',
    'SetDeletionProtection',
    'SetKeyPolicy',
    'UpdateKeyDescription',
    'ImportKeyMaterial',
    'DeleteKeyMaterial',
  ],
  read: ['DescribeKey', 'GetKeyPolicy', 'GetParametersForImport'],
  labels: [
    'CreateAlias',
    'UpdateAlias',
    'DeleteAlias',
    'ListAliasesByKeyId',
    'TagResource',
    'TagResources',
    'UntagResource',
    'UntagResources',
    'ListResourceTags',
    'ListTagResources',
  ],
  versions: [
    'CreateKeyVersion',
    'DescribeKeyVersion',
    'ListKeyVersions',
    'UpdateRotationPolicy',
    'GetPublicKey',
    'AsymmetricEncrypt',
    'AsymmetricDecrypt',
    'AsymmetricSign',
    'AsymmetricVerify',
  ],
} as const satisfies Readonly<Record<PermissionGroup, readonly string[]>>

export interface Column {
  readonly permission: string
  /** Without `kms:`. */
  readonly name: string
  readonly group: PermissionGroup
  /** Where the permission's letter stands in a row's cells. */
  readonly at: number
}

/** The answer's permissions as columns, group by group. What belongs to no group here is managing. `show`: a group or a permission. */
export function columnsOf(permissions: readonly string[], show?: string): readonly Column[] {
  const order: readonly { readonly name: string; readonly group: PermissionGroup }[] = permissionGroups.flatMap(
    (group) => grouped[group].map((name) => ({ name, group })),
  )
  const rank = new Map(order.map(({ name }, index) => [name, index]))
  return permissions
    .map((permission, at): Column => {
      const name = permission.replace(/^kms:/, '')
      return { permission, name, at, group: order[rank.get(name) ?? -1]?.group ?? 'manage' }
    })
    .filter(({ permission, group }) => show === undefined || show === permission || show === group)
    .toSorted(
      (one, other) =>
        permissionGroups.indexOf(one.group) - permissionGroups.indexOf(other.group) ||
        (rank.get(one.name) ?? order.length) - (rank.get(other.name) ?? order.length),
    )
}

export interface Head {
  readonly group: PermissionGroup
  /** Of its first column, from 0. */
  readonly from: number
  readonly count: number
}

/** Neighbours of one group together: what stands above the columns. */
export const headsOf = (columns: readonly Column[]): readonly Head[] =>
  permissionGroups.flatMap((group) => {
    const from = columns.findIndex((column) => column.group === group)
    return from < 0 ? [] : [{ group, from, count: columns.filter((column) => column.group === group).length }]
  })
