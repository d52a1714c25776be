import { expect, test } from 'vitest'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { buildWorld } from '#mocks/scenarios/scenarios.ts'
import { fill, type World } from '#mocks/scenarios/world.ts'
import { cloudTables, vaultTables, type KeyRow } from '#mocks/store/rows.ts'
import { openStore, type Persistence } from '#mocks/store/store.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { memoryDisk, type MemoryDisk } from '#mocks/testing/memory-persistence.ts'
import { keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'

const tablesSince2 = ['keyVersions', 'resources', 'detections', 'keyUses', 'useAttempts']
const fieldsSince2 = ['deletionScheduledAt', 'storage', 'primaryVersionId', 'rotatedAt', 'rotation']

const withoutFields = (row: object, fields: readonly string[]): object =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !fields.includes(name)))

/** The default scenario as a build of schema version 1 stored it. */
async function storedByVersion1(): Promise<{ disks: { cloud: MemoryDisk; vault: MemoryDisk }; world: World }> {
  const world = await buildWorld({ name: 'default', seed: 1 }, { now: testStart, runtime: testRuntime() })
  const disks = { cloud: memoryDisk(), vault: memoryDisk() }
  const vault = await openStore(vaultTables, disks.vault.open())
  vault.replace((tx) => fill(tx, world.vault))
  await vault.durable()
  const changes = Object.entries(world.cloud)
    .filter(([table]) => !tablesSince2.includes(table))
    .flatMap(([table, rows]) =>
      (rows as readonly KeyRow[]).map((row) => ({
        table,
        id: cloudTables[table as 'keys'](row),
        row: table === 'keys' ? withoutFields(row, fieldsSince2) : row,
      })),
    )
  await disks.cloud.open().write(changes)
  return { disks, world }
}

const opened = ({ cloud, vault }: { cloud: MemoryDisk; vault: MemoryDisk }) =>
  testCloud({ persistence: { cloud: cloud.open(), vault: vault.open() } })

test('what version 1 stored has every field of today, and a version for each key with material here', async () => {
  const { disks, world } = await storedByVersion1()
  const { cloud, ok } = await opened(disks)
  const keys = storedRows(cloud, 'keys')
  expect(keys).toHaveLength(world.cloud.keys.length)
  const todays = Object.keys(world.cloud.keys[0]!).sort()
  const before = new Map(world.cloud.keys.map((key) => [key.keyId, key]))
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(todays)
    const { storage, deletionScheduledAt } = before.get(key.keyId)!
    expect(key).toMatchObject({ storage, deletionScheduledAt, rotation: null })
    const versions = storedRows(cloud, 'keyVersions').filter(({ keyId }) => keyId === key.keyId)
    expect(versions.map(({ versionId }) => versionId)).toEqual(key.externalKeyId === null ? [key.primaryVersionId] : [])
    expect(key.rotatedAt).toBe(key.externalKeyId === null ? key.createdAt : null)
  }
  const { keyId: KeyId } = keyNamed(cloud, 'alias/apps/sessions')
  const Plaintext = encodeBase64(utf8('kept'))
  const sealed = await ok('Encrypt', { KeyId, Plaintext })
  expect(await ok('Decrypt', { CiphertextBlob: sealed.CiphertextBlob })).toMatchObject({ Plaintext })
})

test('it is done once, and kept', async () => {
  const { disks } = await storedByVersion1()
  const first = await opened(disks)
  const again = await opened(disks)
  expect(JSON.stringify(again.cloud.dump().cloud)).toBe(JSON.stringify(first.cloud.dump().cloud))
})

test('rows of today are not touched', async () => {
  const disks = { cloud: memoryDisk(), vault: memoryDisk() }
  await opened(disks)
  const writes: unknown[] = []
  const disk = disks.cloud.open()
  const watched: Persistence = { ...disk, write: async (changes) => void writes.push(changes) }
  await testCloud({ persistence: { cloud: watched, vault: disks.vault.open() } })
  expect(writes).toEqual([])
})

test('a key that waited for its deletion goes on waiting', async () => {
  const { disks } = await storedByVersion1()
  const { cloud } = await opened(disks)
  const waiting = storedRows(cloud, 'keys').filter((key: KeyRow) => key.state === 'PendingDeletion')
  expect(waiting.length).toBeGreaterThan(0)
  for (const { deleteAt, deletionScheduledAt } of waiting) expect(deletionScheduledAt).toBeLessThan(deleteAt!)
})
