/** Step 8: whether the key's kind and state allow the action. */
import type { Subject } from '#src/api/contract/action.ts'
import type { ActionName } from '#src/api/contract/actions.ts'
import type { FoundBySubject } from '#mocks/kms/context.ts'
import { refusalOfKind, refusalOfState } from '#mocks/kms/refusals.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTable } from '#mocks/store/store.ts'

/** Listing every tag of the account passes over what single keys cannot do. */
const readsMany: ReadonlySet<ActionName> = new Set(['ListTagResources'])

/** Throws the code of the first key whose kind, or else whose state, refuses the action. What can never be comes first. */
export function checkState(
  name: ActionName,
  found: FoundBySubject[Subject],
  instances: Pick<ReadTable<InstanceRow>, 'get'>,
): void {
  if (readsMany.has(name)) return
  const keys = keysIn(found)
  for (const key of keys) {
    const code = refusalOfKind(name, key, instances)
    if (code !== null) throw new ServiceError(code, { reason: 'The key is of a kind that does not do this.' })
  }
  for (const key of keys) {
    const code = refusalOfState(name, key)
    if (code !== null) throw new ServiceError(code)
  }
}

function keysIn(found: FoundBySubject[Subject]): readonly KeyRow[] {
  if ('key' in found) return [found.key]
  if ('source' in found) return [found.source, found.destination]
  if ('aliasKey' in found) return found.aliasKey ? [found.aliasKey] : []
  return 'keys' in found ? found.keys : []
}
