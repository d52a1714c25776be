/** Step 8: whether the keys' states allow the action. Which they are is the contract's table, which the console reads too. */
import type { Subject } from '#src/api/contract/action.ts'
import type { ActionName } from '#src/api/contract/actions.ts'
import { stateRefusal, stateTable, type StateAction } from '#src/api/contract/states.ts'
import type { FoundBySubject } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { KeyRow } from '#mocks/store/rows.ts'

const dependsOnState = (name: ActionName): name is ActionName & StateAction => Object.hasOwn(stateTable, name)

/** Throws the table's code for the first key whose state refuses the action. */
export function checkState(name: ActionName, found: FoundBySubject[Subject]): void {
  if (!dependsOnState(name)) return
  for (const { state } of keysIn(found)) {
    const code = stateRefusal(name, state)
    if (code !== null) throw new ServiceError(code)
  }
}

function keysIn(found: FoundBySubject[Subject]): readonly KeyRow[] {
  if ('key' in found) return [found.key]
  return 'keys' in found ? found.keys : []
}
