/** The versions of keys whose material KMS holds, and what of an instance's key quota keys take. */
import { limits } from '#src/api/contract/rules.ts'
import { limitExceeded } from '#mocks/service-error.ts'
import type { CloudTables, InstanceRow, KeyRow, KeyVersionRow } from '#mocks/store/rows.ts'
import type { ReadTransaction, WriteTransaction } from '#mocks/store/store.ts'
import { drawUuid, drawText, randomLength } from './ids.ts'

type Tables = Pick<ReadTransaction<CloudTables>, 'keys' | 'keyVersions'>
type WritableTables = Pick<WriteTransaction<CloudTables>, 'keys' | 'keyVersions' | 'world'>

/** Newest first. */
export const versionsOf = (
  { keyVersions }: Pick<Tables, 'keyVersions'>,
  { keyId }: Pick<KeyRow, 'keyId'>,
): readonly KeyVersionRow[] =>
  [...keyVersions.values()].filter((row) => row.keyId === keyId).sort((a, b) => b.createdAt - a.createdAt)

/** KMS API 2016-01-20, UpdateRotationPolicy: each version takes one unit. An external key has none in KMS and takes one (assumed). */
export function keyUnits({ keys, keyVersions }: Tables, { instanceId }: InstanceRow): number {
  const units = new Map<string, number>()
  for (const key of keys.values()) if (key.instanceId === instanceId) units.set(key.keyId, 0)
  for (const { keyId } of keyVersions.values()) {
    const counted = units.get(keyId)
    if (counted !== undefined) units.set(keyId, counted + 1)
  }
  let sum = 0
  for (const counted of units.values()) sum += Math.max(counted, 1)
  return sum
}

export const hasKeyQuota = (tables: Tables, instance: InstanceRow): boolean =>
  keyUnits(tables, instance) < instance.keyQuota

/** Throws Rejected.LimitExceeded where a key or a version more would be too many. */
export function assertKeyQuota(tables: Tables, instance: InstanceRow): void {
  if (!hasKeyQuota(tables, instance)) throw limitExceeded('KeyQuota')
}

/** Version IDs name their key; those of default keys have the older form, as their keys do (KMS API 2016-01-20, CreateKeyVersion). */
const drawVersionId = (tx: Pick<WritableTables, 'world'>, { keyId, instanceId }: KeyRow): string =>
  instanceId === null ? drawUuid(tx) : `${keyId}-${drawText(tx, randomLength)}`

/**
 * Puts the key with a new version as its primary one, made at `at` (ms since the epoch, by the cloud's clock). The next automatic rotation
 * is an interval after it; a key with all the versions that it may have rotates no more.
 */
export function addVersion(tx: WritableTables, key: KeyRow, at: number): { key: KeyRow; version: KeyVersionRow } {
  const version: KeyVersionRow = {
    versionId: drawVersionId(tx, key),
    keyId: key.keyId,
    createdAt: at,
    material: null,
  }
  tx.keyVersions.put(version)
  const isLast = versionsOf(tx, key).length >= limits.versionsPerKey
  const rotation = key.rotation && { ...key.rotation, nextAt: isLast ? null : at + key.rotation.intervalMs }
  const rotated: KeyRow = { ...key, primaryVersionId: version.versionId, rotatedAt: at, rotation }
  tx.keys.put(rotated)
  return { key: rotated, version }
}

export function deleteVersions(tx: Pick<WritableTables, 'keyVersions'>, key: Pick<KeyRow, 'keyId'>): void {
  for (const { versionId } of versionsOf(tx, key)) tx.keyVersions.delete(versionId)
}
