/** Compile-time proof that the languages have the same keys: a missing or extra key fails the type check, and is named in its message. */
import type { StartProblem } from '#src/api/contract/backend.ts'
import type { ErrorCode, Hop, UnavailableCause } from '#src/api/contract/errors.ts'
import type { administrationErrors } from '#src/api/contract/ram-errors.ts'
import type { Messages as English } from './messages/en/index.ts'
import type { messages as chinese } from './messages/zh/index.ts'
import type { lazyMessages as chineseLazy } from './messages/zh/lazy.ts'
import type { MessageKeyOf } from './use-error-text.ts'

type Chinese = typeof chinese & typeof chineseLazy

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string]
type None<T extends never> = T

export type MissingInChinese = None<Exclude<Paths<English>, Paths<Chinese>>>
export type MissingInEnglish = None<Exclude<Paths<Chinese>, Paths<English>>>

/** Everything that the contract can say to the console has its words. It administers nobody in RAM: there the API's own words do. */
export type HeardCode = Exclude<ErrorCode, keyof typeof administrationErrors>
export type UnwordedCode = None<Exclude<MessageKeyOf<HeardCode>, keyof English['errors']['code']>>
export type UnwordedCause = None<Exclude<UnavailableCause, keyof English['errors']['cause']>>
export type UnwordedHop = None<Exclude<Hop, keyof English['errors']['hop']>>
export type UnwordedStart = None<Exclude<StartProblem, keyof English['start']>>
