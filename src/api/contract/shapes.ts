/**
 * What a value parsed from JSON must hold: the answers of the cloud, and what a proxy and a key manager are sent and answer. A shape
 * reads such a value into a typed one, or says where it does not fit. Objects may hold more than is named, and keep it: a later version
 * of an API adds fields. Imported whole, as `shape`. Why not a library: docs/decisions/011-shapes.md.
 */
import { isPlainObject } from './rules.ts'

/** Where a value does not fit: names and indices from the outside in; empty for the value itself. */
export class Misfit {
  readonly path: readonly (string | number)[]
  constructor(path: readonly (string | number)[] = []) {
    this.path = path
  }
}

export interface Shape<T> {
  /** Never throws. */
  readonly read: (value: unknown) => T | Misfit
}
/** A field of this shape may be left out. */
export interface Optional<T> extends Shape<T | undefined> {
  readonly optional: true
}

/** What a shape reads. */
export type Of<S> = S extends Shape<infer T> ? T : never

type Fields = Readonly<Record<string, Shape<unknown>>>
type OptionalNames<F> = { [N in keyof F]: F[N] extends Optional<unknown> ? N : never }[keyof F]
type Flat<T> = { [N in keyof T]: T[N] }
type ObjectOf<F> = Flat<
  { [N in Exclude<keyof F, OptionalNames<F>>]: Of<F[N]> } & { [N in OptionalNames<F>]?: Of<F[N]> }
>

export const string = (): Shape<string> => ({
  read: (value) => (typeof value === 'string' ? value : new Misfit()),
})

export const boolean = (): Shape<boolean> => ({
  read: (value) => (typeof value === 'boolean' ? value : new Misfit()),
})

export const number = (): Shape<number> => ({
  read: (value) => (typeof value === 'number' ? value : new Misfit()),
})

export const oneOf = <const T extends string>(allowed: readonly T[]): Shape<T> => ({
  read: (value) => allowed.find((item) => item === value) ?? new Misfit(),
})

export const nullable = <T>(inner: Shape<T>): Shape<T | null> => ({
  read: (value) => (value === null ? null : inner.read(value)),
})

export const optional = <T>(inner: Shape<T>): Optional<T> => ({
  optional: true,
  read: (value) => (value === undefined ? undefined : inner.read(value)),
})

/** `max`: elements at most. */
export const array = <T>(element: Shape<T>, { max = Infinity }: { max?: number } = {}): Shape<T[]> => ({
  read: (value) => {
    if (!Array.isArray(value) || value.length > max) return new Misfit()
    const elements: T[] = []
    for (const [index, item] of value.entries()) {
      const read = element.read(item)
      if (read instanceof Misfit) return new Misfit([index, ...read.path])
      elements.push(read)
    }
    return elements
  },
})

/** An object with at least these fields. Only its own count: no JSON object has a `constructor` by itself. */
export const object = <const F extends Fields>(fields: F): Shape<ObjectOf<F>> => ({
  read: (value) => {
    if (!isPlainObject(value)) return new Misfit()
    const whole = { ...value }
    for (const [name, field] of Object.entries(fields)) {
      const read = field.read(Object.hasOwn(value, name) ? value[name] : undefined)
      if (read instanceof Misfit) return new Misfit([name, ...read.path])
      if (read !== undefined) whole[name] = read
    }
    return whole as ObjectOf<F>
  },
})
