/**
 * Keys at rest. Node keeps no CryptoKey between two starts, so their bytes are stored, sealed with AES-256-GCM under a key that stands in a
 * file of its own: whoever gets the store alone gets no key. Each is bound to its row. See docs/decisions/014-keys-at-rest.md.
 */
import { createCipheriv, createDecipheriv, KeyObject, randomBytes } from 'node:crypto'
import { importKeyOf, kindOf, type KeyKind } from '#mocks/crypto/stored-keys.ts'
import { CloudStartError } from '#mocks/hosts/node/start-error.ts'
import { readIfThere, writeSecretly } from './durable-file.ts'

export interface SealedKey extends KeyKind {
  /** Initialization vector, ciphertext and tag, Base64. */
  readonly sealed: string
}

/** `place`: the row's own name. */
export interface Sealer {
  readonly seal: (key: CryptoKey, place: string) => SealedKey
  /** Rejects where it was sealed under another key, or for another place. */
  readonly unseal: (sealed: SealedKey, place: string) => Promise<CryptoKey>
}

const algorithm = 'aes-256-gcm'
const keyLength = 32
const ivLength = 12
const tagLength = 16

export function createSealer(sealingKey: Uint8Array): Sealer {
  return {
    seal: (key, place) => {
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv(algorithm, sealingKey, iv).setAAD(Buffer.from(place))
      const bytes = KeyObject.from(key as Parameters<typeof KeyObject.from>[0]).export()
      const sealed = Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
      return { ...kindOf(key), sealed: sealed.toString('base64') }
    },
    unseal: async ({ sealed, ...kind }, place) => {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv(algorithm, sealingKey, bytes.subarray(0, ivLength))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-tagLength))
      const opened = [decipher.update(bytes.subarray(ivLength, -tagLength)), decipher.final()]
      return importKeyOf(new Uint8Array(Buffer.concat(opened)), kind)
    },
  }
}

/** The sealer whose key stands in the file; drawn where there is none, which `mayDraw` must allow: what is stored would be lost. */
export async function openSealer(path: string, mayDraw: boolean): Promise<Sealer> {
  const stored = await readIfThere(path)
  if (stored) {
    if (stored.length !== keyLength)
      throw new CloudStartError(`${path} is damaged: it is no key of ${keyLength} bytes.`)
    return createSealer(stored)
  }
  if (!mayDraw) throw new CloudStartError(`${path} is missing: without it the keys that are stored cannot be opened.`)
  const drawn = randomBytes(keyLength)
  await writeSecretly(path, drawn)
  return createSealer(drawn)
}
