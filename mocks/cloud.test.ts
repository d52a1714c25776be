import { describe, expect, test } from 'vitest'
import type { Change } from '#src/api/contract/backend.ts'
import { markHeader } from '#src/api/contract/backend.ts'
import { roleArn } from '#src/api/contract/arn.ts'
import { defaultPolicy } from '#src/api/contract/policy.ts'
import { createCloud } from '#mocks/cloud.ts'
import { scenarioNames } from '#mocks/scenarios/names.ts'
import { fill } from '#mocks/scenarios/world.ts'
import { cloudTables, vaultTables } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { session, testCloud } from '#mocks/testing/client.ts'
import { gatedPersistence } from '#mocks/testing/gated-persistence.ts'
import { memoryDisk } from '#mocks/testing/memory-persistence.ts'
import { testRuntime } from '#mocks/testing/runtime.ts'
import {
  account,
  externalKeyId,
  instanceId,
  keyIds,
  otherAccount,
  region,
  smallWorld,
} from '#mocks/testing/small-world.ts'

const hour = 3_600_000

describe('stores', () => {
  test('the scenario is laid on an empty store, and what happened since is there after a restart', async () => {
    const disks = { cloud: memoryDisk(), vault: memoryDisk() }
    const open = (scenario: string) =>
      testCloud({ scenario, persistence: { cloud: disks.cloud.open(), vault: disks.vault.open() } })
    const first = await open('empty')
    await first.cloud.lab.advanceClock(hour)
    const made = await first.cloud.fetch(managerRequest('POST', 'keys', { id: 'mine', name: 'Mine' }))
    expect(made.status).toBe(201)
    const second = await open('default')
    expect(await second.cloud.lab.scenario()).toEqual({ name: 'empty', seed: 1 })
    expect(second.cloud.now() - second.runtime.wallNow()).toBe(hour)
    expect(JSON.stringify(second.cloud.dump().cloud)).toBe(JSON.stringify(first.cloud.dump().cloud))
    expect(JSON.stringify(second.cloud.dump().vault)).toBe(JSON.stringify(first.cloud.dump().vault))
  })

  test('a start that broke off between the two stores is laid anew', async () => {
    const disks = { cloud: memoryDisk(), vault: memoryDisk() }
    const stray = await openStore(vaultTables, disks.vault.open())
    const { vault } = await smallWorld()
    stray.replace((tx) => fill(tx, vault))
    await stray.durable()
    const { cloud } = await testCloud({ persistence: { cloud: disks.cloud.open(), vault: disks.vault.open() } })
    expect(cloud.dump().vault.externalKeys).not.toContainEqual(expect.objectContaining({ id: externalKeyId }))
  })

  test('what cannot be kept is answered with 503 and taken back; the next request goes on', async () => {
    const disk = memoryDisk()
    const laid = await openStore(cloudTables, disk.open())
    const world = await smallWorld()
    laid.replace((tx) => fill(tx, world.cloud))
    await laid.durable()
    const vault = memoryDisk().open()
    const keys = await openStore(vaultTables, vault)
    keys.replace((tx) => fill(tx, world.vault))
    await keys.durable()
    const gate = gatedPersistence(disk.open())
    const { call, cloud } = await testCloud({ persistence: { cloud: gate, vault } })
    const arrived = (): Promise<void> => until(() => gate.waiting() !== null)

    const disabling = call('DisableKey', { KeyId: keyIds.enabled })
    await arrived()
    const reading = call('DescribeKey', { KeyId: keyIds.enabled })
    await until(() => cloud.dump().trace.filter(({ marks }) => marks.at(-1)?.step === 'act').length === 2)
    await gate.fail(new DOMException('full', 'QuotaExceededError'))
    for (const { status, body, headers } of await Promise.all([disabling, reading])) {
      expect([status, body.Code]).toEqual([503, 'ServiceUnavailableTemporary'])
      expect(headers.has(markHeader)).toBe(true)
    }
    const { body } = await call('DescribeKey', { KeyId: keyIds.enabled })
    expect(body.KeyMetadata!.KeyState).toBe('Enabled')
    expect(cloud.dump().cloud.keys).toContainEqual(expect.objectContaining({ keyId: keyIds.enabled, state: 'Enabled' }))

    const again = call('DisableKey', { KeyId: keyIds.enabled })
    await arrived()
    await gate.pass()
    expect((await again).status).toBe(200)
  })
})

test('the same seed and the same requests give the same answers and the same state', async () => {
  const run = async () => {
    const { cloud, call, runtime } = await testCloud({ seed: 7 })
    const { body: list } = await call('ListKmsInstances', {})
    const answers: unknown[] = [list]
    for (const { KmsInstanceId } of list.KmsInstances?.KmsInstance ?? []) {
      const input = { DKMSInstanceId: KmsInstanceId, ExternalKeyId: 'ready-2026-01' }
      answers.push((await call('CreateKey', input)).body, (await call('GetKmsInstance', { KmsInstanceId })).body)
      answers.push((await call('DescribeExternalKeys', { KmsInstanceId, ExternalKeyId: ['ready-2026-01'] })).body)
      runtime.advance(1000)
    }
    answers.push((await call('ListKeys', {})).body, (await call('ListUsers', {})).body)
    const { cloud: rows } = cloud.dump()
    return { answers, rows: JSON.stringify(rows) }
  }
  const [first, second] = [await run(), await run()]
  expect(first.answers).toEqual(second.answers)
  expect(first.rows).toBe(second.rows)
  expect(JSON.stringify(first.answers)).toContain('"KeyMetadata"')
})

describe('the lab', () => {
  test.each(scenarioNames)(
    'scenario %s can be loaded and worked in',
    async (name) => {
      const { cloud, call } = await testCloud({ scenario: 'empty' })
      const changes: Change[] = []
      cloud.onChange((change) => changes.push(change))
      await cloud.lab.setFaults([{ id: 'f', hop: 'kms', kind: 'error' }])
      await cloud.lab.load({ name, seed: 3 })
      expect(changes).toEqual([{ table: 'everything', ids: [] }])
      expect(await cloud.lab.scenario()).toEqual({ name, seed: 3 })
      expect(await cloud.lab.faults()).toEqual([])
      expect((await call('ListKeys', {})).status).toBe(200)
    },
    30_000,
  )

  test('an unknown scenario is refused, and the cloud stays', async () => {
    const { cloud } = await testCloud()
    const before = cloud.dump().cloud
    await expect(cloud.lab.load({ name: 'atlantis', seed: 1 })).rejects.toThrow(RangeError)
    await expect(createCloud({ runtime: testRuntime(), scenario: { name: 'atlantis', seed: 1 } })).rejects.toThrow(
      RangeError,
    )
    expect(cloud.dump().cloud).toEqual(before)
    expect(await cloud.lab.scenarios()).toEqual(scenarioNames)
  })

  test('reset brings the scenario back, with new secrets', async () => {
    const { cloud, ok } = await testCloud()
    const [identity] = await cloud.identities()
    const key = await cloud.signingKey(identity!.accessKeyId)
    const { Keys } = await ok('ListKeys', { PageSize: 100 })
    const enabled = await Promise.all(Keys.Key.map(({ KeyId }) => ok('DescribeKey', { KeyId })))
    const { KeyId } = enabled.find(({ KeyMetadata }) => KeyMetadata.KeyState === 'Enabled')!.KeyMetadata
    await ok('DisableKey', { KeyId })
    await cloud.lab.advanceClock(hour)
    await cloud.lab.reset()
    expect((await ok('DescribeKey', { KeyId })).KeyMetadata.KeyState).toBe('Enabled')
    expect(await cloud.signingKey(identity!.accessKeyId)).not.toBe(key)
  })

  test('the clock moves forward by whole milliseconds only; signature times stay with the wall clock', async () => {
    const { cloud, runtime, ok } = await testCloud({ world: await smallWorld() })
    for (const ms of [-1, 0.5, NaN, Infinity]) await expect(cloud.lab.advanceClock(ms)).rejects.toThrow(RangeError)
    await cloud.lab.advanceClock(365 * 24 * hour)
    expect(cloud.now()).toBe(runtime.wallNow() + 365 * 24 * hour)
    await ok('ListKeys', {})
  })

  test('what is due happens when the clock passes it, without a request and with one', async () => {
    const { cloud, runtime, code } = await testCloud({ world: await smallWorld() })
    const day = 24 * hour
    await cloud.lab.advanceClock(6 * day)
    expect(await code('DescribeKey', { KeyId: keyIds.pendingDeletion })).toBeNull()
    runtime.advance(day)
    expect(await code('DescribeKey', { KeyId: keyIds.pendingDeletion })).toBe('Forbidden.KeyNotFound')
    const other = await testCloud({ world: await smallWorld() })
    await other.cloud.lab.advanceClock(7 * day)
    expect(other.cloud.dump().cloud.keys).not.toContainEqual(expect.objectContaining({ keyId: keyIds.pendingDeletion }))
  })
})

test('changes are announced by kind and ID', async () => {
  const { cloud, ok } = await testCloud({ world: await smallWorld() })
  const changes: Change[] = []
  const stop = cloud.onChange((change) => changes.push(change))
  const announced = async (work: Promise<unknown>) => {
    changes.length = 0
    await work
    return [...changes]
  }
  const both = JSON.stringify(defaultPolicy([account, otherAccount]))
  expect(await announced(ok('DisableKey', { KeyId: keyIds.enabled }))).toEqual([
    { table: 'keys', ids: [keyIds.enabled] },
  ])
  expect(await announced(ok('CreateAlias', { KeyId: keyIds.enabled, AliasName: 'alias/new' }))).toMatchObject([
    { table: 'aliases' },
  ])
  const created = await announced(
    ok('CreateKey', { DKMSInstanceId: instanceId, ExternalKeyId: externalKeyId, Policy: both }),
  )
  expect(created.map(({ table }) => table)).toEqual(['keys', 'instances'])
  expect(await announced(cloud.lab.advanceClock(1))).toEqual([{ table: 'clock', ids: [] }])
  expect(await announced(cloud.fetch(managerRequest('POST', 'keys/hsm-1/disable')))).toEqual([
    { table: 'externalKeys', ids: [externalKeyId] },
  ])
  expect(await announced(ok('ListKeys', {}))).toEqual([])
  stop()
  expect(await announced(ok('EnableKey', { KeyId: keyIds.enabled }))).toEqual([])
})

describe('the key manager', () => {
  test('answers below /api/key-manager/, marked, without a signature', async () => {
    const { cloud } = await testCloud({ world: await smallWorld() })
    const response = await cloud.fetch(managerRequest('GET', 'keys'))
    expect(response.headers.get(markHeader)).toBe('emulator/1')
    expect(await response.json()).toMatchObject({ keys: [{ id: externalKeyId, status: 'ENABLED' }] })
  })

  test('draws IDs that differ from one another and are the same for the same seed', async () => {
    const draw = async () => {
      const { cloud } = await testCloud({ world: await smallWorld() })
      const ids: string[] = []
      for (const _ of [1, 2, 3]) {
        const response = await cloud.fetch(managerRequest('POST', 'keys', {}))
        ids.push(((await response.json()) as { id: string }).id)
      }
      return ids
    }
    const ids = await draw()
    expect(new Set(ids).size).toBe(3)
    expect(await draw()).toEqual(ids)
  })
})

describe('secrets', () => {
  const canary = 'canary-5f1c7e'
  const plaintext = Buffer.from(`${canary} plaintext`).toString('base64')

  test('no trace holds what was encrypted, decrypted or drawn, nor a policy or context', async () => {
    const { cloud, ok, call } = await testCloud({ world: await smallWorld() })
    const EncryptionContext = { order: `${canary}-context` }
    const { CiphertextBlob } = await ok('Encrypt', { KeyId: keyIds.enabled, Plaintext: plaintext, EncryptionContext })
    await ok('Decrypt', { CiphertextBlob, EncryptionContext })
    await call('Decrypt', { CiphertextBlob })
    const drawn = await ok('GenerateDataKey', { KeyId: keyIds.enabled })
    const Policy = JSON.stringify({ ...defaultPolicy([account]), Statement: [] })
    await call('SetKeyPolicy', { KeyId: keyIds.enabled, Policy: `${Policy}${canary}` })
    const create = { DKMSInstanceId: instanceId, ExternalKeyId: externalKeyId, Description: `${canary}-description` }
    await ok('CreateKey', create)
    await call('DescribeKey', { KeyId: `${canary}-${'x'.repeat(100)}` })
    const trace = JSON.stringify(cloud.dump().trace)
    for (const secret of [canary, plaintext, CiphertextBlob, drawn.Plaintext, drawn.CiphertextBlob])
      expect(trace).not.toContain(secret)
    expect(trace).toContain(
      JSON.stringify([
        ['KeyId', keyIds.enabled],
        ['Plaintext', plaintext.length],
      ]).slice(1, -1),
    )
  })

  test('temporary credentials are in their answer and nowhere else: neither stored nor traced', async () => {
    const { cloud, ok } = await testCloud({ world: await smallWorld() })
    const input = { RoleArn: roleArn(account, 'helper'), RoleSessionName: 'night' }
    const { Credentials } = await ok('AssumeRole', input, { as: 'admin' })
    await ok('GetCallerIdentity', {}, { session: await session(Credentials) })
    const kept = JSON.stringify(cloud.dump())
    expect(kept).toContain(Credentials.AccessKeyId)
    for (const secret of [Credentials.AccessKeySecret, Credentials.SecurityToken]) expect(kept).not.toContain(secret)
  })

  test('nothing that KMS stores opens a ciphertext: no key is extractable, and none encrypts', async () => {
    const { cloud, ok } = await testCloud()
    const { Keys } = await ok('ListKeys', { PageSize: 100 })
    expect(Keys.Key.length).toBeGreaterThan(0)
    const found: CryptoKey[] = []
    const gather = (value: unknown): void => {
      if (value instanceof CryptoKey) found.push(value)
      else if (value instanceof Uint8Array) throw new Error('KMS stores bytes.')
      else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) gather(inner)
    }
    gather(cloud.dump().cloud)
    expect(found.length).toBeGreaterThan(0)
    for (const { extractable, usages } of found) {
      expect(extractable).toBe(false)
      expect([...usages].sort()).toEqual(['sign', 'verify'])
    }
  })
})

test('the hop to the proxy is a child of its request', async () => {
  const { cloud, ok } = await testCloud({ world: await smallWorld() })
  await ok('Encrypt', { KeyId: keyIds.enabled, Plaintext: 'eA==' })
  expect(cloud.dump().trace[0]).toMatchObject({
    hop: 'kms',
    operation: 'Encrypt',
    status: 200,
    marks: ['decode', 'action', 'authenticate', 'faults', 'validate', 'find', 'authorise', 'state', 'act'].map(
      (step) => ({ step }),
    ),
    children: [{ hop: 'proxy', status: 200 }],
  })
})

test('a defect is reported and answered with 500, and does not stop the cloud', async () => {
  const world = await smallWorld()
  const keys = world.cloud.keys.map((key) => ({ ...key, tags: null as unknown as typeof key.tags }))
  const { defects, call } = await testCloud({ world: { ...world, cloud: { ...world.cloud, keys } } })
  const { status, body, headers } = await call('ListTagResources', { RegionId: region, ResourceType: 'key' })
  expect([status, body.Code]).toEqual([500, 'InternalFailure'])
  expect(headers.has(markHeader)).toBe(true)
  expect(defects).toEqual([expect.any(TypeError)])
  expect((await call('ListKeys', {})).status).toBe(200)
})

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

function managerRequest(method: 'GET' | 'POST', path: string, body?: object): Request {
  return new Request(`https://console.test/base/api/key-manager/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
}
