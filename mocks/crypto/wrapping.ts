/** Keys kept under another key: AES-256 keys wrapped by AES-KW (RFC 3394). Neither is ever extractable once stored. */
import type { Bytes } from './bytes.ts'

const aesGcm256 = { name: 'AES-GCM', length: 256 } as const

/** A random key that wraps others. It cannot be read back. */
export const generateWrappingKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-KW', length: 256 }, false, ['wrapKey', 'unwrapKey'])

/** A new AES-256 key in its wrapped form (40 bytes). Its bytes are visible to nobody, also not while it is made. */
export async function generateWrappedKey(wrappingKey: CryptoKey): Promise<Bytes> {
  // Only an extractable key can be wrapped; this handle is dropped right after.
  const key = await crypto.subtle.generateKey(aesGcm256, true, ['encrypt', 'decrypt'])
  return new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrappingKey, 'AES-KW'))
}

/** The wrapped key for these usages, non-extractable. Rejects with OperationError where another key wrapped it. */
export const unwrapKey = (
  wrapped: Bytes,
  wrappingKey: CryptoKey,
  usages: readonly ('encrypt' | 'decrypt')[],
): Promise<CryptoKey> => crypto.subtle.unwrapKey('raw', wrapped, wrappingKey, 'AES-KW', aesGcm256, false, usages)
