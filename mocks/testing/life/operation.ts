/** What all operations are made of. */
import * as fc from 'fast-check'
import type { ActionName, Input } from '#src/api/contract/actions.ts'
import { keyArn } from '#src/api/contract/arn.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { account, region } from '#mocks/testing/small-world.ts'
import type { Actor, Model, ModelKey } from './model.ts'

/** A request, what must come of it, and what success does to the model. */
export interface Step {
  readonly name: ActionName
  readonly input: object
  readonly actor: Actor
  readonly refusal: ErrorCode | null
  readonly effect: (answer: Readonly<Record<string, unknown>>) => void
  /** Fields of the answer. */
  readonly answers: object
}

/** A request; or time passes, ms; or all that can be seen is looked at. */
export type Operation = (
  | { readonly plan: (model: Model) => Step }
  | { readonly ms: number }
  | { readonly look: true }
) &
  fc.WithToStringMethod

export function step<N extends ActionName>(name: N, input: Input<N>, actor: Actor, told: Partial<Step>): Step {
  return { name, input, actor, refusal: null, effect: () => {}, answers: {}, ...told }
}

export const described = <T extends object>(doing: string, drawn: object, operation: T): T & fc.WithToStringMethod => ({
  ...operation,
  [fc.toStringMethod]: () => `${doing} ${JSON.stringify(drawn)}`,
})

export const operationOf = <T extends object>(
  doing: string,
  drawn: fc.Arbitrary<T>,
  plan: (model: Model, drawn: T) => Step,
): fc.Arbitrary<Operation> =>
  drawn.map((given) => described(doing, given, { plan: (model: Model) => plan(model, given) }))

/** Numbers choose among what there is by then. */
export const number = fc.nat({ max: 999 })
export const pick = <T>(items: readonly T[], chosen: number): T | undefined => items[chosen % Math.max(items.length, 1)]
/** Also of keys that are gone. */
export const keyIdOf = (model: Model, chosen: number): string => pick(model.everKeys, chosen) ?? 'key-never'
export const arnOf = (keyId: string): string => keyArn(region, account, keyId)

export const actor = fc.constantFrom<Actor>('owner', 'owner', 'owner', 'owner', 'admin', 'admin', 'nobody')
export const aliasName = fc.constantFrom('alias/a', 'alias/b', 'alias/c/d', 'alias/E_1')
export const onKey = { actor, key: number }

export const onlyIf = (wrong: boolean, code: ErrorCode): ErrorCode | null => (wrong ? code : null)

export type Change = (key: ModelKey) => void
export const changing = (model: Model, keyIds: readonly string[], change: Change) => () => {
  for (const id of keyIds) {
    const key = model.keys.get(id)
    if (key) change(key)
  }
}
