/** Between a key policy and the pickers. What the pickers cannot say is never guessed at: the policy then stays a document. */
import { accountArn, parsePrincipalArn, type PrincipalArn } from '#src/api/contract/arn.ts'
import {
  defaultSid,
  policyRoles,
  type KeyPolicy,
  type PolicyChoice,
  type PolicyRole,
  type PolicyStatement,
} from '#src/api/contract/policy.ts'

/** Together: `customPolicy(accountIds, choice)`. */
export interface Picked {
  /** Accounts of the default statement. */
  readonly accountIds: readonly string[]
  readonly choice: PolicyChoice
}

export type LockReason =
  /** No statement that gives everything to accounts: the pickers always write it. */
  | 'noDefault'
  /** One that does, in another form than KMS writes. */
  | 'defaultForm'
  | 'deny'
  | 'condition'
  | 'sid'
  /** Not exactly the actions of a role. */
  | 'actions'
  | 'wholeAccount'
  | 'foreignAdministrator'
  | 'mixedAccounts'
  | 'repeated'

/** Why the pickers cannot show a policy, and which statement it is (from 0; null: one that is not there). */
export interface Lock {
  readonly reason: LockReason
  readonly statement: number | null
}

export const isLock = (value: Picked | Lock): value is Lock => 'reason' in value

const sameSet = (one: readonly string[], other: readonly string[]): boolean => {
  const set = new Set(one)
  return set.size === new Set(other).size && other.every((item) => set.has(item))
}

/**
 * What the pickers show for a policy. They may write it anew with the order of statements and actions as the console has it, which means
 * the same; anything that would be lost is a lock. `ownAccountId`: whose users and roles the pickers offer.
 */
export function pickedFrom(policy: KeyPolicy, ownAccountId: string): Picked | Lock {
  let accountIds: readonly string[] | null = null
  const choice: Partial<Record<PolicyRole, readonly string[]>> = {}
  for (const [statement, one] of policy.Statement.entries()) {
    const read = readStatement(one, ownAccountId)
    if (typeof read === 'string') return { reason: read, statement }
    const taken = read.role === 'default' ? accountIds : choice[read.role]
    if (taken) return { reason: 'repeated', statement }
    if (read.role === 'default') accountIds = read.members
    else choice[read.role] = read.members
  }
  if (!accountIds) return { reason: 'noDefault', statement: null }
  const { administrator = [], user = [], crossAccountUser = [] } = choice
  return { accountIds, choice: { administrator, user, crossAccountUser } }
}

interface ReadStatement {
  readonly role: PolicyRole | 'default'
  /** Account IDs of the default statement, else ARNs; each once. */
  readonly members: readonly string[]
}

function readStatement(
  { Sid, Effect, Principal: { RAM }, Action, Condition }: PolicyStatement,
  ownAccountId: string,
): ReadStatement | LockReason {
  if (Effect === 'Deny') return 'deny'
  if (Condition !== undefined) return 'condition'
  const arns = [...new Set(RAM)]
  const principals = arns.map(parsePrincipalArn).filter((principal) => principal !== null)
  if (sameSet(Action, ['kms:*'])) return readDefault(arns, principals, Sid)
  const isAdministrator = sameSet(Action, policyRoles.administrator)
  if (!isAdministrator && !sameSet(Action, policyRoles.user)) return 'actions'
  if (Sid !== undefined) return 'sid'
  if (principals.some(({ kind }) => kind === 'account')) return 'wholeAccount'
  const own = principals.filter(({ accountId }) => accountId === ownAccountId).length
  if (isAdministrator) return own === arns.length ? { role: 'administrator', members: arns } : 'foreignAdministrator'
  if (own > 0 && own < arns.length) return 'mixedAccounts'
  return { role: own > 0 ? 'user' : 'crossAccountUser', members: arns }
}

function readDefault(
  arns: readonly string[],
  principals: readonly PrincipalArn[],
  sid: string | undefined,
): ReadStatement | LockReason {
  if (principals.some(({ kind }) => kind !== 'account')) return 'actions'
  const accountIds = principals.map(({ accountId }) => accountId)
  const asWritten = sid === defaultSid && arns.every((arn, index) => arn === accountArn(accountIds[index]!))
  return asWritten ? { role: 'default', members: accountIds } : 'defaultForm'
}
