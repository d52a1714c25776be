/** An RSA key pair made in the page, to try the export of data keys: the private key cannot be extracted and goes with the page. */
import type { wrappingAlgorithms } from './contract/crypto.ts'

export type RsaWrapping = Extract<(typeof wrappingAlgorithms)[number], `RSAES_${string}`>
export const rsaWrappings = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'] as const satisfies readonly RsaWrapping[]

const hashes = { RSAES_OAEP_SHA_256: 'SHA-256', RSAES_OAEP_SHA_1: 'SHA-1' } as const satisfies Record<
  RsaWrapping,
  string
>

/** Bytes at most that RSA_2048 wraps: 256 less two hashes and two bytes (RFC 8017, RSAES-OAEP). */
export const wrappedBytes = { RSAES_OAEP_SHA_256: 190, RSAES_OAEP_SHA_1: 214 } as const satisfies Record<
  RsaWrapping,
  number
>

export interface OwnPair {
  readonly algorithm: RsaWrapping
  /** DER of the public key's SubjectPublicKeyInfo. */
  readonly spki: Uint8Array<ArrayBuffer>
  /** Rejects where the bytes were not wrapped for this pair. */
  readonly unwrap: (wrapped: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>
}

/** RSA_2048. The algorithm is part of the key: another one needs another pair (W3C Web Cryptography API, RSA-OAEP). */
export async function makePair(algorithm: RsaWrapping): Promise<OwnPair> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(
    {
      name: 'RSA-OAEP',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: hashes[algorithm],
    },
    false,
    ['encrypt', 'decrypt'],
  )
  const spki = await crypto.subtle.exportKey('spki', publicKey)
  return {
    algorithm,
    spki: new Uint8Array(spki),
    unwrap: async (wrapped) => new Uint8Array(await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, privateKey, wrapped)),
  }
}
