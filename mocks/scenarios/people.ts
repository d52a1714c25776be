/** Accounts, their users, groups, roles and RAM policies, and the access keys to act with: the same in every scenario. */
import { roleArn, rootArn, userArn } from '#src/api/contract/arn.ts'
import { generateHmacKey } from '#mocks/crypto/hmac.ts'
import { firstVersion, groupId } from '#mocks/ram/attached.ts'
import { systemPolicyRows, type SystemPolicyName } from '#mocks/ram/system-policies.ts'
import type {
  AccessKeyRow,
  AccountRow,
  GroupRow,
  PolicyRef,
  PrincipalRow,
  RamPolicyRow,
  TrustPolicy,
} from '#mocks/store/rows.ts'
import { dayMs, type Draw } from './draw.ts'
import { accounts, identities } from './names.ts'
import type { AccountName } from './plan.ts'
import { customPolicies, type CustomPolicyName } from './ram-policies.ts'
import { staffNames } from './staff.ts'

type PolicyName = SystemPolicyName | CustomPolicyName
type People = readonly (readonly [name: string, displayName: string, ...policies: readonly PolicyName[]])[]

const users: Readonly<Record<AccountName, People>> = {
  main: [
    ['key-admin', '密钥管理员', 'AliyunKMSFullAccess', 'AliyunRAMReadOnlyAccess'],
    ['key-operator', '密钥运维', 'AliyunKMSCryptoAdminAccess', 'AliyunRAMReadOnlyAccess'],
    ['auditor', '审计员', 'AliyunKMSReadOnlyAccess', 'AliyunRAMReadOnlyAccess', 'AliyunResourceSharingReadOnlyAccess'],
    ['crypto-app', 'Card encryption service', 'AliyunKMSCryptoUserAccess'],
    ['orders-service', 'Order service', 'AssumeOrderApp'],
    ['key-deployer', 'Key rollout pipeline', 'AliyunKMSFullAccess'],
    ['intern', '实习生'],
    ['security-lead', '王芳', 'AdministratorAccess'],
    ['data-analyst', '李明', 'ListKeysOnly'],
    ['platform-sre', '张伟', 'AliyunKMSFullAccess', 'DenyKeyChanges'],
    ['backup-agent', 'Nightly backup'],
    ['directory-admin', '陈静', 'AliyunRAMFullAccess'],
  ],
  partner: [
    ['etl', 'Settlement import', 'UseKeysOfExampleMain', 'AssumeEtlOfExampleMain'],
    ['clearing-ops', '清算运营', 'AliyunKMSReadOnlyAccess'],
  ],
  retail: [],
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
  retail: [],
}

/** Who may assume a role, where it is not the account that has it. */
const trusted: Readonly<Record<AccountName, Readonly<Record<string, readonly string[]>>>> = {
  main: {
    'order-app': [userArn(accounts.main.accountId, 'orders-service')],
    'break-glass': ['key-operator', 'security-lead'].map((name) => userArn(accounts.main.accountId, name)),
    etl: [userArn(accounts.partner.accountId, 'etl')],
  },
  partner: {},
  retail: {},
}

interface GroupPlan {
  readonly name: string
  readonly comments: string
  readonly members: readonly string[]
  readonly policies: readonly PolicyName[]
}

const groups: Readonly<Record<AccountName, readonly GroupPlan[]>> = {
  main: [
    {
      name: 'security-team',
      comments: '密钥与应急',
      members: ['key-admin', 'key-operator', 'security-lead'],
      policies: ['AssumeBreakGlass'],
    },
    { name: 'auditors', comments: '审计', members: ['auditor'], policies: ['AliyunKMSReadOnlyAccess'] },
    {
      name: 'applications',
      comments: 'Services that use keys',
      members: ['crypto-app', 'orders-service'],
      policies: [],
    },
  ],
  partner: [{ name: 'clearing', comments: '清算', members: ['clearing-ops'], policies: ['AliyunKMSReadOnlyAccess'] }],
  retail: [],
}

const hourMs = 60 * 60_000

const accountNames = Object.keys(accounts) as AccountName[]

const accountRows: readonly AccountRow[] = accountNames.map((name) => ({ ...accounts[name], kmsStatus: 'Enabled' }))

/** RAM's own policies are as old as their accounts. */
const policyRows = (createdAt: number): readonly RamPolicyRow[] =>
  Object.entries(customPolicies).map(([name, { account, document }]) =>
    firstVersion({ accountId: accounts[account].accountId, name, description: '', document, createdAt }),
  )

const refsOf = (names: readonly PolicyName[], attachedAt: number): readonly PolicyRef[] =>
  names.map((name) => ({ name, type: name in customPolicies ? 'Custom' : 'System', attachedAt }))

const trusting = (arns: readonly string[]): TrustPolicy => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { RAM: arns } }],
})

function principalRows(draw: Draw, now: number): readonly PrincipalRow[] {
  const rowsOf = (kind: PrincipalRow['kind'], account: AccountName, people: People): readonly PrincipalRow[] =>
    people.map(([name, displayName, ...policies]) => {
      const { accountId } = accounts[account]
      const createdAt = now - (400 + draw.below(200)) * dayMs
      const trust = trusting(trusted[account][name] ?? [rootArn(accountId)])
      return {
        arn: kind === 'user' ? userArn(accountId, name) : roleArn(accountId, name),
        accountId,
        kind,
        name,
        id: draw.digits(18),
        displayName,
        policies: refsOf(policies, createdAt),
        createdAt,
        role: kind === 'role' ? { trust, maxSessionMs: hourMs } : null,
      }
    })
  return accountNames.flatMap((account) => [
    ...rowsOf('user', account, users[account]),
    ...rowsOf('role', account, roles[account]),
  ])
}

const groupRows = (createdAt: number): readonly GroupRow[] =>
  accountNames.flatMap((account) =>
    groups[account].map(({ name, comments, members, policies }) => {
      const { accountId } = accounts[account]
      return {
        id: groupId(accountId, name),
        accountId,
        name,
        comments,
        members: members.map((member) => ({ arn: userArn(accountId, member), joinedAt: createdAt })),
        policies: refsOf(policies, createdAt),
        createdAt,
      }
    }),
  )

/** Their secrets are random and known to nobody. */
const accessKeyRows = (): Promise<readonly AccessKeyRow[]> =>
  Promise.all(
    Object.entries(identities).map(async ([about, { accessKeyId, account, user }], order) => {
      const { accountId } = accounts[account]
      const principalArn = user === null ? null : userArn(accountId, user)
      return { accessKeyId, accountId, principalArn, active: true, key: await generateHmacKey(), about, order }
    }),
  )

/** Users of the main account beyond those that every scenario has: some may look at keys, more are in a group. */
function staffRows(draw: Draw, count: number, createdAt: number): readonly PrincipalRow[] {
  const { accountId } = accounts.main
  const readOnly = refsOf(['AliyunKMSReadOnlyAccess'], createdAt)
  return staffNames(count).map(([name, displayName], index) => ({
    arn: userArn(accountId, name),
    accountId,
    kind: 'user',
    name,
    id: draw.digits(18),
    displayName,
    policies: index % 50 === 0 ? readOnly : [],
    createdAt,
    role: null,
  }))
}

const withMembers = (
  groups: readonly GroupRow[],
  members: readonly PrincipalRow[],
  joinedAt: number,
): readonly GroupRow[] =>
  groups.map((group) =>
    group.name === 'applications'
      ? { ...group, members: [...group.members, ...members.map(({ arn }) => ({ arn, joinedAt }))] }
      : group,
  )

/** `staff`: how many users more than the named ones. */
export async function peopleRows(draw: Draw, now: number, staff = 0) {
  const settled = now - 400 * dayMs
  const named = principalRows(draw, now)
  const others = staffRows(draw, staff, settled)
  return {
    accounts: accountRows,
    principals: [...named, ...others],
    groups: withMembers(groupRows(settled), others.slice(0, 200), settled),
    ramPolicies: [...systemPolicyRows, ...policyRows(settled)],
    accessKeys: await accessKeyRows(),
    sessions: [],
  }
}
