/** Text and bytes of the *Try it* form: what is typed becomes Base64 for the API, and back. */
import { base64Length, limits, type Problem } from '#src/api/contract/rules.ts'

export type Encoding = 'text' | 'base64'

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

export const fromBase64 = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

/** What was typed as the Base64 that the API takes, or what is wrong with it. 1–6,144 bytes (KMS API 2016-01-20, Encrypt). */
export function typedToBase64(
  typed: string,
  encoding: Encoding,
): { readonly base64: string } | { readonly problem: Problem } {
  if (typed === '') return { problem: { code: 'required' } }
  const base64 = encoding === 'text' ? toBase64(utf8.encode(typed)) : typed.replace(/\s/g, '')
  const length = base64Length(base64)
  if (typeof length !== 'number') return { problem: length }
  return length > limits.plaintextBytes
    ? { problem: { code: 'tooLong', max: limits.plaintextBytes, length } }
    : { base64 }
}

/** Bytes as typed so far, for the counter; null where it is not Base64. */
export function byteLength(typed: string, encoding: Encoding): number | null {
  if (encoding === 'text') return utf8.encode(typed).length
  const length = base64Length(typed.replace(/\s/g, ''))
  return typeof length === 'number' ? length : null
}

/** A decrypted plaintext as text where it is UTF-8, else null. */
export function readableText(base64: string): string | null {
  try {
    return strictUtf8.decode(fromBase64(base64))
  } catch {
    return null
  }
}

export interface ContextEntry {
  readonly name: string
  readonly value: string
}

/** Rows of an encryption context as one object; a name given twice is the problem of its second row. Empty rows do not count. */
export function contextOf(
  rows: readonly ContextEntry[],
): { readonly context: Record<string, string> | undefined } | { readonly row: number; readonly problem: Problem } {
  const context = new Map<string, string>()
  for (const [row, { name, value }] of rows.entries()) {
    if (name === '' && value === '') continue
    if (name === '') return { row, problem: { code: 'required' } }
    if (context.has(name)) return { row, problem: { code: 'duplicate', value: name } }
    context.set(name, value)
  }
  if (context.size === 0) return { context: undefined }
  const object = Object.fromEntries(context)
  const { length } = JSON.stringify(object)
  return length > limits.encryptionContext
    ? { row: rows.length - 1, problem: { code: 'tooLong', max: limits.encryptionContext, length } }
    : { context: object }
}
