/** Against Node's own RSA, which is another implementation than WebCrypto's. */
import { constants, generateKeyPairSync, privateDecrypt, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { utf8, type Bytes } from './bytes.ts'
import { importOaepKey, type OaepHash } from './rsa-oaep.ts'

const der = (key: KeyObject): Bytes => new Uint8Array(key.export({ type: 'spki', format: 'der' }))
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })
const pair = rsa(2048)

const decrypt = (ciphertext: Bytes, oaepHash: string): string =>
  privateDecrypt({ key: pair.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, ciphertext).toString(
    'latin1',
  )

describe.each([
  ['SHA-256', 'sha256', 190],
  ['SHA-1', 'sha1', 214],
] as const)('with %s', (hash: OaepHash, other, maxLength) => {
  test('what it encrypts, the private key opens, with this hash only', async () => {
    const key = (await importOaepKey(der(pair.publicKey), hash))!
    expect(key).toMatchObject({ modulusBits: 2048, maxLength })
    const ciphertext = await key.encrypt(utf8('a data key'))
    expect(ciphertext).toHaveLength(256)
    expect(decrypt(ciphertext, other)).toBe('a data key')
    expect(() => decrypt(ciphertext, other === 'sha1' ? 'sha256' : 'sha1')).toThrow()
  })

  test('takes as many bytes as it says', async () => {
    const key = (await importOaepKey(der(pair.publicKey), hash))!
    expect(decrypt(await key.encrypt(new Uint8Array(maxLength)), other)).toHaveLength(maxLength)
    await expect(key.encrypt(new Uint8Array(maxLength + 1))).rejects.toHaveProperty('name', 'OperationError')
  })
})

test('tells the size of the modulus', async () => {
  expect((await importOaepKey(der(rsa(3072).publicKey), 'SHA-256'))?.modulusBits).toBe(3072)
})

test('what is no RSA public key is none', async () => {
  const spki = der(pair.publicKey)
  const odd: Record<string, Bytes> = {
    nothing: new Uint8Array(0),
    text: utf8('-----BEGIN PUBLIC KEY-----'),
    'half a key': spki.slice(0, 100),
    'a private key': new Uint8Array(pair.privateKey.export({ type: 'pkcs8', format: 'der' })),
    'a bare RSAPublicKey': new Uint8Array(pair.publicKey.export({ type: 'pkcs1', format: 'der' })),
    'an EC key': der(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey),
    'an Ed25519 key': der(generateKeyPairSync('ed25519').publicKey),
  }
  for (const [name, bytes] of Object.entries(odd)) expect(await importOaepKey(bytes, 'SHA-256'), name).toBeNull()
})
