/** Automatic rotation. KMS API 2016-01-20, UpdateRotationPolicy: a new primary version, the interval after the last one, while the key is Enabled. */
import type { CloudTables, KeyRow } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'
import { addVersion, keyUnits } from './key-versions.ts'

/** Rotates at `at`, ms since the epoch. With the instance's key quota used up it is tried again an interval later (assumed). */
export function rotate(tx: WriteTransaction<CloudTables>, key: KeyRow, at: number): void {
  const { instanceId, rotation } = key
  if (!rotation) return
  const instance = instanceId === null ? undefined : tx.instances.get(instanceId)
  if (instance && keyUnits(tx, instance) >= instance.keyQuota)
    tx.keys.put({ ...key, rotation: { ...rotation, nextAt: at + rotation.intervalMs } })
  else addVersion(tx, key, at)
}

/** A key that becomes Enabled at `now`: what fell due while it was not comes now, once (assumed). */
export function resumed(key: KeyRow, now: number): KeyRow {
  const { rotation } = key
  if (rotation === null || rotation.nextAt === null || rotation.nextAt >= now) return key
  return { ...key, rotation: { ...rotation, nextAt: now } }
}
