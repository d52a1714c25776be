import { beforeEach, describe, expect, test } from 'vitest'
import { encodeBase64, decodeBase64 } from '#mocks/crypto/base64.ts'
import { aliases, externalKeys, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, keyNamed } from '#mocks/testing/rows.ts'
import { decodeBlob, encodeBlob } from './blob.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const KeyId = aliases.working
const Plaintext = encodeBase64(new TextEncoder().encode('Card 4111 1111 1111 1111'))
const EncryptionContext = { tenant: '42', table: 'cards' }
const encrypt = async (more: object = {}): Promise<string> =>
  (await cloud.ok('Encrypt', { KeyId, Plaintext, ...more })).CiphertextBlob
const decrypt = async (CiphertextBlob: string, context?: Record<string, string>) =>
  cloud.call('Decrypt', { CiphertextBlob, EncryptionContext: context })

describe('a round trip', () => {
  test('gives the plaintext back, and says which key it was', async () => {
    const { keyId } = keyNamed(cloud.cloud, aliases.working)
    const sealed = await cloud.ok('Encrypt', { KeyId, Plaintext })
    expect(sealed.KeyId).toBe(keyId)
    expect(await cloud.ok('Decrypt', { CiphertextBlob: sealed.CiphertextBlob })).toMatchObject({
      KeyId: keyId,
      Plaintext,
    })
  })

  test('never gives the same ciphertext twice', async () => {
    expect(await encrypt()).not.toBe(await encrypt())
  })

  test('6,144 bytes pass, one more does not', async () => {
    const of = (length: number) => encodeBase64(cloud.runtime.randomBytes(length))
    const { body } = await decrypt(await encrypt({ Plaintext: of(6144) }))
    expect(decodeBase64(body.Plaintext!)).toHaveLength(6144)
    expect(await cloud.code('Encrypt', { KeyId, Plaintext: of(6145) })).toBe('InvalidParameter')
  })

  test('Base64 with stray bits is refused', async () => {
    expect(await cloud.code('Encrypt', { KeyId, Plaintext: 'AB==' })).toBe('InvalidParameter')
  })
})

describe('the encryption context', () => {
  test('is compared as a map', async () => {
    const blob = await encrypt({ EncryptionContext })
    expect((await decrypt(blob, { table: 'cards', tenant: '42' })).body.Plaintext).toBe(Plaintext)
  })

  test.each([
    [undefined],
    [{}],
    [{ tenant: '42' }],
    [{ ...EncryptionContext, more: '' }],
    [{ tenant: '43', table: 'cards' }],
  ])('another one opens nothing: %j', async (context) => {
    const { body } = await decrypt(await encrypt({ EncryptionContext }), context)
    expect(body).toMatchObject({ Code: 'InvalidParameter', Detail: { Parameter: 'CiphertextBlob' } })
  })
})

describe('a ciphertext belongs to one KMS key', () => {
  const moved = (blob: string, alias: string): string =>
    encodeBlob({ ...decodeBlob(blob)!, keyId: keyNamed(cloud.cloud, alias).keyId })

  test('moved to another KMS key on the same external key it is refused', async () => {
    const [one, other] = aliases.sameExternalKey
    expect(keyNamed(cloud.cloud, one).externalKeyId).toBe(keyNamed(cloud.cloud, other).externalKeyId)
    const blob = await encrypt({ KeyId: one })
    expect((await decrypt(blob)).body.Plaintext).toBe(Plaintext)
    expect((await decrypt(moved(blob, one))).body.Plaintext).toBe(Plaintext)
    expect((await decrypt(moved(blob, other))).body).toMatchObject({
      Code: 'InvalidParameter',
      Detail: { Parameter: 'CiphertextBlob' },
    })
  })

  test('so is one with a changed byte, wherever it is', async () => {
    const bytes = decodeBase64(await encrypt())!
    for (let index = 0; index < bytes.length; index++) {
      const damaged = Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ 1 : byte))
      const { body } = await decrypt(encodeBase64(damaged))
      // A changed key ID names no key; everything else does not open.
      expect(['InvalidParameter', 'Forbidden.KeyNotFound']).toContain(body.Code)
    }
  })

  test.each(['AAAA', 'aGVsbG8=', 'AQAAAAA='])('%s is no ciphertext at all', async (text) => {
    expect((await decrypt(text)).body).toMatchObject({
      Code: 'InvalidParameter',
      Detail: { Parameter: 'CiphertextBlob' },
    })
  })
})

describe('data keys', () => {
  test.each([
    [{}, 32],
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ NumberOfBytes: 1 }, 1],
    [{ NumberOfBytes: 1024 }, 1024],
    [{ NumberOfBytes: 24, KeySpec: 'AES_256' }, 24],
  ] as const)('%j: %i bytes', async (asked, length) => {
    const dataKey = await cloud.ok('GenerateDataKey', { KeyId, EncryptionContext, ...asked })
    expect(decodeBase64(dataKey.Plaintext)).toHaveLength(length)
    expect((await decrypt(dataKey.CiphertextBlob, EncryptionContext)).body.Plaintext).toBe(dataKey.Plaintext)
  })

  test('without plaintext there is none in the answer', async () => {
    const { body } = await cloud.call('GenerateDataKeyWithoutPlaintext', { KeyId, KeySpec: 'AES_128' })
    expect(body).not.toHaveProperty('Plaintext')
    const opened = await decrypt(body.CiphertextBlob!)
    expect(decodeBase64(opened.body.Plaintext!)).toHaveLength(16)
  })
})

describe('each of the three conditions', () => {
  test.each([
    ['the KMS key is disabled', aliases.disabled, 'Rejected.Disabled', undefined],
    ['the KMS key goes soon', aliases.pendingDeletion, 'Rejected.PendingDeletion', undefined],
    [
      'the instance is not connected',
      aliases.instanceDisconnected,
      'Rejected.Unavailable',
      { Hop: 'kms', Cause: 'instanceNotConnected' },
    ],
    [
      'the external key is disabled',
      aliases.externalKeyDisabled,
      'Rejected.Unavailable',
      { Hop: 'keyManager', Cause: 'externalKeyDisabled' },
    ],
    [
      'the external key is lost',
      aliases.externalKeyMissing,
      'Rejected.Unavailable',
      { Hop: 'keyManager', Cause: 'externalKeyNotFound' },
    ],
  ] as const)('%s', async (_, alias, code, detail) => {
    const { status, body } = await cloud.call('Encrypt', { KeyId: alias, Plaintext })
    expect(status).toBe(409)
    expect(body.Code).toBe(code)
    if (detail) expect(body.Detail).toEqual(detail)
  })

  test('nobody answers at the proxy', async () => {
    cloud = await testCloud({ scenario: 'proxy-down' })
    const { body } = await cloud.call('Encrypt', { KeyId, Plaintext })
    expect(body).toMatchObject({
      Code: 'Rejected.Unavailable',
      Detail: { Hop: 'proxy', Cause: 'proxyUnreachable' },
    })
  })

  test('what the proxy refuses while decrypting is told too, and passes', async () => {
    const blob = await encrypt()
    await cloud.cloud.lab.setFaults([{ id: 'slow', hop: 'proxy', kind: 'latency', ms: 300, times: 1 }])
    expect((await decrypt(blob)).body).toMatchObject({
      Code: 'Rejected.Unavailable',
      Detail: { Hop: 'proxy', Cause: 'proxyTimeout' },
    })
    expect((await decrypt(blob)).body.Plaintext).toBe(Plaintext)
  })
})

describe('KMS holds no material of an external key', () => {
  /** Everything inside a value, keys and byte arrays included. */
  function* everything(value: unknown): Generator<unknown> {
    yield value
    if (typeof value !== 'object' || value === null || value instanceof CryptoKey || ArrayBuffer.isView(value)) return
    for (const inner of Object.values(value)) yield* everything(inner)
  }

  test('after keys were made and used, its store has no bytes and no key that can be read', async () => {
    const { instanceId } = instanceNamed(cloud.cloud, instances.payments.name)
    const made = await cloud.ok('CreateKey', { DKMSInstanceId: instanceId, ExternalKeyId: externalKeys.ready[1] })
    const dataKey = await cloud.ok('GenerateDataKey', { KeyId: made.KeyMetadata.KeyId })
    await cloud.ok('Encrypt', { KeyId: made.KeyMetadata.KeyId, Plaintext })
    await cloud.ok('Decrypt', { CiphertextBlob: dataKey.CiphertextBlob })

    const { cloud: rows, trace } = cloud.cloud.dump()
    const found = [...everything(rows), ...everything(trace)]
    expect(found.filter((value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value))).toEqual([])
    const keys = found.filter((value) => value instanceof CryptoKey)
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) {
      // Signing requests is all that they are for.
      expect([key.extractable, key.algorithm.name]).toEqual([false, 'HMAC'])
    }
    const text = JSON.stringify([rows, trace])
    for (const secret of [Plaintext, dataKey.Plaintext, dataKey.CiphertextBlob]) expect(text).not.toContain(secret)
  })

  test('the manager stores key bytes wrapped only', () => {
    const vault = [...everything(cloud.cloud.dump().vault)]
    const bytes = vault.filter((value) => value instanceof Uint8Array)
    expect(bytes.length).toBeGreaterThan(0)
    expect(new Set(bytes.map(({ length }) => length))).toEqual(new Set([40]))
    for (const key of vault.filter((value) => value instanceof CryptoKey)) expect(key.extractable).toBe(false)
  })
})
