import { constants, generateKeyPairSync, privateDecrypt, type KeyObject } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '#src/api/contract/actions.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { aliases } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed } from '#mocks/testing/rows.ts'

const external = aliases.working
const software = 'alias/apps/sessions'
const EncryptionContext = { tenant: '42' }
const Plaintext = encodeBase64(utf8('Card 4111 1111 1111 1111'))

const blobOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'der' }).toString('base64')
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const unwrap = (exported: string, oaepHash: 'sha1' | 'sha256'): string =>
  privateDecrypt(
    { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
    Buffer.from(exported, 'base64'),
  ).toString('base64')

const wrapping = {
  PublicKeyBlob: blobOf(publicKey),
  WrappingKeySpec: 'RSA_2048',
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
} as const

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const decrypted = async (CiphertextBlob: string, context = {}) =>
  (await cloud.ok('Decrypt', { CiphertextBlob, EncryptionContext: context })).Plaintext

describe.each([
  ['an external key', external],
  ['a software key', software],
])('under %s', (_, KeyId) => {
  test.each([
    ['RSAES_OAEP_SHA_256', 'sha256', 190],
    ['RSAES_OAEP_SHA_1', 'sha1', 214],
  ] as const)('a data key is made and exported with %s: both ciphertexts hold it', async (algorithm, hash, most) => {
    const { keyId, primaryVersionId } = keyNamed(cloud.cloud, KeyId)
    const asked = { ...wrapping, WrappingAlgorithm: algorithm, KeyId, EncryptionContext }
    for (const [more, length] of [
      [{}, 32],
      [{ KeySpec: 'AES_128' }, 16],
      [{ NumberOfBytes: most }, most],
    ] as const) {
      const made = await cloud.ok('GenerateAndExportDataKey', { ...asked, ...more })
      expect(made).toMatchObject({ KeyId: keyId, ...(primaryVersionId ? { KeyVersionId: primaryVersionId } : {}) })
      expect(made).not.toHaveProperty('Plaintext')
      const dataKey = unwrap(made.ExportedDataKey, hash)
      expect(decodeBase64(dataKey)).toHaveLength(length)
      expect(await decrypted(made.CiphertextBlob, EncryptionContext)).toBe(dataKey)
    }
    const { body } = await cloud.call('GenerateAndExportDataKey', { ...asked, NumberOfBytes: most + 1 })
    expect(body).toMatchObject({ Code: 'InvalidParameter', Detail: { Parameter: 'NumberOfBytes' } })
  })

  test('one that was made before is exported from its ciphertext, in its own context only', async () => {
    const { keyId, primaryVersionId } = keyNamed(cloud.cloud, KeyId)
    const dataKey = await cloud.ok('GenerateDataKey', { KeyId, EncryptionContext })
    const asked = { ...wrapping, CiphertextBlob: dataKey.CiphertextBlob }
    const exported = await cloud.ok('ExportDataKey', { ...asked, EncryptionContext })
    expect(exported).toMatchObject({ KeyId: keyId, ...(primaryVersionId ? { KeyVersionId: primaryVersionId } : {}) })
    expect(unwrap(exported.ExportedDataKey, 'sha256')).toBe(dataKey.Plaintext)
    expect((await cloud.call('ExportDataKey', asked)).body.Detail?.Parameter).toBe('CiphertextBlob')
  })

  test('what is too long for the public key is refused', async () => {
    const { CiphertextBlob } = await cloud.ok('GenerateDataKey', { KeyId, NumberOfBytes: 191 })
    const { body } = await cloud.call('ExportDataKey', { ...wrapping, CiphertextBlob })
    expect(body).toMatchObject({ Code: 'InvalidParameter', Detail: { Parameter: 'CiphertextBlob' } })
    await cloud.ok('ExportDataKey', { ...wrapping, CiphertextBlob, WrappingAlgorithm: 'RSAES_OAEP_SHA_1' })
  })
})

describe('the public key', () => {
  const refusal = async (change: Partial<Input<'ExportDataKey'>>) => {
    const { CiphertextBlob } = await cloud.ok('GenerateDataKey', { KeyId: software })
    const exporting = await cloud.call('ExportDataKey', { ...wrapping, CiphertextBlob, ...change })
    const making = await cloud.call('GenerateAndExportDataKey', { ...wrapping, KeyId: software, ...change })
    expect([making.body.Code, making.body.Detail]).toEqual([exporting.body.Code, exporting.body.Detail])
    return { code: exporting.body.Code, parameter: exporting.body.Detail?.Parameter }
  }

  test.each([
    ['of 1,024 bits', blobOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)],
    ['of 3,072 bits', blobOf(generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey)],
    ['on a curve', blobOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)],
    ['that is none', encodeBase64(utf8('no key'))],
    ['cut short', encodeBase64(decodeBase64(wrapping.PublicKeyBlob)!.slice(0, 200))],
    ['in PEM', Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })).toString('base64')],
    ['with stray bits', 'AB=='],
  ])('%s is refused', async (_, PublicKeyBlob) => {
    expect(await refusal({ PublicKeyBlob })).toEqual({ code: 'InvalidParameter', parameter: 'PublicKeyBlob' })
  })

  test.each([
    [{ WrappingKeySpec: 'EC_SM2', WrappingAlgorithm: 'SM2PKE' }, 'WrappingKeySpec'],
    [{ WrappingKeySpec: 'EC_SM2' }, 'WrappingKeySpec'],
    [{ WrappingAlgorithm: 'SM2PKE' }, 'WrappingAlgorithm'],
  ] as const)('%j is published and not there', async (change, parameter) => {
    expect(await refusal(change)).toEqual({ code: 'UnsupportedOperation', parameter })
  })

  test('is looked at before the key is used', async () => {
    await cloud.cloud.lab.setFaults([{ id: 'down', hop: 'proxy', kind: 'unreachable' }])
    const { body } = await cloud.call('GenerateAndExportDataKey', {
      ...wrapping,
      KeyId: external,
      PublicKeyBlob: 'AAAA',
    })
    expect(body.Detail?.Parameter).toBe('PublicKeyBlob')
  })
})

describe('re-encryption', () => {
  const ways = [external, software, 'alias/orders/db', 'alias/core/batch']
  test.each(ways.flatMap((from) => ways.map((to) => [from, to] as const)))('from %s to %s', async (from, to) => {
    const sealed = await cloud.ok('Encrypt', { KeyId: from, Plaintext, EncryptionContext })
    const { keyId, primaryVersionId } = keyNamed(cloud.cloud, to)
    const moved = await cloud.ok('ReEncrypt', {
      CiphertextBlob: sealed.CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: to,
      DestinationEncryptionContext: { moved: 'yes' },
    })
    expect(moved.KeyId).toBe(keyId)
    expect(moved.KeyVersionId).toBe(primaryVersionId ?? undefined)
    expect(moved.CiphertextBlob).not.toBe(sealed.CiphertextBlob)
    expect(await decrypted(moved.CiphertextBlob, { moved: 'yes' })).toBe(Plaintext)
    expect(await decrypted(sealed.CiphertextBlob, EncryptionContext)).toBe(Plaintext)
    for (const context of [undefined, EncryptionContext])
      expect(await cloud.code('Decrypt', { CiphertextBlob: moved.CiphertextBlob, EncryptionContext: context })).toBe(
        'InvalidParameter',
      )
  })

  test('brings a ciphertext from an old version to the primary one', async () => {
    const before = await cloud.ok('Encrypt', { KeyId: software, Plaintext })
    const { rotation } = keyNamed(cloud.cloud, software)
    await cloud.cloud.lab.advanceClock(rotation!.nextAt! - cloud.cloud.now())
    const after = await cloud.ok('ReEncrypt', { CiphertextBlob: before.CiphertextBlob, DestinationKeyId: software })
    expect(after.KeyVersionId).toBe(keyNamed(cloud.cloud, software).primaryVersionId)
    expect(after.KeyVersionId).not.toBe(before.KeyVersionId)
    expect(await decrypted(after.CiphertextBlob)).toBe(Plaintext)
  })

  test.each([
    ['the source context is another', {}, 'InvalidParameter'],
    ['the destination is disabled', { DestinationKeyId: aliases.disabled }, 'Rejected.Disabled'],
    [
      'the destination waits for its deletion',
      { DestinationKeyId: aliases.pendingDeletion },
      'Rejected.PendingDeletion',
    ],
    ['the destination is not there', { DestinationKeyId: 'alias/none' }, 'Forbidden.AliasNotFound'],
    ['the destination cannot be reached', { DestinationKeyId: aliases.instanceDisconnected }, 'Rejected.Unavailable'],
  ] as const)('is refused where %s', async (_, change, code) => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: software, Plaintext, EncryptionContext })
    const SourceEncryptionContext = Object.keys(change).length === 0 ? { other: '' } : EncryptionContext
    const input = { CiphertextBlob, DestinationKeyId: external, SourceEncryptionContext, ...change }
    expect(await cloud.code('ReEncrypt', input)).toBe(code)
  })

  test('needs the source key to work too', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: external, Plaintext })
    await cloud.ok('DisableKey', { KeyId: keyNamed(cloud.cloud, external).keyId })
    expect(await cloud.code('ReEncrypt', { CiphertextBlob, DestinationKeyId: software })).toBe('Rejected.Disabled')
  })

  test('leaves the plaintext nowhere', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: software, Plaintext })
    const { CiphertextBlob: moved } = await cloud.ok('ReEncrypt', { CiphertextBlob, DestinationKeyId: external })
    const { cloud: rows, trace } = cloud.cloud.dump()
    for (const secret of [Plaintext, CiphertextBlob, moved]) expect(JSON.stringify([rows, trace])).not.toContain(secret)
  })
})
