/** HMAC-SHA-256 (RFC 2104) with keys that cannot be read back. */
import { utf8, type Bytes } from './bytes.ts'
import { primitives } from './primitives.ts'

const algorithm = { name: 'HMAC', hash: 'SHA-256' }
const usages = ['sign', 'verify'] as const

/** A non-extractable key of these bytes. Rejects with DataError for no bytes. */
export const importHmacKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, algorithm, false, usages)

/** A random 256-bit non-extractable key that nobody ever saw. */
export const generateHmacKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ ...algorithm, length: 256 }, false, usages)

export const hmac = async (key: CryptoKey, bytes: Bytes): Promise<Bytes> => primitives().hmac(key, bytes)

/** Compares in constant time. */
export const verifyHmac = async (key: CryptoKey, signature: Bytes, bytes: Bytes): Promise<boolean> =>
  primitives().verifyHmac(key, signature, bytes)

/** What a credential is scoped to changes once a day. */
const chainsPerKey = 8
const chains = new WeakMap<CryptoKey, Map<string, Promise<CryptoKey>>>()

/** Each text signed in turn, by the key that the one before it gave. The last chains of a key are remembered as long as the key lives. */
export function hmacChain(key: CryptoKey, texts: readonly string[]): Promise<CryptoKey> {
  const known = chains.get(key) ?? new Map<string, Promise<CryptoKey>>()
  chains.set(key, known)
  const name = JSON.stringify(texts)
  const derived = known.get(name) ?? derive(key, texts)
  known.set(name, derived)
  if (known.size > chainsPerKey) known.delete(known.keys().next().value!)
  return derived
}

async function derive(key: CryptoKey, texts: readonly string[]): Promise<CryptoKey> {
  let current = key
  for (const text of texts) current = await importHmacKey(await hmac(current, utf8(text)))
  return current
}
