import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { documentOf } from '#mocks/ram/attached.ts'
import { accounts, instances as scenarioInstances } from '#mocks/scenarios/names.ts'
import { buildWorld } from '#mocks/scenarios/scenarios.ts'
import { fill, type World } from '#mocks/scenarios/world.ts'
import { openIndexedDb } from '#mocks/store/indexeddb.ts'
import {
  cloudTables,
  schemaVersion,
  vaultTables,
  type InstanceRow,
  type KeyRow,
  type PrincipalRow,
  type RamPolicyRow,
} from '#mocks/store/rows.ts'
import { openStore, type Persistence, type RowChange } from '#mocks/store/store.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { memoryDisk } from '#mocks/testing/memory-persistence.ts'
import { instanceNamed, keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'

const tablesSince3 = ['groups', 'sessions', 'resourceShares', 'shareAssociations']
const tablesSince2 = ['keyVersions', 'resources', 'detections', 'keyUses', 'useAttempts']
const fieldsSince2 = ['deletionScheduledAt', 'storage', 'primaryVersionId', 'rotatedAt', 'rotation']

const without = (row: object, fields: readonly string[]): object =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !fields.includes(name)))

const sharedBefore: Readonly<Record<string, readonly string[]>> = {
  [scenarioInstances.group.name]: [accounts.partner.accountId],
  [scenarioInstances.settlement.name]: [accounts.main.accountId],
}

const connectionFieldsSince4 = [
  'endpointService',
  'certificateFingerprint',
  'certificate',
  'credentialSince',
  'previous',
  'disconnectedByHand',
] as const

/** An instance as schema version 3 had it. */
function inVersion3({ attempt: _, charge: _charge, protection: _protection, proxy, boundVpcs, ...rest }: InstanceRow) {
  return {
    ...rest,
    proxy: proxy && without(proxy, connectionFieldsSince4),
    boundVpcs: boundVpcs.map(({ vpcId }) => vpcId),
  }
}

/** A row as schema version 2 had it. */
function inVersion2(table: string, row: object): object {
  if (table === 'world') return without(row, ['schema'])
  if (table === 'principals') {
    const { policies, role: _, ...rest } = row as PrincipalRow
    return { ...rest, policies: policies.map(({ name }) => name) }
  }
  if (table === 'ramPolicies') {
    const { id, accountId, name, versions } = row as RamPolicyRow
    return { id, accountId, name, document: versions[0]!.document }
  }
  if (table === 'instances') {
    const { ownership: _, ...rest } = inVersion3(row as InstanceRow)
    return { ...rest, sharedTo: sharedBefore[rest.name] ?? [] }
  }
  return row
}

const inVersion1 = (table: string, row: object): object =>
  table === 'keys' ? without(row, fieldsSince2) : inVersion2(table, row)

let databases = 0
const names = { cloud: '', vault: '' }

/** The default scenario as a build of an older schema version stored it. */
async function storedByVersion(version: 1 | 2): Promise<World> {
  names.cloud = `cloud-${(databases += 1)}`
  names.vault = `vault-${databases}`
  const world = await buildWorld({ name: 'default', seed: 1 }, { now: testStart, runtime: testRuntime() })

  const missing = version === 1 ? [...tablesSince2, ...tablesSince3] : tablesSince3
  const tables = Object.keys(cloudTables).filter((table) => !missing.includes(table))
  const asStored = version === 1 ? inVersion1 : inVersion2
  const cloud = await openIndexedDb({ name: names.cloud, tables, version, onLost: () => {} })
  const changes = tables.flatMap((table): readonly RowChange[] => {
    const [idOf, rows] = [cloudTables[table as 'keys'], world.cloud[table as 'keys']]
    return rows.map((row) => ({ table, id: idOf(row), row: asStored(table, row) }))
  })
  await cloud.write(changes)
  cloud.close()

  const vault = await openIndexedDb({
    name: names.vault,
    tables: Object.keys(vaultTables),
    version,
    onLost: () => {},
  })
  const store = await openStore(vaultTables, vault)
  store.replace((tx) => fill(tx, world.vault))
  await store.durable()
  vault.close()
  return world
}

/** By this build, as its worker does. */
async function opened(): Promise<TestCloud> {
  const open = (name: string, tables: object) =>
    openIndexedDb({ name, tables: Object.keys(tables), version: schemaVersion, onLost: () => {} })
  return testCloud({
    persistence: { cloud: await open(names.cloud, cloudTables), vault: await open(names.vault, vaultTables) },
  })
}

test('what version 1 stored has every field of today, and a version for each key with material here', async () => {
  const world = await storedByVersion(1)
  const { cloud, ok } = await opened()
  const keys = storedRows(cloud, 'keys')
  expect(keys).toHaveLength(world.cloud.keys.length)
  const todays = Object.keys(world.cloud.keys[0]!).sort()
  const today = new Map(world.cloud.keys.map((key) => [key.keyId, key]))
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(todays)
    const { storage, deletionScheduledAt } = today.get(key.keyId)!
    expect(key).toMatchObject({ storage: storage && 'HsmInternal', deletionScheduledAt, rotation: null })
    const versions = storedRows(cloud, 'keyVersions').filter(({ keyId }) => keyId === key.keyId)
    expect(versions.map(({ versionId }) => versionId)).toEqual(key.externalKeyId === null ? [key.primaryVersionId] : [])
    expect(key.rotatedAt).toBe(key.externalKeyId === null ? key.createdAt : null)
  }
  const { keyId: KeyId } = keyNamed(cloud, 'alias/apps/sessions')
  const Plaintext = encodeBase64(utf8('kept'))
  const sealed = await ok('Encrypt', { KeyId, Plaintext })
  expect(await ok('Decrypt', { CiphertextBlob: sealed.CiphertextBlob })).toMatchObject({ Plaintext })
})

test('it is done once, and kept with the material that was made since', async () => {
  await storedByVersion(1)
  const first = await opened()
  const Plaintext = encodeBase64(utf8('kept'))
  const sealed = await first.ok('Encrypt', { KeyId: 'alias/apps/sessions', Plaintext })
  const again = await opened()
  expect(await again.ok('Decrypt', { CiphertextBlob: sealed.CiphertextBlob })).toMatchObject({ Plaintext })
  expect(storedRows(again.cloud, 'keyVersions')).toHaveLength(storedRows(first.cloud, 'keyVersions').length)
  expect(storedRows(first.cloud, 'world')[0]).toMatchObject({ schema: schemaVersion })
  expect(storedRows(again.cloud, 'world')).toEqual(storedRows(first.cloud, 'world'))
})

test('rows of today are not touched', async () => {
  const disks = { cloud: memoryDisk(), vault: memoryDisk() }
  await testCloud({ persistence: { cloud: disks.cloud.open(), vault: disks.vault.open() } })
  const writes: unknown[] = []
  const watched: Persistence = { ...disks.cloud.open(), write: async (changes) => void writes.push(changes) }
  await testCloud({ persistence: { cloud: watched, vault: disks.vault.open() } })
  expect(writes).toEqual([])
})

test('a key that waited for its deletion goes on waiting', async () => {
  await storedByVersion(1)
  const { cloud } = await opened()
  const waiting = storedRows(cloud, 'keys').filter((key: KeyRow) => key.state === 'PendingDeletion')
  expect(waiting.length).toBeGreaterThan(0)
  for (const { deleteAt, deletionScheduledAt } of waiting) expect(deletionScheduledAt).toBeLessThan(deleteAt!)
})

test.each([1, 2] as const)('users, roles and RAM policies of version %d have every field of today', async (version) => {
  const world = await storedByVersion(version)
  const { cloud, ok } = await opened()
  const documents = (rows: readonly RamPolicyRow[]) => new Map(rows.map((row) => [row.id, documentOf(row)]))
  expect(documents(storedRows(cloud, 'ramPolicies'))).toEqual(documents(world.cloud.ramPolicies))
  const today = new Map(world.cloud.principals.map((row) => [row.arn, row]))
  for (const { arn, kind, policies, role } of storedRows(cloud, 'principals')) {
    const refs = (rows: PrincipalRow['policies']) => rows.map(({ name, type }) => [name, type])
    expect(refs(policies)).toEqual(refs(today.get(arn)!.policies))
    expect(role !== null).toBe(kind === 'role')
  }
  expect(storedRows(cloud, 'groups')).toEqual([])
  expect((await ok('ListKeys', {}, { as: 'keyAdmin' })).TotalCount).toBeGreaterThan(0)
})

test('whom an instance was shared to has it by a share now', async () => {
  for (const version of [1, 2] as const) {
    await storedByVersion(version)
    const { cloud, ok } = await opened()
    for (const row of storedRows(cloud, 'instances')) {
      expect(row).not.toHaveProperty('sharedTo')
      expect(row.ownership).toBe('Joint')
    }
    const { SharedResources } = await ok('ListSharedResources', { ResourceOwner: 'OtherAccounts' })
    expect(SharedResources).toMatchObject([
      { ResourceId: instanceNamed(cloud, scenarioInstances.settlement.name).instanceId, ResourceStatus: 'Available' },
    ])
    const { KmsInstance } = await ok('GetKmsInstance', {
      KmsInstanceId: instanceNamed(cloud, scenarioInstances.group.name).instanceId,
    })
    expect(KmsInstance.Sharing).toMatchObject({ State: 'SharedByThisAccount', Accounts: [accounts.partner.accountId] })
    const again = storedRows((await opened()).cloud, 'resourceShares')
    const before = storedRows(cloud, 'resourceShares')
    expect(again).toHaveLength(before.length)
    expect(again).toEqual(expect.arrayContaining([...before]))
  }
})

test.each([1, 2] as const)(
  'connections of version %d have every field of today, and go on working',
  async (version) => {
    const world = await storedByVersion(version)
    const { cloud, ok } = await opened()
    const today = new Map(world.cloud.instances.map((row) => [row.instanceId, row]))
    for (const row of storedRows(cloud, 'instances')) {
      const { attempt, proxy, boundVpcs, protection } = today.get(row.instanceId)!
      expect(row).toMatchObject({ boundVpcs, protection, charge: 'PREPAY' })
      const { signingKey: _, ...fields } = row.proxy ?? { signingKey: null }
      const { signingKey: _key, ...expected } = proxy ?? { signingKey: null }
      expect([row.attempt, fields]).toEqual([attempt, expected])
    }
    const Plaintext = encodeBase64(utf8('kept'))
    const { keyId: KeyId } = keyNamed(cloud, 'alias/payments/tokens')
    const sealed = await ok('Encrypt', { KeyId, Plaintext })
    expect(await ok('Decrypt', { CiphertextBlob: sealed.CiphertextBlob })).toMatchObject({ Plaintext })
  },
)
