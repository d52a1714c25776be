/**
 * The names of every action of KMS API 2016-01-20, as its official clients list them (SDK 4.1.0, 2026-07-23). The certificate
 * actions, withdrawn in SDK 4.0.0, are not among them.
 */
import { absentActions } from './absent.ts'
import type { ErrorCode } from './errors.ts'
import { kindTable } from './kinds.ts'

export const publishedGroups = {
  service: ['DescribeAccountKmsStatus', 'DescribeRegions', 'OpenKmsService'],
  instances: [
    'ConnectKmsInstance',
    'GetDefaultKmsInstance',
    'GetKmsInstance',
    'GetKmsInstanceQuotaInfos',
    'ListKmsInstances',
    'ReleaseKmsInstance',
    'UpdateKmsInstanceBindVpc',
  ],
  keys: [
    'CancelKeyDeletion',
    'CreateKey',
    'DescribeKey',
    'DisableKey',
    'EnableKey',
    'GetKeyPolicy',
    'GetPublicKey',
    'ListKeys',
    'ScheduleKeyDeletion',
    'SetDeletionProtection',
    'SetKeyPolicy',
    'UpdateKeyDescription',
  ],
  versions: ['CreateKeyVersion', 'DescribeKeyVersion', 'ListKeyVersions', 'UpdateRotationPolicy'],
  import: ['DeleteKeyMaterial', 'GetParametersForImport', 'ImportKeyMaterial'],
  aliases: ['CreateAlias', 'DeleteAlias', 'ListAliases', 'ListAliasesByKeyId', 'UpdateAlias'],
  tags: ['ListResourceTags', 'ListTagResources', 'TagResource', 'TagResources', 'UntagResource', 'UntagResources'],
  cryptography: [
    'AsymmetricDecrypt',
    'AsymmetricEncrypt',
    'AsymmetricSign',
    'AsymmetricVerify',
    'Decrypt',
    'Encrypt',
    'ExportDataKey',
    'GenerateAndExportDataKey',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateMac',
    'GetManagedDataKey',
    'ListManagedDataKeyVersions',
    'ReEncrypt',
    'VerifyMac',
  ],
  secrets: [
    'CreateSecret',
    'DeleteSecret',
    'DescribeSecret',
    'GetRandomPassword',
    'GetSecretPolicy',
    'GetSecretValue',
    'ListSecretVersionIds',
    'ListSecrets',
    'PutSecretValue',
    'RestoreSecret',
    'RotateSecret',
    'SetSecretPolicy',
    'UpdateSecret',
    'UpdateSecretRotationPolicy',
    'UpdateSecretVersionStage',
  ],
  applicationAccess: [
    'CreateApplicationAccessPoint',
    'CreateClientKey',
    'CreateNetworkRule',
    'CreatePolicy',
    'DeleteApplicationAccessPoint',
    'DeleteClientKey',
    'DeleteNetworkRule',
    'DeletePolicy',
    'DescribeApplicationAccessPoint',
    'DescribeNetworkRule',
    'DescribePolicy',
    'GetClientKey',
    'ListApplicationAccessPoints',
    'ListClientKeys',
    'ListNetworkRules',
    'ListPolicies',
    'UpdateApplicationAccessPoint',
    'UpdateNetworkRule',
    'UpdatePolicy',
  ],
} as const

export const publishedActions: readonly string[] = Object.values(publishedGroups).flat()

const absent: Readonly<Record<string, { readonly absent: { readonly external: ErrorCode } }>> = absentActions
const kinds: Readonly<Record<string, (typeof kindTable)[keyof typeof kindTable]>> = kindTable

/**
 * What an action answers about a key in an external instance, in the real cloud too (KMS user guide, Manage external keys): its versions,
 * rotation and material are the key manager's business, and it is symmetric. Null: it is not refused for that.
 */
export const externalRefusal = (name: string): ErrorCode | null =>
  absent[name]?.absent.external ?? kinds[name]?.external ?? null
