/**
 * Making a key, step by step: CreateKey, then CreateAlias where an alias was typed. Two calls are no transaction: what was done stays done
 * and is said. Pure: `next` moves the state, the hook makes the calls.
 */
import type { ApiError } from '#src/api/api-error.ts'

export interface MadeKey {
  readonly keyId: string
  readonly arn: string
}

export type Submission =
  /** `refusal`: why the last attempt made nothing. */
  | { readonly at: 'editing'; readonly refusal: ApiError | null }
  | { readonly at: 'creating'; readonly startedAt: number }
  /** No answer came to CreateKey: it may have made the key or not. */
  | { readonly at: 'lost'; readonly startedAt: number }
  | { readonly at: 'aliasing'; readonly key: MadeKey; readonly aliasName: string }
  | { readonly at: 'aliasRefused'; readonly key: MadeKey; readonly error: ApiError }
  | { readonly at: 'done'; readonly key: MadeKey; readonly aliasProblem: ApiError | null }

export type SubmissionEvent =
  /** `at`: the cloud's clock, ms. */
  | { readonly type: 'start'; readonly at: number }
  | { readonly type: 'refused'; readonly error: ApiError }
  | { readonly type: 'made'; readonly key: MadeKey; readonly aliasName: string | null }
  | { readonly type: 'aliasSet' }
  | { readonly type: 'aliasRefused'; readonly error: ApiError }
  | { readonly type: 'retryAlias'; readonly aliasName: string }
  | { readonly type: 'skipAlias' }
  /** Back to the form after a lost answer. */
  | { readonly type: 'edit' }

export const idle: Submission = { at: 'editing', refusal: null }

/** An answer came that says nothing was made; any other end of CreateKey leaves that open. */
const madeNothing = ({ kind }: ApiError): boolean => kind === 'refused' || kind === 'notDelivered'

/** The state after an event; the same state where the event does not belong to it, so a second click starts nothing. */
export function next(state: Submission, event: SubmissionEvent): Submission {
  switch (event.type) {
    case 'start':
      return state.at === 'editing' || state.at === 'lost' ? { at: 'creating', startedAt: event.at } : state
    case 'refused':
      if (state.at !== 'creating') return state
      return madeNothing(event.error)
        ? { at: 'editing', refusal: event.error }
        : { at: 'lost', startedAt: state.startedAt }
    case 'made':
      if (state.at !== 'creating' && state.at !== 'lost') return state
      return event.aliasName === null
        ? { at: 'done', key: event.key, aliasProblem: null }
        : { at: 'aliasing', key: event.key, aliasName: event.aliasName }
    case 'aliasSet':
      return state.at === 'aliasing' ? { at: 'done', key: state.key, aliasProblem: null } : state
    case 'aliasRefused':
      return state.at === 'aliasing' ? { at: 'aliasRefused', key: state.key, error: event.error } : state
    case 'retryAlias':
      return state.at === 'aliasRefused' ? { at: 'aliasing', key: state.key, aliasName: event.aliasName } : state
    case 'skipAlias':
      return state.at === 'aliasRefused' ? { at: 'done', key: state.key, aliasProblem: state.error } : state
    case 'edit':
      return state.at === 'lost' ? idle : state
  }
}

/** A request is under way: nothing else may start, and the panel stays. */
export const isBusy = ({ at }: Submission): boolean => at === 'creating' || at === 'aliasing'
