/** HMAC-SHA-1 for signature version 1.0, and for nothing else. */
import type { Bytes } from './bytes.ts'
import { utf8 } from './bytes.ts'

/** The non-extractable key that version 1.0 signs with: over the secret and `&`. */
export const importV1Secret = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', utf8(`${secret}&`), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign', 'verify'])

/** Compares in constant time. */
export const verifyHmacSha1 = (key: CryptoKey, signature: Bytes, bytes: Bytes): Promise<boolean> =>
  crypto.subtle.verify('HMAC', key, signature, bytes)
