/** A row as text: JSON with bytes in Base64 and keys sealed, behind a checksum that binds it to its name. */
import { crc32 } from 'node:zlib'
import type { Sealer, SealedKey } from './sealer.ts'

const sumLength = 8

const sumOf = (name: string, json: string): string =>
  crc32(json, crc32(`${name}\n`))
    .toString(16)
    .padStart(sumLength, '0')

export function writeRow(name: string, row: unknown, { seal }: Pick<Sealer, 'seal'>): string {
  const json = JSON.stringify(row, (_, value: unknown) => {
    if (value instanceof CryptoKey) return { $key: seal(value, name) }
    if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
    return value
  })
  return sumOf(name, json) + json
}

/** Rejects for anything but what `writeRow` made of a row of this name. */
export async function readRow(name: string, text: string, { unseal }: Pick<Sealer, 'unseal'>): Promise<unknown> {
  const json = text.slice(sumLength)
  if (text.slice(0, sumLength) !== sumOf(name, json)) throw new Error(`The checksum of ${name} does not fit.`)
  const row = JSON.parse(json) as unknown
  // Most rows hold neither, and a store may have many.
  return json.includes('"$key"') || json.includes('"$bytes"') ? revive(row) : row

  async function revive(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map(revive))
    if (typeof value !== 'object' || value === null) return value
    if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'))
    if ('$key' in value) return unseal(value.$key as SealedKey, name)
    const fields = await Promise.all(
      Object.entries(value).map(async ([key, inner]) => [key, await revive(inner)] as const),
    )
    return Object.fromEntries(fields)
  }
}
