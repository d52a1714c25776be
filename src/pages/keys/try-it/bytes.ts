/** Bytes as people write them and read them: what is typed becomes Base64 for the API, and back. */
import { base64Length, type Problem } from '#src/api/contract/rules.ts'

export const encodings = ['text', 'base64', 'hex'] as const
export type Encoding = (typeof encodings)[number]

/** What is wrong with bytes that were typed or chosen: the contract's problems, and what only a person's input can have. */
export type EntryProblem =
  | Problem
  | { readonly code: 'hex' | 'hexOdd' | 'fileEmpty' | 'fileUnreadable' }
  | { readonly code: 'fileTooLarge'; readonly name: string; readonly size: number; readonly max: number }

export type Read<T> = T | { readonly problem: EntryProblem }

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

export const fromBase64 = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Hexadecimal digits in pairs, of either case; blanks, line breaks, colons and a leading `0x` do not count, as dumps have them. */
export function fromHex(text: string): Read<{ readonly bytes: Uint8Array<ArrayBuffer> }> {
  const digits = text.replace(/[\s:]/g, '').replace(/^0x/i, '')
  if (!/^[0-9a-f]*$/i.test(digits)) return { problem: { code: 'hex' } }
  if (digits.length % 2 === 1) return { problem: { code: 'hexOdd' } }
  return { bytes: Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) }
}

/** Base64 as pasted: line breaks and blanks of a mail or a terminal do not count. */
function fromTypedBase64(text: string): Read<{ readonly bytes: Uint8Array<ArrayBuffer> }> {
  const base64 = text.replace(/\s/g, '')
  const length = base64Length(base64)
  return typeof length === 'number' ? { bytes: fromBase64(base64) } : { problem: length }
}

/** What was typed as bytes, at least one and at most `max`, or what is wrong with it. */
export function typedBytes(
  typed: string,
  encoding: Encoding,
  max: number,
): Read<{ readonly bytes: Uint8Array<ArrayBuffer> }> {
  const read =
    encoding === 'text' ? { bytes: utf8.encode(typed) } : encoding === 'hex' ? fromHex(typed) : fromTypedBase64(typed)
  return 'problem' in read ? read : (sizeProblem(read.bytes.length, max) ?? read)
}

function sizeProblem(length: number, max: number): { readonly problem: EntryProblem } | null {
  if (length === 0) return { problem: { code: 'required' } }
  return length > max ? { problem: { code: 'tooLong', max, length } } : null
}

/** A file that was dropped or chosen, as it was read here; `problem`: it cannot be used. It never leaves the page as a file. */
export interface ChosenFile {
  readonly name: string
  readonly size: number
  readonly content: Read<{ readonly bytes: Uint8Array<ArrayBuffer> }>
}

/** Reads a file unless it is too large: then not a byte of it is read. */
export async function readFile(file: File, max: number): Promise<ChosenFile> {
  const { name, size } = file
  if (size > max) return { name, size, content: { problem: { code: 'fileTooLarge', name, size, max } } }
  if (size === 0) return { name, size, content: { problem: { code: 'fileEmpty' } } }
  try {
    return { name, size, content: { bytes: new Uint8Array(await file.arrayBuffer()) } }
  } catch {
    return { name, size, content: { problem: { code: 'fileUnreadable' } } }
  }
}

/** Bytes while a person enters them. What was typed stays when a file is chosen, and the other way round. */
export interface ByteEntry {
  readonly as: Encoding | 'file'
  readonly typed: string
  readonly file: ChosenFile | null
}

export const emptyEntry = (as: Encoding): ByteEntry => ({ as, typed: '', file: null })

export function entryBytes(
  { as, typed, file }: ByteEntry,
  max: number,
): Read<{ readonly bytes: Uint8Array<ArrayBuffer> }> {
  if (as !== 'file') return typedBytes(typed, as, max)
  return file?.content ?? { problem: { code: 'required' } }
}

/** Bytes as entered so far, for the counter; null where they cannot be read. */
export function entryLength({ as, typed, file }: ByteEntry): number | null {
  if (as === 'file') return file?.size ?? 0
  if (typed === '') return 0
  const read = typedBytes(typed, as, Number.MAX_SAFE_INTEGER)
  if ('bytes' in read) return read.bytes.length
  return read.problem.code === 'required' ? 0 : null
}

/** Bytes as text where they are UTF-8, else null. */
export function readableText(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return null
  }
}

/** Bytes in one of the ways to read them; null: they are no text. */
export function shownAs(bytes: Uint8Array, encoding: Encoding): string | null {
  if (encoding === 'text') return readableText(bytes)
  return encoding === 'hex' ? toHex(bytes) : toBase64(bytes)
}
