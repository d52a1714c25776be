/**
 * How parameters travel and what they may hold. RPC parameters are text: one text per name, JSON in one text, or a numbered
 * list (`ResourceId.1`, `Tag.1.Key`). A `Param` reads the wire's text into a value, or says what is wrong.
 */
import {
  base64Length,
  isPlainObject,
  isProblem,
  limits,
  parseEncryptionContext,
  parseJson,
  type EncryptionContext,
  type Problem,
} from './rules.ts'

export type ParamStyle = 'text' | 'json' | 'list'

export interface Param<T, Required extends boolean = boolean> {
  readonly style: ParamStyle
  readonly required: Required
  /** An empty text is a value of its own, not the absence of one. */
  readonly emptyCounts: boolean
  /** For lists: the names of an element's parts (`Key`, `Value`); empty for a list of texts. */
  readonly parts: readonly string[]
  readonly read: (text: string) => T | Problem
  /** For lists: reads the elements gathered from the numbered names. */
  readonly readList: (elements: readonly (string | Readonly<Record<string, string>>)[]) => T | Problem
}

type ParamMap = Readonly<Record<string, Param<unknown>>>
type ValueOf<P> = P extends Param<infer T> ? T : never
type RequiredNames<M> = { [N in keyof M]: M[N] extends Param<unknown, true> ? N : never }[keyof M]

/** The input of an action as typed values. */
export type InputOf<M extends ParamMap> = { readonly [N in RequiredNames<M>]: ValueOf<M[N]> } & {
  readonly [N in Exclude<keyof M, RequiredNames<M>>]?: ValueOf<M[N]> | undefined
}

const noList = (): Problem => ({ code: 'malformed', reason: 'shape' })
const noText = (): Problem => ({ code: 'malformed', reason: 'shape' })

function textual<T>(style: ParamStyle, read: (text: string) => T | Problem): Param<T, false> {
  return { style, required: false, emptyCounts: false, parts: [], read, readList: noList }
}

/** Makes a parameter mandatory: its absence is MissingParameter. */
export const required = <T>(param: Param<T>): Param<T, true> => ({ ...param, required: true })

/** A parameter whose empty text is meant: it clears what was there. */
export const clearable = <T, R extends boolean>(param: Param<T, R>): Param<T, R> => ({ ...param, emptyCounts: true })

export const text = (problemOf: (text: string) => Problem | null = () => null): Param<string, false> =>
  textual('text', (value) => problemOf(value) ?? value)

export const oneOf = <const T extends string>(allowed: readonly T[]): Param<T, false> =>
  textual<T>('text', (value) => allowed.find((item) => item === value) ?? { code: 'notOneOf', allowed })

export const integer = ({ min, max }: { min: number; max: number }): Param<number, false> =>
  textual<number>('text', (value) => {
    const number = /^[0-9]{1,9}$/.test(value) ? Number(value) : NaN
    return number >= min && number <= max ? number : { code: 'outOfRange', min, max }
  })

export const boolean = (): Param<boolean, false> =>
  textual<boolean>('text', (value) =>
    value === 'true' || value === 'false' ? value === 'true' : { code: 'notOneOf', allowed: ['true', 'false'] },
  )

/** Standard Base64 of `min`–`max` bytes. */
export const base64 = ({ max }: { max: number }): Param<string, false> =>
  textual('text', (value) => {
    if (value === '') return { code: 'required' }
    const length = base64Length(value)
    if (typeof length !== 'number') return length
    return length > max ? { code: 'tooLong', max, length } : value
  })

/** JSON in one text; `shape` reads the parsed value. */
export const json = <T>(shape: (value: unknown) => T | Problem): Param<T, false> =>
  textual('json', (value) => {
    const parsed = parseJson(value)
    return parsed === undefined ? { code: 'malformed', reason: 'json' } : shape(parsed)
  })

export const encryptionContext = (): Param<EncryptionContext, false> => textual('json', parseEncryptionContext)

/** `Name.1`, `Name.2` … of texts. */
export const textList = ({ max }: { max: number }): Param<readonly string[], false> => ({
  style: 'list',
  required: false,
  emptyCounts: false,
  parts: [],
  read: noText,
  readList: (elements) => {
    if (elements.length > max) return { code: 'tooMany', max }
    return elements.every((element) => typeof element === 'string') ? elements : { code: 'malformed', reason: 'shape' }
  },
})

/** `Name.1.Part`, `Name.2.Part` … of records whose parts are texts. */
export const recordList = <const P extends string>(
  parts: readonly P[],
  { max }: { max: number },
): Param<readonly Readonly<Record<P, string>>[], false> => ({
  style: 'list',
  required: false,
  emptyCounts: false,
  parts,
  read: noText,
  readList: (elements) => {
    if (elements.length > max) return { code: 'tooMany', max }
    const records: Record<P, string>[] = []
    for (const element of elements) {
      if (typeof element === 'string') return { code: 'malformed', reason: 'shape' }
      records.push(Object.fromEntries(parts.map((part) => [part, element[part] ?? ''])) as Record<P, string>)
    }
    return records
  },
})

export const page = (): Param<number, false> => integer({ min: 1, max: 999_999_999 })

export interface Filter {
  readonly Key: string
  readonly Values: readonly string[]
}

/** ListKeys Filters: a JSON array of at most 10 `{ Key, Values }`, each with at most 10 values, of the given keys. */
export const filters = (keys: readonly string[]): Param<readonly Filter[], false> =>
  json<readonly Filter[]>((value) => {
    if (!Array.isArray(value)) return { code: 'malformed', reason: 'shape' }
    if (value.length > limits.filters.entries) return { code: 'tooMany', max: limits.filters.entries }
    const entries: Filter[] = []
    for (const entry of value as unknown[]) {
      if (!isPlainObject(entry) || !Array.isArray(entry.Values)) return { code: 'malformed', reason: 'shape' }
      const { Key, Values } = entry as { Key: unknown; Values: unknown[] }
      if (typeof Key !== 'string' || !keys.includes(Key)) return { code: 'notOneOf', allowed: keys }
      if (Values.length > limits.filters.values) return { code: 'tooMany', max: limits.filters.values }
      if (!Values.every((item) => typeof item === 'string')) return { code: 'malformed', reason: 'shape' }
      entries.push({ Key, Values })
    }
    return entries
  })

/** Parameters as gathered from the wire, names as sent. */
export type WireParams = ReadonlyMap<string, string>

/** Why an input was refused: which parameter, and what is wrong with it. */
export interface InputRefusal {
  readonly parameter: string
  /** null: it is missing. */
  readonly problem: Problem | null
}

/** Reads an action's input from the wire. The first refusal in the order of the table wins. */
export function readInput<M extends ParamMap>(params: M, wire: WireParams): InputOf<M> | InputRefusal {
  const input: Record<string, unknown> = {}
  for (const [name, param] of Object.entries(params)) {
    const value = param.style === 'list' ? readListParam(name, param, wire) : readTextParam(name, param, wire)
    if (value === undefined) {
      if (param.required) return { parameter: name, problem: null }
    } else if (isProblem(value)) return { parameter: name, problem: value }
    else input[name] = value
  }
  return input as InputOf<M>
}

export const isInputRefusal = (value: object): value is InputRefusal => 'parameter' in value && 'problem' in value

/** An empty text counts as absent: clients send `Name=` for null (RPC clients of API 2016-01-20). */
function readTextParam(name: string, param: Param<unknown>, wire: WireParams): unknown {
  const value = wire.get(name)
  return value === undefined || (value === '' && !param.emptyCounts) ? undefined : param.read(value)
}

function readListParam(name: string, param: Param<unknown>, wire: WireParams): unknown {
  const elements: (string | Record<string, string>)[] = []
  for (let index = 1; ; index++) {
    const plain = wire.get(`${name}.${index}`)
    const parts = param.parts
      .map((part) => [part, wire.get(`${name}.${index}.${part}`)] as const)
      .filter((entry): entry is readonly [string, string] => entry[1] !== undefined)
    if (parts.length > 0) elements.push(Object.fromEntries(parts))
    else if (plain !== undefined) elements.push(plain)
    else break
  }
  return elements.length === 0 ? undefined : param.readList(elements)
}

/** Writes typed values as wire parameters: the inverse of `readInput`. */
export function writeInput(params: ParamMap, input: Readonly<Record<string, unknown>>): Map<string, string> {
  const wire = new Map<string, string>()
  for (const [name, param] of Object.entries(params)) {
    const value = input[name]
    if (value === undefined) continue
    if (param.style === 'list')
      for (const [index, element] of (value as readonly unknown[]).entries()) {
        if (typeof element === 'string') wire.set(`${name}.${index + 1}`, element)
        else
          for (const [part, item] of Object.entries(element as Record<string, string>))
            wire.set(`${name}.${index + 1}.${part}`, item)
      }
    else wire.set(name, param.style === 'json' ? JSON.stringify(value) : String(value))
  }
  return wire
}
