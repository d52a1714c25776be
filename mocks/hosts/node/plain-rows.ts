/** Rows as plain JSON that holds no secret: of a key its kind, of bytes their length. */

type Tables = Readonly<Record<string, readonly unknown[]>>

export const plainRows = (tables: Tables): Tables =>
  Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.map(plain)]))

function plain(value: unknown): unknown {
  if (value instanceof CryptoKey) return { key: value.algorithm.name }
  if (value instanceof Uint8Array) return { bytes: value.length }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]))
}
