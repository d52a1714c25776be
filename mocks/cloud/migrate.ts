/** Brings rows that an older build stored to the shape of `rows.ts`. Tables that it did not know are there already, empty. */
import { limits } from '#src/api/contract/rules.ts'
import { completeConnections } from '#mocks/cloud/migrate-connections.ts'
import { olderIdentities } from '#mocks/cloud/migrate-identities.ts'
import { shareOlder } from '#mocks/cloud/migrate-sharing.ts'
import { addVersion } from '#mocks/kms/key-versions.ts'
import { schemaVersion, type CloudTables, type InstanceRow, type KeyRow } from '#mocks/store/rows.ts'
import type { Store, WriteTransaction } from '#mocks/store/store.ts'

const dayMs = 24 * 60 * 60 * 1000

/** What a key's row has since schema version 2. */
type Since2 = 'deletionScheduledAt' | 'storage' | 'primaryVersionId' | 'rotatedAt' | 'rotation'
type StoredKey = Omit<KeyRow, Since2> & Partial<Pick<KeyRow, Since2>>

/** For a store whose world says another schema version. Resolves when what it changed is durable. */
export async function migrate(db: Store<CloudTables>): Promise<void> {
  const stored: Iterable<StoredKey> = db.read.keys.values()
  const older = [...stored].filter((key) => key.rotation === undefined || lacksVersion(key))
  const identities = olderIdentities(db.read)
  db.write((tx) => {
    for (const key of older) tx.keys.put(completed(key, instanceOf(tx, key)))
    for (const key of tx.keys.values()) if (lacksVersion(key)) addVersion(tx, key, key.createdAt)
    for (const row of identities?.principals ?? []) tx.principals.put(row)
    for (const row of identities?.policies ?? []) tx.ramPolicies.put(row)
    shareOlder(tx)
    completeConnections(tx)
    const world = tx.world.get('world')
    if (world) tx.world.put({ ...world, schema: schemaVersion })
  })
  await db.durable()
}

/** Version 1 held keys without material, and none whose deletion somebody had scheduled: its scenarios did, with the console's preset. */
function completed(key: StoredKey, instance: InstanceRow | undefined): KeyRow {
  return {
    deletionScheduledAt: key.deleteAt === null ? null : key.deleteAt - limits.deletionDays.preset * dayMs,
    storage: instance?.type === 'Hardware' ? 'HsmInternal' : null,
    primaryVersionId: null,
    rotatedAt: null,
    rotation: null,
    ...key,
  }
}

const instanceOf = (tx: Pick<WriteTransaction<CloudTables>, 'instances'>, { instanceId }: StoredKey) =>
  instanceId === null ? undefined : tx.instances.get(instanceId)

/** Of the keys whose material KMS holds. */
const lacksVersion = ({ externalKeyId, primaryVersionId = null }: StoredKey): boolean =>
  externalKeyId === null && primaryVersionId === null
