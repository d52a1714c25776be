import { describeProblem, isProblem, type Problem } from '#src/api/contract/rules.ts'
import { ServiceError } from '#mocks/service-error.ts'

/** A document that was read, or the refusal of one that could not be. `Parameter`: where it was given. */
export function readDocument<T extends object>(Parameter: string, read: T | Problem): T {
  if (isProblem(read))
    throw new ServiceError('MalformedPolicyDocument', { reason: describeProblem(read) }, { Parameter })
  return read
}
