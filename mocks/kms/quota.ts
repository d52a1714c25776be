/**
 * The access management quota of an instance. KMS user guide, Configure a key policy, and Share a KMS instance: each other account that
 * a key policy or a share names takes one unit, each VPC one; a withdrawn account's unit returns about five minutes later.
 */
import { otherAccounts } from '#src/api/contract/policy.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { InstanceRow, KeyRow, WithdrawalRow } from '#mocks/store/rows.ts'

export interface AccessUse {
  /** Other accounts that are named now; "other" is seen from the instance's owner. */
  readonly accounts: ReadonlySet<string>
  /** Withdrawn accounts that still hold their unit. */
  readonly returning: readonly WithdrawalRow[]
  readonly used: number
}

/**
 * The accounts that take a unit: each once, whether it is shared to, or keys name it, however many. `receivers`: whom the instance is shared
 * to. `keys`: the instance's.
 */
export function namedAccounts(
  { accountId }: Pick<InstanceRow, 'accountId'>,
  receivers: Iterable<string>,
  keys: Iterable<KeyRow>,
): ReadonlySet<string> {
  const accounts = new Set(receivers)
  for (const { policy } of keys)
    if (policy) for (const account of otherAccounts(policy, accountId)) accounts.add(account)
  return accounts
}

/** `withdrawals`: the instance's. `now`: the cloud's clock, ms since the epoch. */
export function accessUse(
  { vpcId, boundVpcs }: InstanceRow,
  accounts: ReadonlySet<string>,
  withdrawals: Iterable<WithdrawalRow>,
  now: number,
): AccessUse {
  const returning = [...withdrawals].filter(({ accountId, returnsAt }) => returnsAt > now && !accounts.has(accountId))
  const vpcs = vpcsOf({ vpcId, boundVpcs }).length
  return { accounts, returning, used: accounts.size + returning.length + vpcs }
}

/** Each takes a unit; the instance's own first. */
export const vpcsOf = ({ vpcId, boundVpcs }: Pick<InstanceRow, 'vpcId' | 'boundVpcs'>): readonly string[] => [
  ...(vpcId === null ? [] : [vpcId]),
  ...boundVpcs.map((bound) => bound.vpcId),
]

/**
 * Whether naming these accounts goes beyond the quota. A change that names nobody new is always possible, and what the same change
 * withdraws makes no room: its unit returns later. An account that holds a unit still takes no second one.
 */
export function exceedsQuota(
  instance: InstanceRow,
  { accounts, returning, used }: AccessUse,
  named: Iterable<string>,
): boolean {
  const held = new Set([...accounts, ...returning.map(({ accountId }) => accountId)])
  const added = [...new Set(named)].filter((account) => !held.has(account)).length
  return added > 0 && used + added > instance.accessQuota
}

/** The rows of accounts that lost their last grant at `at`. */
export const withdrawalsOf = (
  instanceId: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  at: number,
): readonly WithdrawalRow[] =>
  [...before]
    .filter((accountId) => !after.has(accountId))
    .map((accountId) => ({
      id: withdrawalId(instanceId, accountId),
      instanceId,
      accountId,
      returnsAt: at + limits.quotaReturnMs,
    }))

export const withdrawalId = (instanceId: string, accountId: string): string => `${instanceId}/${accountId}`
