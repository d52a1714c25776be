import type { Bytes } from './bytes.ts'
import { primitives } from './primitives.ts'

/** Standard Base64 with padding (RFC 4648, section 4). */
export const encodeBase64 = (bytes: Uint8Array): string => primitives().encodeBase64(bytes)

/**
 * Bytes of standard Base64 with padding. Null for anything else: the URL-safe alphabet, blanks, missing padding, and
 * unused bits that are not zero, so that one byte string has exactly one text.
 */
export const decodeBase64 = (text: string): Bytes | null => primitives().decodeBase64(text)
