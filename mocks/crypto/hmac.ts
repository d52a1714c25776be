/** HMAC-SHA-256 (RFC 2104) with keys that cannot be read back. */
import { utf8, type Bytes } from './bytes.ts'

const algorithm = { name: 'HMAC', hash: 'SHA-256' }
const usages = ['sign', 'verify'] as const

/** A non-extractable key of these bytes. Rejects with DataError for no bytes. */
export const importHmacKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, algorithm, false, usages)

/** A random 256-bit non-extractable key that nobody ever saw. */
export const generateHmacKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ ...algorithm, length: 256 }, false, usages)

export const hmac = async (key: CryptoKey, bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes))

/** Compares in constant time. */
export const verifyHmac = (key: CryptoKey, signature: Bytes, bytes: Bytes): Promise<boolean> =>
  crypto.subtle.verify('HMAC', key, signature, bytes)

/** Each text signed in turn, by the key that the one before it gave. */
export async function hmacChain(key: CryptoKey, texts: readonly string[]): Promise<CryptoKey> {
  let current = key
  for (const text of texts) current = await importHmacKey(await hmac(current, utf8(text)))
  return current
}
