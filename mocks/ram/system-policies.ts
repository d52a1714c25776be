/** RAM's system policies by name. What is in them is assumed: their names are published, most of their documents are not. */
import { policyRoles } from '#src/api/contract/policy.ts'
import type { RamPolicy, RamPolicyRow } from '#mocks/store/rows.ts'
import { firstVersion } from './attached.ts'

const allow = (...actions: readonly string[]): RamPolicy => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: ['*'] }],
})

export const systemPolicies = {
  AdministratorAccess: allow('*'),
  AliyunKMSFullAccess: allow('kms:*'),
  AliyunKMSReadOnlyAccess: allow('kms:List*', 'kms:Describe*', 'kms:Get*'),
  /** Keys and their policies, no cryptography. */
  AliyunKMSCryptoAdminAccess: allow(...policyRoles.administrator, 'kms:TagResources', 'kms:UntagResources'),
  /** Cryptography, and what tells an application about its keys. */
  AliyunKMSCryptoUserAccess: allow(
    'kms:Encrypt',
    'kms:Decrypt',
    'kms:GenerateDataKey*',
    'kms:GenerateAndExportDataKey',
    'kms:ExportDataKey',
    'kms:ReEncrypt*',
    'kms:Asymmetric*',
    'kms:GetPublicKey',
    'kms:GenerateMac',
    'kms:VerifyMac',
    'kms:DescribeKey',
    'kms:DescribeKeyVersion',
    'kms:ListKeyVersions',
    'kms:ListAliasesByKeyId',
  ),
  AliyunResourceSharingFullAccess: allow('resourcesharing:*'),
  AliyunResourceSharingReadOnlyAccess: allow('resourcesharing:List*'),
  /** This build holds no secrets: their policies can be attached, and say nothing about keys. */
  AliyunKMSSecretAdminAccess: allow('kms:*Secret*', 'kms:GetRandomPassword'),
  AliyunKMSSecretUserAccess: allow('kms:GetSecretValue', 'kms:DescribeSecret', 'kms:ListSecretVersionIds'),
  AliyunRAMFullAccess: allow('ram:*'),
  AliyunRAMReadOnlyAccess: allow('ram:List*', 'ram:Get*'),
  /** Its document is published. */
  AliyunSTSAssumeRoleAccess: allow('sts:AssumeRole'),
} as const satisfies Readonly<Record<string, RamPolicy>>

export type SystemPolicyName = keyof typeof systemPolicies

/** There from the beginning. */
const published = Date.UTC(2015, 4, 1)

export const systemPolicyRows: readonly RamPolicyRow[] = Object.entries(systemPolicies).map(([name, document]) =>
  firstVersion({ accountId: null, name, description: '', document, createdAt: published }),
)
