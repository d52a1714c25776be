/** Byte strings joined so that no two different lists give the same bytes: each stands behind its length. */
import { concat, type Bytes } from './bytes.ts'

/** A byte string behind its length, a big-endian number of `width` bytes. Throws RangeError where it does not fit. */
export function lengthPrefixed(bytes: Uint8Array, width: 1 | 2 | 4): Bytes {
  if (bytes.length >= 256 ** width) throw new RangeError(`${bytes.length} bytes do not fit a ${width}-byte length`)
  return concat(
    Uint8Array.from({ length: width }, (_, index) => Math.floor(bytes.length / 256 ** (width - 1 - index)) % 256),
    bytes,
  )
}

/** Parts behind 4-byte lengths. */
export const frame = (...parts: readonly Uint8Array[]): Bytes => concat(...parts.map((part) => lengthPrefixed(part, 4)))

/** The parts of `frame`; null where the bytes end too early. */
export function unframe(bytes: Bytes): readonly Bytes[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Bytes[] = []
  let offset = 0
  while (offset < bytes.length) {
    if (bytes.length - offset < 4) return null
    const start = offset + 4
    const end = start + view.getUint32(offset)
    if (end > bytes.length) return null
    parts.push(bytes.slice(start, end))
    offset = end
  }
  return parts
}
