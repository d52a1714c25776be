/** Keys of an instance as they come, change and go, with what that does to the access management quota. */
import { otherAccounts } from '#src/api/contract/policy.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, InstanceRow, KeyRow, WithdrawalRow } from '#mocks/store/rows.ts'
import type { ReadTransaction, WriteTransaction } from '#mocks/store/store.ts'
import { accessUse, exceedsQuota, namedAccounts, withdrawalId, withdrawalsOf, type AccessUse } from './quota.ts'

type Tables = Pick<ReadTransaction<CloudTables>, 'keys' | 'withdrawals'>
type WritableTables = Pick<WriteTransaction<CloudTables>, 'keys' | 'withdrawals'>

export const keysOf = ({ keys }: Pick<Tables, 'keys'>, { instanceId }: InstanceRow): readonly KeyRow[] =>
  [...keys.values()].filter((key) => key.instanceId === instanceId)

const withdrawalsFrom = ({ withdrawals }: Tables, { instanceId }: InstanceRow): readonly WithdrawalRow[] =>
  [...withdrawals.values()].filter((row) => row.instanceId === instanceId)

/** `now`: the cloud's clock, ms since the epoch. */
export const accessUseOf = (tables: Tables, instance: InstanceRow, now: number): AccessUse =>
  accessUse(instance, keysOf(tables, instance), withdrawalsFrom(tables, instance), now)

/** Puts a key, new or changed. Throws Rejected.ShareQuotaExceedLimit where its policy names more other accounts than the quota allows. */
export function putKey(tx: WritableTables, instance: InstanceRow, key: KeyRow, now: number): void {
  const use = accessUseOf(tx, instance, now)
  const named = key.policy ? otherAccounts(key.policy, instance.accountId) : []
  if (exceedsQuota(instance, use, named)) throw new ServiceError('Rejected.ShareQuotaExceedLimit')
  tx.keys.put(key)
  for (const account of named) tx.withdrawals.delete(withdrawalId(instance.instanceId, account))
  putWithdrawals(tx, instance, use.accounts, now)
}

/** Deletes a key at `at`, ms since the epoch by the cloud's clock: units of accounts that only it named return later. */
export function deleteKey(tx: WritableTables, instance: InstanceRow, key: KeyRow, at: number): void {
  const before = namedAccounts(instance, keysOf(tx, instance))
  tx.keys.delete(key.keyId)
  putWithdrawals(tx, instance, before, at)
}

function putWithdrawals(tx: WritableTables, instance: InstanceRow, before: ReadonlySet<string>, at: number): void {
  const after = namedAccounts(instance, keysOf(tx, instance))
  for (const row of withdrawalsOf(instance.instanceId, before, after, at)) tx.withdrawals.put(row)
}
