/**
 * What the scenarios hold, by the names that stay the same for every seed: end-to-end tests read this and nothing else of the emulator.
 * Identifiers of keys and instances are drawn from the seed; find them by alias and name.
 */

export const scenarioNames = ['default', 'empty', 'proxy-down', 'quota-full', 'throttled', 'large'] as const
export type ScenarioName = (typeof scenarioNames)[number]

export const accounts = {
  main: { accountId: '1203456789012345', name: 'example-main' },
  partner: { accountId: '1309876543210987', name: 'example-partner' },
  /** A member of the same resource directory in which nothing happens yet. */
  retail: { accountId: '1250246813579024', name: 'example-retail' },
} as const
/** Exists in no scenario as an account; key policies may name it. */
export const strangerAccountId = '1407654321098765'

/** Whom one may act as, in the order of the identity menu. `user` null: the account itself. */
export const identities = {
  account: { accessKeyId: 'LTAI5tExampleMainAccount', account: 'main', user: null },
  keyAdmin: { accessKeyId: 'LTAI5tExampleMainKeyAdm1', account: 'main', user: 'key-admin' },
  keyOperator: { accessKeyId: 'LTAI5tExampleMainKeyOpr1', account: 'main', user: 'key-operator' },
  auditor: { accessKeyId: 'LTAI5tExampleMainAuditor', account: 'main', user: 'auditor' },
  cryptoApp: { accessKeyId: 'LTAI5tExampleMainCrypto1', account: 'main', user: 'crypto-app' },
  ordersService: { accessKeyId: 'LTAI5tExampleMainOrders1', account: 'main', user: 'orders-service' },
  keyDeployer: { accessKeyId: 'LTAI5tExampleMainDeploy1', account: 'main', user: 'key-deployer' },
  intern: { accessKeyId: 'LTAI5tExampleMainIntern1', account: 'main', user: 'intern' },
  partnerAccount: { accessKeyId: 'LTAI5tExamplePartnerAcct', account: 'partner', user: null },
  partnerEtl: { accessKeyId: 'LTAI5tExamplePartnerEtl1', account: 'partner', user: 'etl' },
} as const
/** `Identity.about` */
export type IdentityName = keyof typeof identities

export const instances = {
  payments: { name: 'hyok-payments', region: 'cn-hangzhou' },
  /** Disconnected. */
  archive: { name: 'hyok-archive', region: 'cn-hangzhou' },
  /** Shared by the main account to the partner. Its proxy speaks the dialect xki. */
  group: { name: 'hyok-group', region: 'cn-hangzhou' },
  /** Shared by the partner to the main account. */
  settlement: { name: 'hyok-settlement', region: 'cn-hangzhou' },
  software: { name: 'kms-apps', region: 'cn-hangzhou' },
  hardware: { name: 'kms-core-banking', region: 'cn-hangzhou' },
  /** External, Uninitialized. */
  recovery: { name: 'hyok-recovery', region: 'cn-shanghai' },
  /** Software, Uninitialized. */
  softwareBought: { name: 'kms-apps-new', region: 'cn-shanghai' },
  softwareShanghai: { name: 'kms-apps-shanghai', region: 'cn-shanghai' },
  /** The only one in its region: there is no external instance. */
  softwareSingapore: { name: 'kms-apps-singapore', region: 'ap-southeast-1' },
} as const
export type InstanceName = (typeof instances)[keyof typeof instances]['name']

/** Keys at the key manager that no KMS key stands on. */
export const externalKeys = {
  ready: ['ready-2026-01', 'ready-2026-02', 'ready-2026-03'],
  disabled: 'spare-disabled-01',
  /** May encrypt only, so that no KMS key can be made on it. */
  encryptOnly: 'seal-only-01',
  /** No key of the manager. */
  unknown: 'no-such-key',
} as const

/** Keys on `hyok-payments` unless said otherwise. */
export const aliases = {
  /** Works. Deletion protection is on; the policy names administrators and users. */
  working: 'alias/payments/card-vault',
  /** Works; the partner's user and role `etl` may use it. */
  crossAccount: 'alias/payments/settlement-files',
  /** Two keys on one external key. */
  sameExternalKey: ['alias/orders/db', 'alias/orders/db-replica'],
  /** Named in the key policy's user statement: `orders-service`. */
  ordersService: 'alias/orders/db',
  disabled: 'alias/orders/archive',
  pendingDeletion: 'alias/reports/quarterly',
  /** Enabled, and the external key is DISABLED. */
  externalKeyDisabled: 'alias/customers/kyc-documents',
  /** Enabled, and the manager has lost the external key. */
  externalKeyMissing: 'alias/risk/fraud-features',
  /** Enabled, on `hyok-archive`, which is Disconnected. */
  instanceDisconnected: 'alias/archive/invoices',
  /** On `hyok-settlement`: belongs to both accounts. */
  onSharedInstance: 'alias/settlement/outbound',
} as const

/** Keys on `kms-apps`. */
export const softwareAliases = {
  /** Rotates every 90 days, the last time 82 days ago. */
  rotating: 'alias/apps/config',
} as const
