import { errorMessage, type ErrorCode, type ErrorDetail } from '#src/api/contract/errors.ts'
import { describeProblem, type Problem } from '#src/api/contract/rules.ts'

/** A refusal that the API answers with. Anything else that is thrown is a defect and becomes InternalFailure. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: ErrorCode
  readonly detail: ErrorDetail
  constructor(code: ErrorCode, args: Readonly<Record<string, string>> = {}, detail: ErrorDetail = {}) {
    super(errorMessage(code, args))
    this.code = code
    this.detail = detail
  }
}

/** InvalidParameter, or MissingParameter where the problem is that there is no value. */
export function invalidParameter(name: string, problem: Problem | null): ServiceError {
  return problem === null
    ? new ServiceError('MissingParameter', { name }, { Parameter: name })
    : new ServiceError('InvalidParameter', { name, reason: describeProblem(problem) }, { Parameter: name })
}

/** Rejected.LimitExceeded, with the limit that it was: a request may meet several. */
export const limitExceeded = (Reason: ErrorDetail['Reason']): ServiceError =>
  new ServiceError('Rejected.LimitExceeded', {}, { Reason })
