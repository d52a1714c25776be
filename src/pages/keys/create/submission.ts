/**
 * Making a key, step by step: CreateKey, then CreateAlias where an alias was typed. Two calls are no transaction: what was done stays done
 * and is said. Pure: `next` moves the state, the hook makes the calls.
 */
import type { ApiError } from '#src/api/api-error.ts'
import type { Input } from '#src/api/contract/actions.ts'

export interface MadeKey {
  readonly keyId: string
  readonly arn: string
}

/** What is asked for with one press of OK. */
export interface Attempt {
  /** The cloud's clock when it was first sent, ms. */
  readonly startedAt: number
  readonly input: Input<'CreateKey'>
  /** `alias/…`; null for none. */
  readonly aliasName: string | null
}

export type Submission =
  /** `refusal`: why the last attempt made nothing. */
  | { readonly at: 'editing'; readonly refusal: ApiError | null }
  | { readonly at: 'creating'; readonly attempt: Attempt }
  /** No answer came to CreateKey: it may have made the key or not. */
  | { readonly at: 'lost'; readonly attempt: Attempt }
  /** `fromForm`: false once the form gave way to what happened after it. */
  | { readonly at: 'aliasing'; readonly key: MadeKey; readonly aliasName: string; readonly fromForm: boolean }
  | { readonly at: 'aliasRefused'; readonly key: MadeKey; readonly aliasName: string; readonly error: ApiError }
  | { readonly at: 'done'; readonly key: MadeKey; readonly aliasProblem: ApiError | null }

export type SubmissionEvent =
  | { readonly type: 'start'; readonly attempt: Attempt }
  | { readonly type: 'refused'; readonly error: ApiError }
  /** Answered, or found by the person after a lost answer. */
  | { readonly type: 'made'; readonly key: MadeKey }
  | { readonly type: 'aliasSet' }
  | { readonly type: 'aliasRefused'; readonly error: ApiError }
  | { readonly type: 'retryAlias'; readonly aliasName: string }
  | { readonly type: 'skipAlias' }
  /** Back to the form after a lost answer. */
  | { readonly type: 'edit' }

export const idle: Submission = { at: 'editing', refusal: null }

/** An answer came that says nothing was made; any other end of CreateKey leaves that open. */
const madeNothing = ({ kind }: ApiError): boolean => kind === 'refused' || kind === 'notDelivered'

/** The state after an event; the same state where the event does not belong to it, so a second press starts nothing. */
export function next(state: Submission, event: SubmissionEvent): Submission {
  switch (event.type) {
    case 'start':
      return state.at === 'editing' || state.at === 'lost' ? { at: 'creating', attempt: event.attempt } : state
    case 'refused':
      if (state.at !== 'creating') return state
      return madeNothing(event.error) ? { at: 'editing', refusal: event.error } : { at: 'lost', attempt: state.attempt }
    case 'made': {
      if (state.at !== 'creating' && state.at !== 'lost') return state
      const { aliasName } = state.attempt
      return aliasName === null
        ? { at: 'done', key: event.key, aliasProblem: null }
        : { at: 'aliasing', key: event.key, aliasName, fromForm: state.at === 'creating' }
    }
    case 'aliasSet':
      return state.at === 'aliasing' ? { at: 'done', key: state.key, aliasProblem: null } : state
    case 'aliasRefused':
      return state.at === 'aliasing'
        ? { at: 'aliasRefused', key: state.key, aliasName: state.aliasName, error: event.error }
        : state
    case 'retryAlias':
      return state.at === 'aliasRefused'
        ? { at: 'aliasing', key: state.key, aliasName: event.aliasName, fromForm: false }
        : state
    case 'skipAlias':
      return state.at === 'aliasRefused' ? { at: 'done', key: state.key, aliasProblem: state.error } : state
    case 'edit':
      return state.at === 'lost' ? idle : state
  }
}

/** A request is under way: nothing else may start. */
export const isBusy = ({ at }: Submission): boolean => at === 'creating' || at === 'aliasing'

export interface SubmissionStore {
  readonly current: () => Submission
  readonly dispatch: (event: SubmissionEvent) => Submission
  readonly subscribe: (listener: () => void) => () => void
}

/** By draft key: a request under way outlives the panel, and whoever opens it again sees how it ended. */
const stores = new Map<string, SubmissionStore>()

/** Nothing is left to wait for or to decide. */
const isOver = (state: Submission): boolean => state.at === 'done' || (state.at === 'editing' && state.refusal !== null)

/** The submission that is under way or waits for a decision here, or a new one. */
export function openSubmission(draftKey: string): SubmissionStore {
  const kept = stores.get(draftKey)
  if (kept && !isOver(kept.current())) return kept
  const store = createStore()
  stores.set(draftKey, store)
  return store
}

function createStore(): SubmissionStore {
  const listeners = new Set<() => void>()
  let state: Submission = idle
  return {
    current: () => state,
    dispatch: (event) => {
      state = next(state, event)
      for (const listener of listeners) listener()
      return state
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
