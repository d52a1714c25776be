/** What uses the keys of the default scenario. Keys that stand here not at all are used by nothing that anybody knows of. */
import { roleArn, userArn } from '#src/api/contract/arn.ts'
import { accounts } from './names.ts'
import type { KeyUsagePlan } from './plan.ts'

const user = (name: string): string => userArn(accounts.main.accountId, name)
const role = (name: string): string => roleArn(accounts.main.accountId, name)
const partnerUser = (name: string): string => userArn(accounts.partner.accountId, name)
const partnerRole = (name: string): string => roleArn(accounts.partner.accountId, name)

/** `name-01`, `name-02` … */
const numbered = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${String(index + 1).padStart(2, '0')}`)

const hours = (days: number): number => days * 24

const payments: readonly Omit<KeyUsagePlan, 'region'>[] = [
  {
    alias: 'payments/card-vault',
    usedBy: [
      { type: 'instance', names: ['card-vault-prod'] },
      { type: 'disk', names: numbered('card-vault-prod-data', 3) },
      { type: 'snapshot', names: numbered('card-vault-prod-data-daily', 4) },
      { type: 'secret', names: ['prod/card-vault/db-password', 'prod/card-vault/hsm-pin'] },
    ],
    uses: [
      { by: role('payment-gateway'), action: 'Encrypt', perDay: 4200 },
      { by: user('crypto-app'), action: 'Decrypt', perDay: 950 },
      { by: role('break-glass'), action: 'Decrypt', perDay: 2, lastHoursAgo: hours(19), everyDays: 30 },
    ],
  },
  {
    alias: 'payments/tokens',
    usedBy: [
      { type: 'instance', names: ['payment-tokens-prod'] },
      { type: 'secret', names: ['prod/payment-tokens/db-password'] },
    ],
    uses: [{ by: role('payment-gateway'), action: 'GenerateDataKey', perDay: 310 }],
  },
  {
    alias: 'payments/ledger',
    usedBy: [
      { type: 'bucket', names: ['example-ledger-statements', 'example-ledger-exports', 'example-ledger-audit'] },
      { type: 'disk', names: numbered('ledger-prod-data', 16) },
      { type: 'snapshot', names: numbered('ledger-prod-data-daily', 34) },
      { type: 'instance', names: ['ledger-prod', 'ledger-reporting', 'ledger-reconciliation'] },
      { type: 'secret', names: ['prod/ledger/db-password', 'prod/ledger/sftp-key'] },
    ],
    uses: [
      { by: role('payment-gateway'), action: 'Decrypt', perDay: 1750 },
      { by: role('etl'), action: 'Decrypt', perDay: 64, lastHoursAgo: 7 },
    ],
  },
  {
    alias: 'payments/settlement-files',
    usedBy: [
      { type: 'bucket', names: ['example-settlement-outbox'] },
      { type: 'bucket', names: ['partner-settlement-inbox'], account: 'partner' },
    ],
    uses: [
      { by: role('payment-gateway'), action: 'GenerateDataKey', perDay: 24, lastHoursAgo: 3 },
      { by: partnerUser('etl'), action: 'Decrypt', perDay: 24, lastHoursAgo: 2 },
      { by: partnerRole('etl'), action: 'Decrypt', perDay: 6, lastHoursAgo: hours(9), everyDays: 7 },
    ],
  },
  {
    alias: 'orders/db',
    usedBy: [
      { type: 'instance', names: ['orders-db-prod'] },
      { type: 'disk', names: numbered('orders-db-prod-data', 4) },
      { type: 'secret', names: ['prod/orders-db/password'] },
    ],
    uses: [
      { by: role('order-app'), action: 'Decrypt', perDay: 2600 },
      { by: user('orders-service'), action: 'Encrypt', perDay: 820 },
    ],
  },
  {
    alias: 'orders/db-replica',
    usedBy: [{ type: 'instance', names: ['orders-db-replica'] }],
    uses: [{ by: role('order-app'), action: 'Decrypt', perDay: 140 }],
  },
  {
    alias: 'orders/archive',
    usedBy: [
      { type: 'bucket', names: ['example-orders-archive'] },
      { type: 'snapshot', names: numbered('orders-db-2020-final', 2) },
    ],
    uses: [{ by: role('etl'), action: 'Decrypt', perDay: 3, lastHoursAgo: hours(74) }],
  },
  {
    alias: 'customers/pii',
    usedBy: [
      { type: 'instance', names: ['customers-prod'] },
      { type: 'secret', names: ['prod/customers/db-password'] },
    ],
    uses: [{ by: role('order-app'), action: 'Decrypt', perDay: 1300 }],
  },
  {
    alias: 'customers/kyc-documents',
    usedBy: [{ type: 'bucket', names: ['example-kyc-documents'] }],
    uses: [{ by: role('order-app'), action: 'GenerateDataKey', perDay: 85, lastHoursAgo: hours(6) }],
  },
  {
    alias: 'risk/model-store',
    usedBy: [{ type: 'bucket', names: ['example-risk-models'] }],
    uses: [{ by: role('risk-engine'), action: 'Decrypt', perDay: 48, lastHoursAgo: 1 }],
  },
  {
    alias: 'risk/fraud-features',
    usedBy: [{ type: 'disk', names: numbered('fraud-features-data', 2) }],
    uses: [{ by: role('risk-engine'), action: 'Decrypt', perDay: 210, lastHoursAgo: hours(11) }],
  },
  {
    alias: 'etl/landing',
    usedBy: [{ type: 'bucket', names: ['example-dw-landing'] }],
    uses: [{ by: role('etl'), action: 'GenerateDataKey', perDay: 12, lastHoursAgo: 5 }],
  },
  {
    alias: 'etl/warehouse',
    usedBy: [
      { type: 'bucket', names: ['example-dw-warehouse'] },
      { type: 'disk', names: numbered('dw-node-data', 6) },
    ],
    uses: [{ by: role('etl'), action: 'Decrypt', perDay: 36, lastHoursAgo: 5 }],
  },
  {
    alias: 'backup/nightly',
    usedBy: [
      { type: 'bucket', names: ['example-backup-nightly'] },
      { type: 'snapshot', names: numbered('nightly', 21) },
    ],
    uses: [
      { by: user('backup-agent'), action: 'GenerateDataKey', perDay: 1, lastHoursAgo: 8 },
      { by: role('backup'), action: 'Decrypt', perDay: 4, lastHoursAgo: hours(13), everyDays: 14 },
    ],
  },
  { alias: 'backup/weekly', usedBy: [{ type: 'snapshot', names: numbered('weekly', 5) }] },
  {
    alias: 'reports/quarterly',
    usedBy: [
      { type: 'bucket', names: ['example-reports-2025'] },
      { type: 'secret', names: ['prod/reports/signing-token'] },
    ],
    uses: [{ by: role('etl'), action: 'Decrypt', perDay: 9, lastHoursAgo: hours(19), everyDays: 7 }],
    attempts: [
      { by: role('etl'), action: 'Decrypt', hoursAgo: [hours(12), hours(5), hours(5) - 1] },
      { by: user('backup-agent'), action: 'GenerateDataKey', hoursAgo: [hours(16)] },
    ],
  },
  { alias: 'support/chat-attachments', usedBy: [{ type: 'bucket', names: ['example-support-attachments'] }] },
]

const otherInstances: readonly Omit<KeyUsagePlan, 'region'>[] = [
  {
    alias: 'archive/invoices',
    usedBy: [{ type: 'bucket', names: ['example-invoices-archive'] }],
    uses: [{ by: role('etl'), action: 'GenerateDataKey', perDay: 2, lastHoursAgo: hours(4) }],
  },
  { alias: 'archive/contracts', usedBy: [{ type: 'bucket', names: ['example-contracts-archive'] }] },
  {
    alias: 'clearing/batches',
    account: 'partner',
    usedBy: [{ type: 'instance', names: ['clearing-prod'], account: 'partner' }],
    uses: [{ by: partnerRole('clearing'), action: 'Encrypt', perDay: 130 }],
  },
  {
    alias: 'settlement/outbound',
    usedBy: [{ type: 'bucket', names: ['example-settlement-outbound'] }],
    uses: [{ by: role('payment-gateway'), action: 'GenerateDataKey', perDay: 18, lastHoursAgo: 4 }],
  },
  {
    alias: 'apps/config',
    usedBy: [
      { type: 'secret', names: ['prod/orders/api-token', 'prod/risk/api-token', 'prod/support/smtp-password'] },
      { type: 'bucket', names: ['example-apps-config'] },
    ],
    uses: [
      { by: role('order-app'), action: 'Decrypt', perDay: 420 },
      { by: user('key-deployer'), action: 'Encrypt', perDay: 3, lastHoursAgo: hours(2), everyDays: 2 },
    ],
  },
  { alias: 'apps/sessions', uses: [{ by: role('order-app'), action: 'GenerateDataKey', perDay: 96 }] },
  { alias: 'apps/logs', usedBy: [{ type: 'bucket', names: ['example-app-logs-staging'] }] },
  {
    alias: 'core/pin-block',
    usedBy: [{ type: 'instance', names: ['core-banking-pin'] }],
    uses: [{ by: role('payment-gateway'), action: 'Encrypt', perDay: 640 }],
  },
  { alias: 'acs/ecs', usedBy: [{ type: 'disk', names: numbered('worker-data', 8) }] },
  { alias: 'acs/rds', usedBy: [{ type: 'instance', names: ['intranet-wiki'] }] },
  { alias: 'acs/oss', usedBy: [{ type: 'bucket', names: ['example-website-assets'] }] },
]

const shanghai: readonly Omit<KeyUsagePlan, 'region'>[] = [
  { alias: 'apps/config', usedBy: [{ type: 'secret', names: ['prod/shanghai/api-token'] }] },
  {
    alias: 'apps/cache',
    usedBy: [{ type: 'disk', names: ['cache-staging-data'] }],
    attempts: [{ by: role('order-app'), action: 'Decrypt', hoursAgo: [hours(1)] }],
  },
]

export const usage: readonly KeyUsagePlan[] = [
  ...[...payments, ...otherInstances].map((plan) => ({ ...plan, region: 'cn-hangzhou' })),
  ...shanghai.map((plan) => ({ ...plan, region: 'cn-shanghai' })),
]
