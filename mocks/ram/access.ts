/** What the caller's policies, gathered from the tables, say: the one place that asks the evaluator about a real caller. */
import type { AccessDetail } from '#src/api/contract/errors.ts'
import type { Caller, Resource } from '#mocks/kms/context.ts'
import { attachedTo, type PolicyTables } from './attached.ts'
import { evaluate, type Decision, type Side } from './evaluate.ts'

/** Why the caller may not do `permission` on a resource; null: it may. */
export function denialOf(
  caller: Caller,
  permission: string,
  resource: Resource,
  tables: PolicyTables,
): AccessDetail | null {
  const decision = evaluate({ caller, action: permission, resource, ramPolicies: attachedTo(caller, tables) })
  return decision.verdict === 'allow' ? null : explain(permission, caller, resource, decision)
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
