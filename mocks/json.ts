/** JSON as answers carry it. What lists send again and again is written down once. */
const texts = new WeakMap<object, string>()

/** Freezes a value whose members are all primitive, and writes it down: from then on it stands in any answer as that text. */
export function writtenOnce<T extends Readonly<Record<string, Primitive>>>(value: T): T {
  texts.set(Object.freeze(value), JSON.stringify(value))
  return value
}

type Primitive = string | number | boolean | null

/** The same as JSON.stringify, for values that know nothing of JSON themselves: without `toJSON`. */
export function jsonOf(value: object): string {
  return texts.get(value) ?? (Array.isArray(value) ? jsonOfList(value) : jsonOfRecord(value))
}

/** Undefined: it has no place in a record. */
const written = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? jsonOf(value) : JSON.stringify(value)

/** A list that does not begin with one that was written down has none. */
function jsonOfList(list: readonly unknown[]): string {
  if (!texts.has(list[0] as object)) return JSON.stringify(list)
  let text = ''
  for (const element of list) text += `${text === '' ? '' : ','}${written(element) ?? 'null'}`
  return `[${text}]`
}

function jsonOfRecord(record: object): string {
  let text = ''
  for (const [name, value] of Object.entries(record)) {
    const member = written(value)
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${member}`
  }
  return `{${text}}`
}
