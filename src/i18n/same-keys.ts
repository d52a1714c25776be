/** Compile-time proof that the languages have the same keys: a missing or extra key fails the type check, and is named in its message. */
import type { Messages as English } from './messages/en/index.ts'
import type { messages as chinese } from './messages/zh/index.ts'

type Chinese = typeof chinese

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string]
type None<T extends never> = T

export type MissingInChinese = None<Exclude<Paths<English>, Paths<Chinese>>>
export type MissingInEnglish = None<Exclude<Paths<Chinese>, Paths<English>>>
