/** The keys of the default scenario, instance by instance, and the external keys that they stand on. */
import { roleArn, userArn } from '#src/api/contract/arn.ts'
import { aliasPrefix } from '#src/api/contract/rules.ts'
import { accounts, aliases, externalKeys, softwareAliases } from './names.ts'
import type { DefaultKeyPlan, ExternalKeyPlan, KeyPlan, Plan } from './plan.ts'

const user = (name: string): string => userArn(accounts.main.accountId, name)
const role = (name: string): string => roleArn(accounts.main.accountId, name)
const nobody = { administrator: [], user: [], crossAccountUser: [] }
const named = (alias: string): string => alias.slice(aliasPrefix.length)

const production = { env: 'prod' }
const cards = { ...production, team: 'payments', data: 'card', 'compliance:pci': 'yes' }
const orders = { ...production, team: 'orders' }
const customers = { ...production, team: 'customers', data: 'personal' }
const risk = { ...production, team: 'risk' }
const warehouse = { env: 'staging', team: 'data' }

const payments: readonly KeyPlan[] = [
  {
    age: 341,
    externalKeyId: 'pay-card-vault-01',
    aliases: [named(aliases.working)],
    description: 'Card numbers at rest. Owner: payments platform, on call 7×24.',
    tags: cards,
    protectedFor: 'Card data cannot be read without this key.',
    policy: {
      ...nobody,
      administrator: [user('key-operator'), role('break-glass')],
      user: [role('payment-gateway'), user('crypto-app')],
    },
  },
  {
    age: 334,
    externalKeyId: 'pay-tokens-01',
    aliases: ['payments/tokens'],
    description: 'Payment tokens',
    tags: cards,
    protectedFor: 'Tokens cannot be issued without this key.',
  },
  { age: 322, externalKeyId: 'pay-ledger-01', aliases: ['payments/ledger'], description: '支付总账', tags: cards },
  {
    age: 287,
    externalKeyId: 'pay-settlement-01',
    aliases: [named(aliases.crossAccount)],
    description: 'Files exchanged with example-partner',
    tags: { ...production, team: 'payments' },
    policy: {
      ...nobody,
      administrator: [user('key-operator')],
      crossAccountUser: [userArn(accounts.partner.accountId, 'etl'), roleArn(accounts.partner.accountId, 'etl')],
    },
  },
  {
    age: 263,
    externalKeyId: 'orders-db-01',
    aliases: [named(aliases.sameExternalKey[0]), 'orders/db-primary'],
    description: 'Order database, columns with addresses and phone numbers',
    tags: { ...orders, service: 'orders-db' },
    policy: { ...nobody, administrator: [user('key-operator')], user: [user('orders-service'), role('order-app')] },
  },
  {
    age: 262,
    externalKeyId: 'orders-db-01',
    aliases: [named(aliases.sameExternalKey[1])],
    description: 'Read replica of the order database, on the same external key',
    tags: { ...orders, service: 'orders-db' },
  },
  {
    age: 240,
    externalKeyId: 'orders-archive-01',
    aliases: [named(aliases.disabled)],
    state: 'Disabled',
    description: 'Orders before 2021; disabled until legal needs them',
    tags: orders,
  },
  {
    age: 214,
    externalKeyId: 'customers-pii-01',
    aliases: ['customers/pii'],
    description: '客户个人信息',
    tags: customers,
    protectedFor: 'Personal data of all customers',
  },
  {
    age: 201,
    externalKeyId: 'customers-kyc-01',
    aliases: [named(aliases.externalKeyDisabled)],
    description: 'Identity documents of customers',
    tags: customers,
  },
  { age: 177, externalKeyId: 'risk-models-01', aliases: ['risk/model-store'], description: '风控模型', tags: risk },
  {
    age: 176,
    externalKeyId: 'risk-fraud-01',
    aliases: [named(aliases.externalKeyMissing)],
    description: 'Features of the fraud model',
    tags: risk,
  },
  {
    age: 150,
    externalKeyId: 'etl-landing-01',
    aliases: ['etl/landing'],
    description: 'Landing zone of the data warehouse',
    tags: warehouse,
    policy: { ...nobody, user: [role('etl')] },
  },
  { age: 149, externalKeyId: 'etl-warehouse-01', aliases: ['etl/warehouse'], tags: warehouse },
  {
    age: 121,
    externalKeyId: 'backup-01',
    aliases: ['backup/nightly'],
    description: 'Nightly backups',
    tags: { ...production, team: 'platform' },
    policy: { ...nobody, user: [role('backup'), user('backup-agent')] },
  },
  {
    age: 120,
    externalKeyId: 'backup-01',
    aliases: ['backup/weekly'],
    state: 'Disabled',
    description: 'Weekly backups, replaced by the nightly ones',
    tags: { ...production, team: 'platform' },
  },
  {
    age: 96,
    externalKeyId: 'reports-01',
    aliases: [named(aliases.pendingDeletion)],
    state: 'PendingDeletion',
    deleteIn: 12,
    description: 'Quarterly reports until 2025',
    tags: { env: 'prod', team: 'finance' },
  },
  { age: 61, externalKeyId: 'sandbox-01', state: 'PendingDeletion', deleteIn: 3, tags: { env: 'dev' } },
  { age: 37, externalKeyId: 'sandbox-02', description: '', tags: { env: 'dev' } },
  {
    age: 9,
    externalKeyId: 'support-chat-01',
    aliases: ['support/chat-attachments'],
    description: 'Attachments of support chats',
    tags: { ...production, team: 'support' },
  },
]

const archive: readonly KeyPlan[] = [
  {
    age: 305,
    externalKeyId: 'arch-invoices-01',
    aliases: [named(aliases.instanceDisconnected)],
    description: 'Invoices, kept ten years',
    tags: { ...production, team: 'finance', retention: '10y' },
  },
  {
    age: 304,
    externalKeyId: 'arch-contracts-01',
    aliases: ['archive/contracts'],
    description: '合同归档',
    tags: { ...production, team: 'legal', retention: '10y' },
  },
  { age: 303, externalKeyId: 'arch-mail-01', aliases: ['archive/mail'], state: 'Disabled', tags: { team: 'it' } },
]

const group: readonly KeyPlan[] = [
  {
    age: 190,
    externalKeyId: 'grp-treasury-01',
    aliases: ['group/treasury'],
    description: 'Treasury of the group',
    tags: { ...production, team: 'treasury' },
  },
  {
    age: 133,
    externalKeyId: 'grp-interco-01',
    aliases: ['group/intercompany'],
    tags: { ...production, team: 'treasury' },
  },
  {
    age: 88,
    account: 'partner',
    externalKeyId: 'grp-clearing-01',
    aliases: ['clearing/batches'],
    description: 'Made by example-partner on the shared instance',
    tags: { ...production, team: 'clearing' },
  },
  { age: 44, account: 'partner', externalKeyId: 'grp-reports-01', aliases: ['clearing/reports'], state: 'Disabled' },
]

const settlement: readonly KeyPlan[] = [
  {
    age: 72,
    externalKeyId: 'set-outbound-01',
    aliases: [named(aliases.onSharedInstance)],
    description: 'Outbound settlement, on the instance of example-partner',
    tags: { ...production, team: 'payments' },
  },
  { age: 203, account: 'partner', externalKeyId: 'set-core-01', aliases: ['settlement/core'] },
]

const software: readonly KeyPlan[] = [
  {
    age: 352,
    aliases: [named(softwareAliases.rotating)],
    description: 'Configuration of applications',
    tags: production,
    rotateEvery: 90,
  },
  { age: 330, aliases: ['apps/sessions'], tags: production, rotateEvery: 30 },
  { age: 228, aliases: ['apps/logs'], state: 'Disabled', tags: { env: 'staging' }, rotateEvery: 180 },
  { age: 54, aliases: ['apps/feature-flags'], tags: { env: 'staging' } },
]

const hardware: readonly KeyPlan[] = [
  { age: 345, aliases: ['core/pin-block'], description: 'PIN 码加密', tags: { ...production, team: 'core-banking' } },
  {
    age: 344,
    aliases: ['core/batch'],
    tags: { ...production, team: 'core-banking' },
    storage: 'HsmEncryptedDatabase',
    rotateEvery: 180,
  },
]

const softwareShanghai: readonly KeyPlan[] = [
  { age: 166, aliases: ['apps/config'], tags: production, rotateEvery: 60 },
  { age: 165, aliases: ['apps/cache'], state: 'PendingDeletion', deleteIn: 25, tags: { env: 'staging' } },
]

const softwareSingapore: readonly KeyPlan[] = [{ age: 81, aliases: ['apps/config'], tags: production }]

export const keys: Plan['keys'] = {
  'hyok-payments': payments,
  'hyok-archive': archive,
  'hyok-group': group,
  'hyok-settlement': settlement,
  'kms-apps': software,
  'kms-core-banking': hardware,
  'kms-apps-shanghai': softwareShanghai,
  'kms-apps-singapore': softwareSingapore,
}

export const defaultKeys: readonly DefaultKeyPlan[] = [
  { region: 'cn-hangzhou', age: 360 },
  { region: 'cn-hangzhou', age: 358, service: 'ecs' },
  { region: 'cn-hangzhou', age: 355, service: 'rds' },
  { region: 'cn-hangzhou', age: 349, service: 'oss' },
  { region: 'cn-shanghai', age: 170, service: 'ecs' },
  { region: 'ap-southeast-1', age: 85, service: 'oss' },
]

const disabledAtManager: ReadonlySet<string> = new Set(['customers-kyc-01'])
const lostByManager: ReadonlySet<string> = new Set(['risk-fraud-01'])

/** What the KMS keys stand on: made the day before the first of them, and called like it. */
function usedExternalKeys(): readonly ExternalKeyPlan[] {
  const oldestFirst = Object.values(keys)
    .flat()
    .toSorted((a, b) => b.age - a.age)
  const used = new Map<string, ExternalKeyPlan>()
  for (const { externalKeyId: id, age, aliases: names } of oldestFirst) {
    if (id === undefined || used.has(id) || lostByManager.has(id)) continue
    const status = disabledAtManager.has(id) ? 'DISABLED' : 'ENABLED'
    used.set(id, { id, name: names?.[0] ?? '', age: age + 1, status })
  }
  return [...used.values()]
}

export const managerKeys: readonly ExternalKeyPlan[] = [
  ...usedExternalKeys(),
  ...externalKeys.ready.map((id, index) => ({ id, name: 'Ready for use', age: 20 - index })),
  { id: externalKeys.disabled, name: 'Spare, switched off', age: 30, status: 'DISABLED' },
  { id: externalKeys.encryptOnly, name: 'Seals only', age: 29, usages: ['ENCRYPT'] },
]
