/**
 * Whether a log of LevelDB is whole. LevelDB itself passes over records that do not fit their checksum, and the writes in them are gone without
 * a word. Format: 32 KiB blocks of records, each with a masked CRC-32C, a length and a type (leveldb, doc/log_format.md). A record that the
 * end of the file cuts off is no damage: its writer was killed, and had answered nothing yet.
 */
const blockLength = 32 * 1024
const headerLength = 7

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0x82f63b78 : sum >>> 1
  return sum >>> 0
})

function crc32c(bytes: Uint8Array): number {
  let sum = 0xffffffff
  // By index: an iterator takes five times as long, and a log may be long.
  for (let at = 0; at < bytes.length; at++) sum = table[(sum ^ bytes[at]!) & 0xff]! ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}

const masked = (sum: number): number => (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0

/** Where the first record that is damaged begins, in bytes; null: there is none. */
export function damageIn(log: Buffer): number | null {
  let at = 0
  while (at < log.length) {
    const left = blockLength - (at % blockLength)
    if (left < headerLength) {
      at += left
      continue
    }
    if (log.length - at < headerLength) return null
    const sum = log.readUInt32LE(at)
    const length = log.readUInt16LE(at + 4)
    const end = at + headerLength + length
    // Space that was reserved and never written.
    if (sum === 0 && length === 0 && log[at + 6] === 0) {
      at += left
      continue
    }
    if (headerLength + length > left) return at
    if (end > log.length) return null
    if (masked(crc32c(log.subarray(at + 6, end))) !== sum) return at
    at = end
  }
  return null
}
