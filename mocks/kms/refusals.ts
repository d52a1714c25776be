/** What a key's kind and its state refuse, whoever asks: tables of the contract, which the console reads too. */
import type { ActionName } from '#src/api/contract/actions.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { kindRefusal, storageRefusal } from '#src/api/contract/kinds.ts'
import { externalRefusal } from '#src/api/contract/published.ts'
import { stateRefusal, stateTable, type StateAction } from '#src/api/contract/states.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTable } from '#mocks/store/store.ts'
import { kindOf } from './metadata.ts'

type Instances = Pick<ReadTable<InstanceRow>, 'get'>

const dependsOnState = (name: ActionName): name is ActionName & StateAction => Object.hasOwn(stateTable, name)

/** What can never be. Of an external key, also what this build does with no key at all. */
export function refusalOfKind(name: ActionName, key: KeyRow, instances: Instances): ErrorCode | null {
  const kind = kindOf(key, instances)
  if (kind === 'external') return externalRefusal(name)
  return dependsOnState(name) ? (kindRefusal(name, kind) ?? storageRefusal(name, key.storage)) : null
}

export const refusalOfState = (name: ActionName, { state }: Pick<KeyRow, 'state'>): ErrorCode | null =>
  dependsOnState(name) ? stateRefusal(name, state) : null
