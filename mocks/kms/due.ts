/** What time alone brings: keys whose deletion date has come, and quota units that return. By the cloud's clock, ms since the epoch. */
import type { CloudTables, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTransaction, WriteTransaction } from '#mocks/store/store.ts'
import { deleteKey } from './grants.ts'
import { forgetUse } from './usage.ts'

const deletionOf = ({ state, deleteAt }: KeyRow): number =>
  state === 'PendingDeletion' ? (deleteAt ?? Infinity) : Infinity

/** When `settle` has something to do next; Infinity: nothing is under way. */
export function nextDue({ keys, withdrawals }: Pick<ReadTransaction<CloudTables>, 'keys' | 'withdrawals'>): number {
  let next = Infinity
  for (const key of keys.values()) next = Math.min(next, deletionOf(key))
  for (const { returnsAt } of withdrawals.values()) next = Math.min(next, returnsAt)
  return next
}

/**
 * Deletes the keys whose date has come, with their aliases, in the order of their dates, and drops withdrawals whose unit has returned.
 * However late it is called, the result is as if it had been called in time.
 */
export function settle(tx: WriteTransaction<CloudTables>, now: number): void {
  const due = [...tx.keys.values()].filter((key) => deletionOf(key) <= now)
  for (const key of due.sort((a, b) => deletionOf(a) - deletionOf(b))) vanish(tx, key, deletionOf(key))
  for (const { id, returnsAt } of tx.withdrawals.values()) if (returnsAt <= now) tx.withdrawals.delete(id)
}

/** KMS user guide, Schedule a key deletion; that its aliases go too is assumed. */
function vanish(tx: WriteTransaction<CloudTables>, key: KeyRow, at: number): void {
  for (const { id, keyId } of tx.aliases.values()) if (keyId === key.keyId) tx.aliases.delete(id)
  forgetUse(tx, key.keyId)
  const instance = key.instanceId === null ? undefined : tx.instances.get(key.instanceId)
  if (instance) deleteKey(tx, instance, key, at)
  else tx.keys.delete(key.keyId)
}
