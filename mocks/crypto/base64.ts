import type { Bytes } from './bytes.ts'

// Spreading a long array into one call overflows the engine's argument limit.
const chunkLength = 8192

/** Standard Base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let offset = 0; offset < bytes.length; offset += chunkLength)
    binary += String.fromCharCode(...bytes.subarray(offset, offset + chunkLength))
  return btoa(binary)
}

/** Before padding only digits whose unused bits are zero. */
const canonical = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

/**
 * Bytes of standard Base64 with padding. Null for anything else: the URL-safe alphabet, blanks, missing padding, and
 * unused bits that are not zero, so that one byte string has exactly one text.
 */
export function decodeBase64(text: string): Bytes | null {
  return canonical.test(text) ? Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) : null
}
