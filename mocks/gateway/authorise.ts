/** Step 7: whether the caller may. What is said about a refusal is the decision itself. */
import { actions, type ActionName } from '#src/api/contract/actions.ts'
import type { Caller, Circumstances, Resource } from '#mocks/kms/context.ts'
import { denialOf } from '#mocks/ram/access.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'

/**
 * Throws Forbidden.NoPermission (RAM: NoPermission) for the first resource that is denied. Keys that the caller cannot even see, another
 * account's named by bare ID, were Forbidden.KeyNotFound in the step before.
 */
export function authorise(
  name: ActionName,
  caller: Caller,
  resources: readonly Resource[],
  circumstances: Circumstances,
  tables: ReadTransaction<CloudTables>,
): void {
  const { permission, product } = actions[name]
  if (permission === null) return
  for (const resource of resources) {
    const Decision = denialOf(caller, resource.permission ?? permission, resource, circumstances, tables)
    if (Decision === null) continue
    const code = product === 'kms' ? 'Forbidden.NoPermission' : 'NoPermission'
    throw new ServiceError(code, { resource: resource.arn }, { Decision })
  }
}
