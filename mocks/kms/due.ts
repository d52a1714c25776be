/**
 * What time alone brings: keys whose deletion date has come, rotations, quota units that return, instances that are connected. By the cloud's clock, ms since the epoch.
 */
import type { CloudTables, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTransaction, WriteTransaction } from '#mocks/store/store.ts'
import { attemptEndsAt, concluded } from './attempt.ts'
import { deleteKey } from './grants.ts'
import { rotate } from './rotation.ts'
import { forgetUse } from './usage.ts'

/** When something happens to a key by itself, and what. In another state nothing does. */
const happenings: Readonly<Partial<Record<KeyRow['state'], Happening>>> = {
  PendingDeletion: { order: 0, at: ({ deleteAt }) => deleteAt ?? Infinity, happen: vanish },
  Enabled: { order: 1, at: ({ rotation }) => rotation?.nextAt ?? Infinity, happen: rotate },
}

interface Happening {
  /** Of what falls on the same millisecond, the lower comes first: a key that goes makes room for a version. */
  readonly order: number
  readonly at: (key: KeyRow) => number
  readonly happen: (tx: WriteTransaction<CloudTables>, key: KeyRow, at: number) => void
}

const dueAt = (key: KeyRow): number => happenings[key.state]?.at(key) ?? Infinity

/** When `settle` has something to do next; Infinity: nothing is under way. */
export function nextDue({
  keys,
  withdrawals,
  instances,
}: Pick<ReadTransaction<CloudTables>, 'keys' | 'withdrawals' | 'instances'>): number {
  let next = Infinity
  for (const key of keys.values()) next = Math.min(next, dueAt(key))
  for (const { returnsAt } of withdrawals.values()) next = Math.min(next, returnsAt)
  for (const instance of instances.values()) next = Math.min(next, attemptEndsAt(instance))
  return next
}

/**
 * Deletes the keys whose date has come, with their aliases, and rotates those whose time has come, all in the order of their dates, and
 * drops withdrawals whose unit has returned, and ends attempts to connect. However late it is called, the result is as if it had been called in time.
 */
export function settle(tx: WriteTransaction<CloudTables>, now: number): void {
  const due = [...tx.keys.values()].filter((key) => dueAt(key) <= now)
  for (let key = takeFirst(due); key; key = takeFirst(due)) {
    happenings[key.state]?.happen(tx, key, dueAt(key))
    const after = tx.keys.get(key.keyId)
    if (after && dueAt(after) <= now) due.push(after)
  }
  for (const { id, returnsAt } of tx.withdrawals.values()) if (returnsAt <= now) tx.withdrawals.delete(id)
  for (const instance of tx.instances.values())
    if (attemptEndsAt(instance) <= now) tx.instances.put(concluded(instance))
}

/** Takes the key out to which something happens first; one key's turn never changes another's. */
function takeFirst(due: KeyRow[]): KeyRow | undefined {
  return due.sort(byTurn).shift()
}

const byTurn = (a: KeyRow, b: KeyRow): number =>
  dueAt(a) - dueAt(b) || orderOf(a) - orderOf(b) || (a.keyId < b.keyId ? -1 : 1)
const orderOf = ({ state }: KeyRow): number => happenings[state]?.order ?? 0

/** KMS user guide, Schedule a key deletion; that its aliases go too is assumed. */
function vanish(tx: WriteTransaction<CloudTables>, key: KeyRow, at: number): void {
  for (const { id, keyId } of tx.aliases.values()) if (keyId === key.keyId) tx.aliases.delete(id)
  forgetUse(tx, key.keyId)
  deleteKey(tx, key.instanceId === null ? undefined : tx.instances.get(key.instanceId), key, at)
}
