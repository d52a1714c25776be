/** Step 2: which action of this build is meant. */
import { products } from '#src/api/contract/action.ts'
import { actions, isActionName, type ActionName } from '#src/api/contract/actions.ts'
import { publishedActions } from '#src/api/contract/published.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { Call } from './decode.ts'
import { isExtension } from './extensions.ts'

const formats: ReadonlySet<string> = new Set(['JSON', 'XML'])

/**
 * Throws MissingAction, MissingVersion, InvalidVersion, InvalidAction.NotFound or InvalidParameter.Format. A published action that this build
 * does not answer is refused by name with UnsupportedOperation.
 */

export function knownAction(call: Call, strict: boolean): ActionName {
  if (call.action === null) throw new ServiceError('MissingAction')
  if (call.version === null) throw new ServiceError('MissingVersion')
  if (call.version !== products[call.product].version) throw new ServiceError('InvalidVersion')
  const name = actionOf(call, call.action, strict)
  if (!formats.has(call.format)) throw new ServiceError('InvalidParameter.Format')
  return name
}

function actionOf({ product }: Call, name: string, strict: boolean): ActionName {
  if (isActionName(name) && actions[name].product === product && !(strict && isExtension(name))) return name
  // RAM has actions of the same names: CreatePolicy, DeletePolicy, ListPolicies.
  if (product === 'kms' && publishedActions.includes(name))
    throw new ServiceError('UnsupportedOperation', { reason: `${name} is published but not implemented here.` })
  throw new ServiceError('InvalidAction.NotFound')
}
