/** AES-GCM (NIST SP 800-38D) with a 128-bit tag that stands apart from the ciphertext. */
import { concat, type Bytes } from './bytes.ts'

export const tagLength = 16
/** Lengths of the initialization vector in bytes: 96 bits, and 128 for vectors made elsewhere. */
export const ivLengths: readonly number[] = [12, 16]

/** A random key that cannot be read back. */
export const generateAesGcmKey = (bits: 128 | 256): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: bits }, false, ['encrypt', 'decrypt'])

function parameters(iv: Bytes, additionalData: Bytes): AesGcmParams {
  if (!ivLengths.includes(iv.length)) throw new RangeError(`An IV has 12 or 16 bytes, not ${iv.length}`)
  return { name: 'AES-GCM', iv, additionalData, tagLength: tagLength * 8 }
}

/** The IV must never have been used with this key. Rejects with InvalidAccessError where the key may not encrypt. */
export async function seal(
  key: CryptoKey,
  { iv, plaintext, additionalData }: { iv: Bytes; plaintext: Bytes; additionalData: Bytes },
): Promise<{ ciphertext: Bytes; tag: Bytes }> {
  const joined = new Uint8Array(await crypto.subtle.encrypt(parameters(iv, additionalData), key, plaintext))
  return { ciphertext: joined.slice(0, -tagLength), tag: joined.slice(-tagLength) }
}

/** The plaintext; null where the tag does not fit. Rejects with InvalidAccessError where the key may not decrypt. */
export async function open(
  key: CryptoKey,
  { iv, ciphertext, tag, additionalData }: { iv: Bytes; ciphertext: Bytes; tag: Bytes; additionalData: Bytes },
): Promise<Bytes | null> {
  if (tag.length !== tagLength) return null
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(iv, additionalData), key, concat(ciphertext, tag)))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null
    throw error
  }
}
