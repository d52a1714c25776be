/** Accounts, their users, roles and RAM policies, and the access keys to act with: the same in every scenario. */
import { roleArn, userArn } from '#src/api/contract/arn.ts'
import { policyRoles } from '#src/api/contract/policy.ts'
import { generateHmacKey } from '#mocks/crypto/hmac.ts'
import { ramPolicyId, systemPolicyRows, type SystemPolicyName } from '#mocks/ram/system-policies.ts'
import type { AccessKeyRow, AccountRow, PrincipalRow, RamPolicy, RamPolicyRow } from '#mocks/store/rows.ts'
import { dayMs, type Draw } from './draw.ts'
import { accounts, identities } from './names.ts'

type AccountName = keyof typeof accounts

/** Policies of the accounts' own. */
const customPolicies = {
  ListKeysOnly: {
    account: 'main',
    document: {
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['kms:List*', 'kms:DescribeKey', 'kms:GetKmsInstance'],
          Resource: [`acs:kms:*:${accounts.main.accountId}:*`],
        },
      ],
    },
  },
  DenyKeyChanges: {
    account: 'main',
    document: {
      Version: '1',
      Statement: [
        {
          Effect: 'Deny',
          Action: ['kms:Create*', 'kms:Enable*', 'kms:Disable*', 'kms:Set*', 'kms:Delete*', 'kms:Schedule*'],
          Resource: ['*'],
        },
      ],
    },
  },
  UseKeysOfExampleMain: {
    account: 'partner',
    document: {
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: policyRoles.user,
          Resource: [`acs:kms:*:${accounts.main.accountId}:key/*`],
        },
      ],
    },
  },
} as const satisfies Record<string, { account: AccountName; document: RamPolicy }>

type PolicyName = SystemPolicyName | keyof typeof customPolicies
type People = readonly (readonly [name: string, displayName: string, ...policies: readonly PolicyName[]])[]

const users: Readonly<Record<AccountName, People>> = {
  main: [
    ['key-admin', '密钥管理员', 'AliyunKMSFullAccess', 'AliyunRAMReadOnlyAccess'],
    ['key-operator', '密钥运维', 'AliyunKMSCryptoAdminAccess', 'AliyunRAMReadOnlyAccess'],
    ['auditor', '审计员', 'AliyunKMSReadOnlyAccess', 'AliyunRAMReadOnlyAccess'],
    ['crypto-app', 'Card encryption service', 'AliyunKMSCryptoUserAccess'],
    ['orders-service', 'Order service'],
    ['key-deployer', 'Key rollout pipeline', 'AliyunKMSFullAccess'],
    ['intern', '实习生'],
    ['security-lead', '王芳', 'AdministratorAccess'],
    ['data-analyst', '李明', 'ListKeysOnly'],
    ['platform-sre', '张伟', 'AliyunKMSFullAccess', 'DenyKeyChanges'],
    ['backup-agent', 'Nightly backup'],
    ['directory-admin', '陈静', 'AliyunRAMFullAccess'],
  ],
  partner: [
    ['etl', 'Settlement import', 'UseKeysOfExampleMain'],
    ['clearing-ops', '清算运营', 'AliyunKMSReadOnlyAccess'],
  ],
}

const roles: Readonly<Record<AccountName, People>> = {
  main: [
    ['order-app', 'Order application'],
    ['payment-gateway', 'Payment gateway'],
    ['etl', 'Data warehouse loading'],
    ['backup', 'Backup and restore'],
    ['risk-engine', '风控引擎'],
    ['kms-auditor', '密钥审计', 'AliyunKMSReadOnlyAccess'],
    ['break-glass', '应急操作', 'AdministratorAccess'],
  ],
  partner: [
    ['etl', 'Settlement import', 'UseKeysOfExampleMain'],
    ['clearing', 'Clearing', 'AliyunKMSFullAccess'],
  ],
}

const accountNames = Object.keys(accounts) as AccountName[]

const accountRows: readonly AccountRow[] = accountNames.map((name) => ({ ...accounts[name], kmsStatus: 'Enabled' }))

const policyRows: readonly RamPolicyRow[] = Object.entries(customPolicies).map(([name, { account, document }]) => {
  const { accountId } = accounts[account]
  return { id: ramPolicyId(accountId, name), accountId, name, document }
})

function principalRows(draw: Draw, now: number): readonly PrincipalRow[] {
  const rowsOf = (kind: PrincipalRow['kind'], account: AccountName, people: People): readonly PrincipalRow[] =>
    people.map(([name, displayName, ...policies]) => {
      const { accountId } = accounts[account]
      const arn = kind === 'user' ? userArn(accountId, name) : roleArn(accountId, name)
      const createdAt = now - (400 + draw.below(200)) * dayMs
      return { arn, accountId, kind, name, id: draw.digits(18), displayName, policies, createdAt }
    })
  return accountNames.flatMap((account) => [
    ...rowsOf('user', account, users[account]),
    ...rowsOf('role', account, roles[account]),
  ])
}

/** Their secrets are random and known to nobody. */
const accessKeyRows = (): Promise<readonly AccessKeyRow[]> =>
  Promise.all(
    Object.entries(identities).map(async ([about, { accessKeyId, account, user }], order) => {
      const { accountId } = accounts[account]
      const principalArn = user === null ? null : userArn(accountId, user)
      return { accessKeyId, accountId, principalArn, active: true, key: await generateHmacKey(), about, order }
    }),
  )

export const peopleRows = async (draw: Draw, now: number) => ({
  accounts: accountRows,
  principals: principalRows(draw, now),
  ramPolicies: [...systemPolicyRows, ...policyRows],
  accessKeys: await accessKeyRows(),
})
