/** RSAES-OAEP (RFC 8017) with MGF1 of the same hash, for keys that somebody else made: KMS sees their public half only. */
import type { Bytes } from './bytes.ts'

export type OaepHash = 'SHA-256' | 'SHA-1'

const hashBytes = { 'SHA-256': 32, 'SHA-1': 20 } as const

export interface OaepKey {
  readonly modulusBits: number
  /** Bytes that one encryption takes. */
  readonly maxLength: number
  /** Rejects with OperationError beyond `maxLength`. */
  readonly encrypt: (plaintext: Bytes) => Promise<Bytes>
}

/** The RSA key of a DER SubjectPublicKeyInfo; null where it is none. */
export async function importOaepKey(spki: Bytes, hash: OaepHash): Promise<OaepKey | null> {
  const key = await importSpki(spki, hash)
  if (!key) return null
  const modulusBits = (key.algorithm as KeyAlgorithm & { readonly modulusLength: number }).modulusLength
  return {
    modulusBits,
    maxLength: modulusBits / 8 - 2 * hashBytes[hash] - 2,
    encrypt: async (plaintext) => new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, plaintext)),
  }
}

async function importSpki(spki: Bytes, hash: OaepHash): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('spki', spki, { name: 'RSA-OAEP', hash }, false, ['encrypt'])
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataError') return null
    throw error
  }
}
