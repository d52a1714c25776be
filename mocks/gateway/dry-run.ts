/**
 * A dry run (KMS API 2016-01-20, Encrypt and its neighbours: DryRun) is never carried out and always answered with an error, which tells
 * what would have come: DryRunOperationError for success, AccessDeniedError for a denial, ValidationError for every other refusal.
 */
import { actions, type ActionName } from '#src/api/contract/actions.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import type { WireParams } from '#src/api/contract/params.ts'
import { ServiceError } from '#mocks/service-error.ts'

export const isDryRun = (name: ActionName, wire: WireParams): boolean =>
  Object.hasOwn(actions[name].params, 'DryRun') && wire.get('DryRun') === 'true'

const denials: ReadonlySet<ErrorCode> = new Set(['Forbidden.NoPermission'])

/** Runs the checks of a request and throws what a dry run of it answers. A defect stays a defect. */
export function answerDryRun(check: () => unknown): never {
  try {
    check()
  } catch (error) {
    throw error instanceof ServiceError ? outcomeOf(error) : error
  }
  throw new ServiceError('DryRunOperationError')
}

const outcomeOf = ({ code, message, detail }: ServiceError): ServiceError =>
  new ServiceError(
    denials.has(code) ? 'AccessDeniedError' : 'ValidationError',
    { reason: message },
    { ...detail, WouldBe: code },
  )
