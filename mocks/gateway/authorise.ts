/** Step 7: whether the caller may. The evaluator decides; what is said about a refusal is the decision itself. */
import { actions, type ActionName } from '#src/api/contract/actions.ts'
import type { AccessDetail } from '#src/api/contract/errors.ts'
import type { Caller, Resource } from '#mocks/kms/context.ts'
import { evaluate, type AttachedPolicy, type Decision, type Side } from '#mocks/ram/evaluate.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'

type Tables = ReadTransaction<CloudTables>

export const mayDo = (caller: Caller, permission: string, resource: Resource, tables: Tables): boolean =>
  decide(caller, permission, resource, tables).verdict === 'allow'

const decide = (caller: Caller, action: string, resource: Resource, tables: Tables): Decision =>
  evaluate({ caller, action, resource, ramPolicies: attachedTo(caller, tables) })

/** A principal's own policies come before system policies of the same name. */
function attachedTo({ accountId, arn }: Caller, { principals, ramPolicies }: Tables): readonly AttachedPolicy[] {
  return (principals.get(arn)?.policies ?? []).flatMap((name) => {
    const policy = ramPolicies.get(`${accountId}/${name}`) ?? ramPolicies.get(`system/${name}`)
    return policy ? [{ name, document: policy.document }] : []
  })
}

/**
 * Throws Forbidden.NoPermission (RAM: NoPermission) for the first resource that is denied. Keys that the caller cannot even see, another
 * account's named by bare ID, were Forbidden.KeyNotFound in the step before.
 */
export function authorise(name: ActionName, caller: Caller, resources: readonly Resource[], tables: Tables): void {
  const { permission, product } = actions[name]
  if (permission === null) return
  for (const resource of resources) {
    const asked = resource.permission ?? permission
    const decision = decide(caller, asked, resource, tables)
    if (decision.verdict === 'allow') continue
    throw new ServiceError(
      product === 'kms' ? 'Forbidden.NoPermission' : 'NoPermission',
      { resource: resource.arn },
      { Decision: explain(asked, caller, resource, decision) },
    )
  }
}

const policyTypes: Readonly<Record<Side, AccessDetail['PolicyType']>> = {
  keyPolicy: 'KeyPolicy',
  ramPolicy: 'RamPolicy',
}

function explain(permission: string, caller: Caller, resource: Resource, decision: Decision): AccessDetail {
  const isExplicit = decision.why === 'explicitDeny'
  const sides: readonly Side[] = isExplicit
    ? (['keyPolicy', 'ramPolicy'] as const).filter((side) => decision[side].some(({ effect }) => effect === 'Deny'))
    : decision.missing
  return {
    AuthAction: permission,
    AuthPrincipal: caller.arn,
    Resource: resource.arn,
    NoPermissionType: isExplicit ? 'ExplicitDeny' : 'ImplicitDeny',
    PolicyType: sides.length === 1 ? policyTypes[sides[0]!] : 'KeyPolicyAndRamPolicy',
  }
}
