import type { Condition } from '#src/api/contract/conditions.ts'

/** One operator over one key with its values. */
export interface ConditionPart {
  readonly operator: string
  readonly key: string
  /** Empty: not known. */
  readonly values: readonly string[]
}

/** All of them have to hold. */
export const partsOf = (condition: Condition | undefined): readonly ConditionPart[] =>
  Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  )
