import type { ErrorDetail } from './contract/errors.ts'

/**
 * How a call can fail. `refused`: the API said no, with its code. `unreachable`: no answer came; what became of the request is unknown.
 * `notDelivered`: the request certainly never arrived. `unreadable`: an answer came that is not the contract's.
 */
export type FailureKind = 'refused' | 'unreachable' | 'notDelivered' | 'unreadable'

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly kind: FailureKind
  readonly action: string
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  /** The API's code, e.g. `Forbidden.KeyNotFound`; empty unless refused. */
  readonly code: string
  readonly requestId: string | null
  readonly detail: ErrorDetail

  constructor(failure: {
    kind: FailureKind
    action: string
    message: string
    status?: number
    code?: string
    requestId?: string | null
    detail?: ErrorDetail
  }) {
    super(failure.message)
    this.kind = failure.kind
    this.action = failure.action
    this.status = failure.status ?? 0
    this.code = failure.code ?? ''
    this.requestId = failure.requestId ?? null
    this.detail = failure.detail ?? {}
  }

  /** The parameter that was refused, where the API tells. A real endpoint tells it in the message only. */
  get parameter(): string | null {
    return this.detail.Parameter ?? /parameter "([A-Za-z]+)"/.exec(this.message)?.[1] ?? null
  }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError

/** The caller may not do this: a page says which permission is missing instead of failing. */
export const isDenied = (error: unknown): error is ApiError =>
  isApiError(error) && (error.code === 'Forbidden.NoPermission' || error.code === 'NoPermission')
