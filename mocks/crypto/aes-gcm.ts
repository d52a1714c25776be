/** AES-GCM (NIST SP 800-38D) with a 128-bit tag that stands apart from the ciphertext. */
import { concat, type Bytes } from './bytes.ts'
import { primitives } from './primitives.ts'

export const tagLength = 16
/** Lengths of the initialization vector in bytes: 96 bits, and 128 for vectors made elsewhere. */
export const ivLengths: readonly number[] = [12, 16]

/** A random key that cannot be read back. */
export const generateAesGcmKey = (bits: 128 | 256): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: bits }, false, ['encrypt', 'decrypt'])

function checkIv({ length }: Bytes): void {
  if (!ivLengths.includes(length)) throw new RangeError(`An IV has 12 or 16 bytes, not ${length}`)
}

/** The IV must never have been used with this key. Rejects with InvalidAccessError where the key may not encrypt. */
export async function seal(
  key: CryptoKey,
  { plaintext, ...parameters }: { iv: Bytes; plaintext: Bytes; additionalData: Bytes },
): Promise<{ ciphertext: Bytes; tag: Bytes }> {
  checkIv(parameters.iv)
  const joined = await primitives().encryptGcm(key, parameters, plaintext)
  return { ciphertext: joined.slice(0, -tagLength), tag: joined.slice(-tagLength) }
}

/** The plaintext; null where the tag does not fit. Rejects with InvalidAccessError where the key may not decrypt. */
export async function open(
  key: CryptoKey,
  { ciphertext, tag, ...parameters }: { iv: Bytes; ciphertext: Bytes; tag: Bytes; additionalData: Bytes },
): Promise<Bytes | null> {
  if (tag.length !== tagLength) return null
  checkIv(parameters.iv)
  return primitives().decryptGcm(key, parameters, concat(ciphertext, tag))
}
