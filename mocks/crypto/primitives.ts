/**
 * SHA-256, HMAC-SHA-256, AES-GCM and Base64 as they are computed: by what every host has, unless a host has something that costs less. Keys are CryptoKeys either
 * way, and their usages hold.
 */
import { hex, utf8, type Bytes } from './bytes.ts'

export interface GcmParameters {
  readonly iv: Bytes
  readonly additionalData: Bytes
}

export interface Primitives {
  readonly sha256: (bytes: Bytes) => Bytes | Promise<Bytes>
  /** Lower-case hex digits; of a text's UTF-8. */
  readonly sha256Hex: (content: Bytes | string) => string | Promise<string>
  readonly hmac: (key: CryptoKey, bytes: Bytes) => Bytes | Promise<Bytes>
  /** Compares in constant time. */
  readonly verifyHmac: (key: CryptoKey, signature: Bytes, bytes: Bytes) => boolean | Promise<boolean>
  /** The ciphertext with the tag of 16 bytes behind it. Fails with InvalidAccessError where the key may not encrypt. */
  readonly encryptGcm: (key: CryptoKey, parameters: GcmParameters, plaintext: Bytes) => Bytes | Promise<Bytes>
  /** Null where the tag does not fit. Fails with InvalidAccessError where the key may not decrypt. */
  readonly decryptGcm: (
    key: CryptoKey,
    parameters: GcmParameters,
    sealed: Bytes,
  ) => Bytes | null | Promise<Bytes | null>
  /** Standard Base64 with padding. */
  readonly encodeBase64: (bytes: Uint8Array) => string
  /** Null for whatever encodeBase64 does not write. */
  readonly decodeBase64: (text: string) => Bytes | null
}

// Spreading a long array into one call overflows the engine's argument limit.
const chunkLength = 8192

/** Before padding only digits whose unused bits are zero. That digits and padding come by fours is for its user to see. */
const canonical = /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?$/

const gcm = ({ iv, additionalData }: GcmParameters): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData,
  tagLength: 128,
})

const webPrimitives: Primitives = {
  sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)),
  sha256Hex: async (content) => {
    const bytes = typeof content === 'string' ? utf8(content) : content
    return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  },
  hmac: async (key, bytes) => new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes)),
  verifyHmac: (key, signature, bytes) => crypto.subtle.verify('HMAC', key, signature, bytes),
  encryptGcm: async (key, parameters, plaintext) =>
    new Uint8Array(await crypto.subtle.encrypt(gcm(parameters), key, plaintext)),
  decryptGcm: async (key, parameters, sealed) => {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(gcm(parameters), key, sealed))
    } catch (error) {
      if (error instanceof DOMException && error.name === 'OperationError') return null
      throw error
    }
  },
  encodeBase64: (bytes) => {
    let binary = ''
    for (let offset = 0; offset < bytes.length; offset += chunkLength)
      binary += String.fromCharCode(...bytes.subarray(offset, offset + chunkLength))
    return btoa(binary)
  },
  decodeBase64: (text) => {
    if (text.length % 4 !== 0 || !canonical.test(text)) return null
    const binary = atob(text)
    const bytes = new Uint8Array(binary.length)
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
    return bytes
  },
}

let current = webPrimitives

export const primitives = (): Primitives => current

/** For a host, once, before anything is asked. */
export function usePrimitives(chosen: Primitives): void {
  current = chosen
}
