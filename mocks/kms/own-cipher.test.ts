/** Cryptography with keys whose material KMS holds, from request to answer. */
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { aliases, instances } from '#mocks/scenarios/names.ts'
import { buildWorld } from '#mocks/scenarios/scenarios.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'
import { decodeBlob, encodeBlob } from './blob.ts'

const dayMs = 86_400_000
const Plaintext = encodeBase64(utf8('session of 王芳'))
const software = 'alias/apps/sessions'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const row = (name: string): KeyRow =>
  name === 'the default key'
    ? storedRows(cloud.cloud, 'keys').find((key) => key.instanceId === null && key.creatorType === 'User')!
    : keyNamed(cloud.cloud, name)
const decrypt = async (CiphertextBlob: string) => cloud.call('Decrypt', { CiphertextBlob })

describe.each([software, 'alias/core/batch', 'the default key'])('%s', (name) => {
  test('gives the plaintext back, and says which version it was', async () => {
    const { keyId, primaryVersionId } = row(name)
    const sealed = await cloud.ok('Encrypt', { KeyId: keyId, Plaintext })
    expect(sealed).toMatchObject({ KeyId: keyId, KeyVersionId: primaryVersionId })
    expect(await cloud.ok('Decrypt', { CiphertextBlob: sealed.CiphertextBlob })).toMatchObject({
      KeyId: keyId,
      KeyVersionId: primaryVersionId,
      Plaintext,
    })
    const again = await cloud.ok('Encrypt', { KeyId: keyId, Plaintext })
    expect(again.CiphertextBlob).not.toBe(sealed.CiphertextBlob)
  })

  test('makes data keys', async () => {
    const { keyId: KeyId, primaryVersionId: KeyVersionId } = row(name)
    const dataKey = await cloud.ok('GenerateDataKey', { KeyId, NumberOfBytes: 77 })
    expect(dataKey.KeyVersionId).toBe(KeyVersionId)
    expect(decodeBase64(dataKey.Plaintext)).toHaveLength(77)
    expect((await decrypt(dataKey.CiphertextBlob)).body.Plaintext).toBe(dataKey.Plaintext)
    const hidden = await cloud.call('GenerateDataKeyWithoutPlaintext', { KeyId, KeySpec: 'AES_128' })
    expect(hidden.body).not.toHaveProperty('Plaintext')
    expect(decodeBase64((await decrypt(hidden.body.CiphertextBlob!)).body.Plaintext!)).toHaveLength(16)
  })
})

test('any plaintext and context go through, and no other context opens it', async () => {
  const { keyId: KeyId } = row(software)
  const plaintexts = fc
    .uint8Array({ minLength: 1, maxLength: 6144 })
    .map((bytes) => encodeBase64(new Uint8Array(bytes)))
  const contexts = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 })
  await fc.assert(
    fc.asyncProperty(plaintexts, contexts, async (plaintext, EncryptionContext) => {
      const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId, Plaintext: plaintext, EncryptionContext })
      const opened = await cloud.ok('Decrypt', { CiphertextBlob, EncryptionContext })
      expect(opened.Plaintext).toBe(plaintext)
      const other = { ...EncryptionContext, [`${Object.keys(EncryptionContext).join('')}+`]: '' }
      expect(await cloud.code('Decrypt', { CiphertextBlob, EncryptionContext: other })).toBe('InvalidParameter')
    }),
    { numRuns: 10 },
  )
})

describe('a ciphertext belongs to one version of one key', () => {
  test('with any byte changed it does not open', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: software, Plaintext })
    const bytes = decodeBase64(CiphertextBlob)!
    for (let at = 0; at < bytes.length; at++) {
      const { body } = await decrypt(encodeBase64(bytes.with(at, bytes[at]! ^ 1)))
      expect(['InvalidParameter', 'Forbidden.KeyNotFound'], `byte ${at}`).toContain(body.Code)
    }
  })

  test('named after another key, another version or an external key it does not open', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: software, Plaintext })
    const blob = decodeBlob(CiphertextBlob)!
    const other = row('alias/apps/feature-flags')
    await cloud.ok('Encrypt', { KeyId: other.keyId, Plaintext })
    const earlier = storedRows(cloud.cloud, 'keyVersions').find(
      ({ keyId, versionId }) => keyId === blob.keyId && versionId !== blob.versionId,
    )!
    const external = row(aliases.working)
    for (const forged of [
      { ...blob, keyId: other.keyId },
      { ...blob, keyId: other.keyId, versionId: other.primaryVersionId },
      { ...blob, versionId: other.primaryVersionId },
      { ...blob, versionId: earlier.versionId },
      { ...blob, versionId: 'no-such-version' },
      { ...blob, versionId: null },
      { ...blob, keyId: external.keyId },
      { ...blob, keyId: external.keyId, versionId: null },
    ])
      expect((await decrypt(encodeBlob(forged))).body).toMatchObject({
        Code: 'InvalidParameter',
        Detail: { Parameter: 'CiphertextBlob' },
      })
    expect((await decrypt(encodeBlob(blob))).body.Plaintext).toBe(Plaintext)
  })
})

test('after a rotation the new version encrypts, and the old one still opens what it sealed', async () => {
  const { keyId: KeyId, rotation } = row(software)
  const before = await cloud.ok('Encrypt', { KeyId, Plaintext })
  await cloud.cloud.lab.advanceClock(rotation!.nextAt! - cloud.cloud.now())
  const after = await cloud.ok('Encrypt', { KeyId, Plaintext })
  expect(after.KeyVersionId).not.toBe(before.KeyVersionId)
  for (const { CiphertextBlob, KeyVersionId } of [before, after])
    expect(await cloud.ok('Decrypt', { CiphertextBlob })).toMatchObject({ KeyVersionId, Plaintext })
})

test('requests that need a version for the first time together agree on its material', async () => {
  const sealed = await Promise.all(Array.from({ length: 5 }, () => cloud.ok('Encrypt', { KeyId: software, Plaintext })))
  for (const { CiphertextBlob } of sealed) expect((await decrypt(CiphertextBlob)).body.Plaintext).toBe(Plaintext)
})

test('a key that was deleted opens nothing more', async () => {
  const { keyId: KeyId } = row(software)
  const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId, Plaintext })
  await cloud.ok('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
  expect(await cloud.code('Decrypt', { CiphertextBlob })).toBe('Rejected.PendingDeletion')
  await cloud.cloud.lab.advanceClock(7 * dayMs)
  expect(await cloud.code('Decrypt', { CiphertextBlob })).toBe('Forbidden.KeyNotFound')
  expect(storedRows(cloud.cloud, 'keyVersions').filter(({ keyId }) => keyId === KeyId)).toEqual([])
})

test('service keys serve their cloud service alone', async () => {
  for (const alias of ['alias/acs/oss', 'alias/acs/ecs']) {
    const { keyId: KeyId } = row(alias)
    expect(await cloud.code('Encrypt', { KeyId, Plaintext })).toBe('UnsupportedOperation')
    expect(await cloud.code('GenerateDataKey', { KeyId })).toBe('UnsupportedOperation')
  }
})

test('the material cannot be read, has the length of its spec, and stands in nothing that is told', async () => {
  const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: software, Plaintext })
  await cloud.ok('Decrypt', { CiphertextBlob })
  const { cloud: rows, trace } = cloud.cloud.dump()
  const made = storedRows(cloud.cloud, 'keyVersions').filter(({ material }) => material !== null)
  expect(made).toHaveLength(1)
  const material = made[0]!.material!
  expect([material.extractable, material.algorithm]).toEqual([false, { name: 'AES-GCM', length: 256 }])
  for (const secret of [Plaintext, CiphertextBlob]) expect(JSON.stringify([rows, trace])).not.toContain(secret)
})

test('while its instance is not Connected a key is Unavailable', async () => {
  const world = await buildWorld({ name: 'default', seed: 1 }, { now: testStart, runtime: testRuntime() })
  const disconnected = (instance: InstanceRow): InstanceRow =>
    instance.name === instances.software.name ? { ...instance, status: 'Disconnected' } : instance
  const here = await testCloud({
    world: { ...world, cloud: { ...world.cloud, instances: world.cloud.instances.map(disconnected) } },
  })
  expect((await here.call('Encrypt', { KeyId: software, Plaintext })).body).toMatchObject({
    Code: 'Rejected.Unavailable',
    Detail: { Hop: 'kms', Cause: 'instanceNotConnected' },
  })
})
