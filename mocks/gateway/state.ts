/** Step 8: whether the key's kind and state allow the action. Both are tables of the contract, which the console reads too. */
import type { Subject } from '#src/api/contract/action.ts'
import type { ActionName } from '#src/api/contract/actions.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { kindRefusal, storageRefusal, type KeyKind } from '#src/api/contract/kinds.ts'
import { externalRefusal } from '#src/api/contract/published.ts'
import { stateRefusal, stateTable, type StateAction } from '#src/api/contract/states.ts'
import type { FoundBySubject } from '#mocks/kms/context.ts'
import { kindOf } from '#mocks/kms/metadata.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTable } from '#mocks/store/store.ts'

const dependsOnState = (name: ActionName): name is ActionName & StateAction => Object.hasOwn(stateTable, name)

/** Listing every tag of the account passes over what single keys cannot do. */
const readsMany: ReadonlySet<ActionName> = new Set(['ListTagResources'])

/** Of an external key, also what this build does with no key at all. */
function refusalOfKind(name: ActionName, kind: KeyKind, { storage }: KeyRow): ErrorCode | null {
  if (kind === 'external') return externalRefusal(name)
  return dependsOnState(name) ? (kindRefusal(name, kind) ?? storageRefusal(name, storage)) : null
}

/** Throws the code of the first key whose kind, or else whose state, refuses the action. What can never be comes first. */
export function checkState(
  name: ActionName,
  found: FoundBySubject[Subject],
  instances: Pick<ReadTable<InstanceRow>, 'get'>,
): void {
  if (readsMany.has(name)) return
  const keys = keysIn(found)
  for (const key of keys) {
    const code = refusalOfKind(name, kindOf(key, instances), key)
    if (code !== null) throw new ServiceError(code, { reason: 'The key is of a kind that does not do this.' })
  }
  if (!dependsOnState(name)) return
  for (const { state } of keys) {
    const code = stateRefusal(name, state)
    if (code !== null) throw new ServiceError(code)
  }
}

function keysIn(found: FoundBySubject[Subject]): readonly KeyRow[] {
  if ('key' in found) return [found.key]
  if ('source' in found) return [found.source, found.destination]
  if ('aliasKey' in found) return found.aliasKey ? [found.aliasKey] : []
  return 'keys' in found ? found.keys : []
}
