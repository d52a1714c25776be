/** A request and what is answered, as plain as every client can be told it. */
import type { Product } from '#src/api/contract/action.ts'

/** Null: success. */
export interface Outcome {
  readonly code: string | null
  readonly body: unknown
}

/** What was answered before, by the names that cases gave it. */
export type Known = Readonly<Record<string, string>>

export interface Case {
  readonly name: string
  readonly product?: Product
  readonly action: string
  /** Texts as on the wire; JSON where the contract has JSON. */
  readonly parameters: (known: Known) => Readonly<Record<string, string>>
  /** A RAM user's name; left out: the main account. */
  readonly as?: string
  /** Where it is not the region that requests are for otherwise. */
  readonly region?: string
  /** How far the cloud's clock is moved before, ms. */
  readonly afterMs?: number
  /** Success, unless said otherwise. */
  readonly code?: string
  /** Fields of the answer, by paths such as `KeyMetadata.KeyState`, and what they are. */
  readonly answers?: (known: Known) => Readonly<Record<string, unknown>>
  /** Fields to remember: name → path. */
  readonly remember?: Readonly<Record<string, string>>
}

/** A case that ends well and is named after its action. */
export const does = (action: string, parameters: Case['parameters'], more: Partial<Case> = {}): Case => ({
  name: 'success',
  action,
  parameters,
  ...more,
})

/** The field at a path; undefined: there is none. */
export function fieldAt(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (typeof value === 'object' && value ? Reflect.get(value, name) : undefined), body)
}
