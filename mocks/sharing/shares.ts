/**
 * Resource shares as they change, with what that does to the access management quota of their instances. ResourceSharing API 2020-01-10;
 * KMS user guide, Share a KMS instance across multiple accounts. Associations are there at once; the published ones take a while (assumed).
 */
import type { Holding } from '#src/api/contract/errors.ts'
import { accessUseOf, accountsOn, keysOf, moveUnits } from '#mocks/kms/grants.ts'
import { exceedsQuota } from '#mocks/kms/quota.ts'
import { associationsIn, newAssociation, receiversOf, shareAssociationId } from '#mocks/kms/sharing.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { AssociationType } from '#src/api/contract/sharing.ts'
import type { CloudTables, InstanceRow, ShareAssociationRow } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'

type Tables = WriteTransaction<CloudTables>

/** What of a share comes or goes: instances by their IDs, accounts by theirs. */
export interface ShareEntities {
  readonly instances: readonly string[]
  readonly accounts: readonly string[]
}

/** Times are ms since the epoch, by the cloud's clock. */
interface Change {
  readonly tx: Tables
  readonly shareId: string
  readonly now: number
}

/** The instances of a share that are there. */
const instancesIn = ({ tx, shareId }: Change): readonly InstanceRow[] =>
  associationsIn(tx, shareId, 'Resource').flatMap(({ entityId }) => tx.instances.get(entityId) ?? [])

/**
 * Associates what is not associated yet. Where the quota of an instance has no room for an account, the association is there and Failed for
 * that pair: it is not tried again by itself (KMS user guide, Quota change effectiveness).
 */
export function associate(change: Change, { instances, accounts }: ShareEntities): void {
  for (const instanceId of instances) addInstance(change, instanceId)
  for (const accountId of accounts) addAccount(change, accountId)
}

const isThere = ({ tx, shareId }: Change, type: AssociationType, entityId: string): boolean =>
  tx.shareAssociations.get(shareAssociationId(shareId, type, entityId)) !== undefined

function addInstance(change: Change, instanceId: string): void {
  const { tx, shareId, now } = change
  const instance = tx.instances.get(instanceId)
  if (!instance || isThere(change, 'Resource', instanceId)) return
  const wanted = associationsIn(tx, shareId, 'Target').map(({ entityId }) => entityId)
  const { granted, refused } = roomFor(tx, instance, wanted, now)
  put(change, 'Resource', instanceId, refused)
  grant(tx, instance, granted, now)
}

function addAccount(change: Change, accountId: string): void {
  if (isThere(change, 'Target', accountId)) return
  const rooms = instancesIn(change).map((instance) => ({
    instance,
    ...roomFor(change.tx, instance, [accountId], change.now),
  }))
  const refusing = rooms.filter(({ refused }) => refused.length > 0)
  put(
    change,
    'Target',
    accountId,
    refusing.map(({ instance }) => instance.instanceId),
  )
  for (const { instance, granted } of rooms) grant(change.tx, instance, granted, change.now)
}

/** Which of the accounts an instance's quota has room for, in their order. */
function roomFor(tx: Tables, instance: InstanceRow, accounts: readonly string[], now: number) {
  const use = accessUseOf(tx, instance, now)
  const granted: string[] = []
  const refused: string[] = []
  for (const account of accounts) (exceedsQuota(instance, use, [...granted, account]) ? refused : granted).push(account)
  return { granted, refused }
}

/** A unit that was on its way back is taken up again. */
function grant(tx: Tables, instance: InstanceRow, accounts: readonly string[], now: number): void {
  const after = accountsOn(tx, instance)
  moveUnits(tx, instance, { before: after, after: new Set([...after, ...accounts]) }, now)
}

function put({ tx, shareId, now }: Change, type: AssociationType, entityId: string, failed: readonly string[]): void {
  const failures = failed.map((id) => ({ entityId: id, at: now }))
  tx.shareAssociations.put({ ...newAssociation(shareId, type, entityId, now), failures })
}

/**
 * Takes instances and accounts out of a share. Throws DisassociateInvalid for what is not in it, and refuses to take an instance from an
 * account that still has keys on it. Units return later.
 */
export function disassociate(change: Change, { instances, accounts }: ShareEntities): readonly ShareAssociationRow[] {
  const { tx, shareId, now } = change
  const gone = [
    ...instances.map((id) => shareAssociationId(shareId, 'Resource', id)),
    ...accounts.map((id) => shareAssociationId(shareId, 'Target', id)),
  ].map((id) => {
    const row = tx.shareAssociations.get(id)
    if (!row) throw new ServiceError('DisassociateInvalid')
    return row
  })
  const before = instancesIn(change).map((instance) => ({
    instance,
    receivers: receiversOf(tx, instance),
    accounts: accountsOn(tx, instance),
  }))
  for (const { id } of gone) tx.shareAssociations.delete(id)
  forgetFailures(change, new Set(gone.map(({ entityId }) => entityId)))
  assertNoKeysLeft(
    tx,
    before.map(({ instance, receivers }) => ({ instance, lost: lostOf(receivers, receiversOf(tx, instance)) })),
  )
  for (const { instance, accounts: were } of before)
    moveUnits(tx, instance, { before: were, after: accountsOn(tx, instance) }, now)
  return gone
}

const lostOf = (before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] =>
  [...before].filter((account) => !after.has(account))

/** What others failed for and is gone: they have failed no longer. */
function forgetFailures({ tx, shareId, now }: Change, gone: ReadonlySet<string>): void {
  for (const row of tx.shareAssociations.values()) {
    if (row.shareId !== shareId) continue
    const failures = row.failures.filter(({ entityId }) => !gone.has(entityId))
    if (failures.length < row.failures.length) tx.shareAssociations.put({ ...row, failures, updatedAt: now })
  }
}

/** KMS user guide: before a share is revoked, the principal must delete all its keys; else the revocation fails. The code is assumed. */
function assertNoKeysLeft(
  tx: Tables,
  losses: readonly { readonly instance: InstanceRow; readonly lost: readonly string[] }[],
): void {
  const Holdings = losses.flatMap(({ instance, lost }) => {
    if (lost.length === 0) return []
    const keys = keysOf(tx, instance)
    return lost.flatMap((AccountId): Holding[] => {
      const KeyCount = keys.filter(({ accountId }) => accountId === AccountId).length
      return KeyCount === 0 ? [] : [{ AccountId, KmsInstanceId: instance.instanceId, KeyCount }]
    })
  })
  if (Holdings.length > 0)
    throw new ServiceError(
      'ResourceShareStatusMismatchAction',
      { reason: 'Its principals must delete their keys first.' },
      { Reason: 'ReceiverHasKeys', Holdings },
    )
}
