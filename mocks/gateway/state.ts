/** Step 8: whether the keys' states allow the action. Which they are is the contract's table, which the console reads too. */
import type { ActionName } from '#src/api/contract/actions.ts'
import { stateRefusal, stateTable, type StateAction } from '#src/api/contract/states.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { KeyRow } from '#mocks/store/rows.ts'

const dependsOnState = (name: ActionName): name is ActionName & StateAction => Object.hasOwn(stateTable, name)

/** Throws the table's code for the first key whose state refuses the action. */
export function checkState(
  name: ActionName,
  found: { readonly key?: KeyRow; readonly keys?: readonly KeyRow[] },
): void {
  if (!dependsOnState(name)) return
  for (const { state } of found.key ? [found.key] : (found.keys ?? [])) {
    const code = stateRefusal(name, state)
    if (code !== null) throw new ServiceError(code)
  }
}
