/** Automatic rotation. KMS API 2016-01-20, UpdateRotationPolicy: a new primary version, the interval after the last one, while the key is Enabled. */
import { rotationDays, type KeyKind } from '#src/api/contract/kinds.ts'
import { limits, rotationSeconds } from '#src/api/contract/rules.ts'
import { invalidParameter } from '#mocks/service-error.ts'
import type { CloudTables, KeyRotation, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTransaction, WriteTransaction } from '#mocks/store/store.ts'
import { addVersion, hasKeyQuota, versionsOf } from './key-versions.ts'

const daySeconds = 86_400

/** Throws MissingParameter or InvalidParameter for what is no interval of this kind of key. */
export function rotationIntervalMs(kind: KeyKind, interval: string | undefined): number {
  if (interval === undefined) throw invalidParameter('RotationInterval', null)
  const seconds = rotationSeconds(interval)
  if (seconds === null) throw invalidParameter('RotationInterval', { code: 'malformed', reason: 'shape' })
  const { min, max } = rotationDays(kind)
  if (seconds < min * daySeconds || seconds > max * daySeconds)
    throw invalidParameter('RotationInterval', { code: 'outOfRange', min, max })
  return seconds * 1000
}

/** Rotation that is set at `now` on a key that is there: at once, where its last version is older than the interval. */
export function rotationFrom(
  tables: Pick<ReadTransaction<CloudTables>, 'keyVersions'>,
  key: KeyRow,
  intervalMs: number,
  now: number,
): KeyRotation {
  if (versionsOf(tables, key).length >= limits.versionsPerKey) return { intervalMs, nextAt: null }
  return { intervalMs, nextAt: Math.max((key.rotatedAt ?? key.createdAt) + intervalMs, now) }
}

/** Rotates at `at`, ms since the epoch. With the instance's key quota used up it is tried again an interval later (assumed). */
export function rotate(tx: WriteTransaction<CloudTables>, key: KeyRow, at: number): void {
  const { instanceId, rotation } = key
  if (!rotation) return
  const instance = instanceId === null ? undefined : tx.instances.get(instanceId)
  if (instance && !hasKeyQuota(tx, instance))
    tx.keys.put({ ...key, rotation: { ...rotation, nextAt: at + rotation.intervalMs } })
  else addVersion(tx, key, at)
}

/** A key that becomes Enabled at `now`: what fell due while it was not comes now, once (assumed). */
export function resumed(key: KeyRow, now: number): KeyRow {
  const { rotation } = key
  if (rotation === null || rotation.nextAt === null || rotation.nextAt >= now) return key
  return { ...key, rotation: { ...rotation, nextAt: now } }
}
