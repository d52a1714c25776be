/** Keys of an instance as they come, change and go, with what that does to the access management quota. */
import { otherAccounts } from '#src/api/contract/policy.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, InstanceRow, KeyRow, WithdrawalRow } from '#mocks/store/rows.ts'
import type { ReadTransaction, WriteTransaction } from '#mocks/store/store.ts'
import { deleteVersions } from './key-versions.ts'
import { accessUse, exceedsQuota, namedAccounts, withdrawalId, withdrawalsOf, type AccessUse } from './quota.ts'
import { receiversOf } from './sharing.ts'

type Tables = Pick<ReadTransaction<CloudTables>, 'keys' | 'withdrawals' | 'shareAssociations'>
type WritableTables = Pick<WriteTransaction<CloudTables>, 'keys' | 'withdrawals' | 'shareAssociations'>

export const keysOf = ({ keys }: Pick<Tables, 'keys'>, { instanceId }: InstanceRow): readonly KeyRow[] =>
  [...keys.values()].filter((key) => key.instanceId === instanceId)

const withdrawalsFrom = ({ withdrawals }: Tables, { instanceId }: InstanceRow): readonly WithdrawalRow[] =>
  [...withdrawals.values()].filter((row) => row.instanceId === instanceId)

/** `now`: the cloud's clock, ms since the epoch. */
export const accessUseOf = (tables: Tables, instance: InstanceRow, now: number): AccessUse =>
  accessUse(instance, accountsOn(tables, instance), withdrawalsFrom(tables, instance), now)

/** The other accounts that an instance is shared to, or that its keys name. */
export const accountsOn = (
  tables: Pick<Tables, 'keys' | 'shareAssociations'>,
  instance: InstanceRow,
): ReadonlySet<string> => namedAccounts(instance, receiversOf(tables, instance), keysOf(tables, instance))

/** What becomes of the quota when accounts come and go: units are taken back at once, and return later. */
export function moveUnits(
  tx: Pick<WritableTables, 'withdrawals'>,
  { instanceId }: InstanceRow,
  { before, after }: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> },
  now: number,
): void {
  for (const account of after) tx.withdrawals.delete(withdrawalId(instanceId, account))
  for (const row of withdrawalsOf(instanceId, before, after, now)) tx.withdrawals.put(row)
}

/** The accounts that take a unit of the instance whatever becomes of one key, and those together with a key's own. */
function namedBeside(tables: Tables, instance: InstanceRow, keyId: string) {
  const others = keysOf(tables, instance).filter((key) => key.keyId !== keyId)
  const rest = namedAccounts(instance, receiversOf(tables, instance), others)
  const restAnd = (key: KeyRow | undefined): ReadonlySet<string> =>
    key?.policy ? new Set([...rest, ...otherAccounts(key.policy, instance.accountId)]) : rest
  return { rest, restAnd }
}

/** Puts a key, new or changed. Throws Rejected.ShareQuotaExceedLimit where its policy names more other accounts than the quota allows. */
export function putKey(tx: WritableTables, instance: InstanceRow, key: KeyRow, now: number): void {
  const { restAnd } = namedBeside(tx, instance, key.keyId)
  const before = restAnd(tx.keys.get(key.keyId))
  const after = restAnd(key)
  if (exceedsQuota(instance, accessUse(instance, before, withdrawalsFrom(tx, instance), now), after))
    throw new ServiceError('Rejected.ShareQuotaExceedLimit')
  tx.keys.put(key)
  moveUnits(tx, instance, { before, after }, now)
}

/**
 * Deletes a key with its versions at `at`, ms since the epoch by the cloud's clock: units of accounts that only it named return later.
 * `instance` undefined: a default key.
 */
export function deleteKey(
  tx: WritableTables & Pick<WriteTransaction<CloudTables>, 'keyVersions'>,
  instance: InstanceRow | undefined,
  key: KeyRow,
  at: number,
): void {
  deleteVersions(tx, key)
  if (!instance) return tx.keys.delete(key.keyId)
  const { rest, restAnd } = namedBeside(tx, instance, key.keyId)
  tx.keys.delete(key.keyId)
  for (const row of withdrawalsOf(instance.instanceId, restAnd(key), rest, at)) tx.withdrawals.put(row)
}
