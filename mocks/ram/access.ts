/** What a principal's policies, gathered from the tables, say: the one place that asks the evaluator about somebody who exists. */
import type { AccessDetail } from '#src/api/contract/errors.ts'
import type { Caller, Circumstances, Resource } from '#mocks/kms/context.ts'
import { attachedTo, type PolicyTables } from './attached.ts'
import { evaluate, inEffect, type Decision, type Question, type Side } from './evaluate.ts'

/** Whether a principal may do `permission` on a resource, as the evaluator is asked. */
export const questionOf = (
  caller: Question['caller'],
  permission: string,
  resource: Resource,
  circumstances: Circumstances,
  tables: PolicyTables,
): Question => ({ caller, action: permission, resource, ramPolicies: attachedTo(caller, tables), circumstances })

/** Why the caller may not do `permission` on a resource; null: it may. */
export function denialOf(
  caller: Caller,
  permission: string,
  resource: Resource,
  circumstances: Circumstances,
  tables: PolicyTables,
): AccessDetail | null {
  const decision = evaluate(questionOf(caller, permission, resource, circumstances, tables))
  return decision.verdict === 'allow' ? null : detailOf(permission, caller, resource, decision)
}

/** How errors and explanations name the two sides. */
export const sideNames = { keyPolicy: 'KeyPolicy', ramPolicy: 'RamPolicy' } as const satisfies Record<Side, string>

/** The name of a key's one policy. */
export const keyPolicyName = 'default'

function detailOf(permission: string, caller: Caller, resource: Resource, decision: Decision): AccessDetail {
  const isExplicit = decision.why === 'explicitDeny'
  const keyPolicy = decision.keyPolicy.map((match) => ({ ...match, side: 'keyPolicy', name: keyPolicyName }) as const)
  const ramPolicy = decision.ramPolicy.map(
    (match) => ({ ...match, side: 'ramPolicy', name: match.policy.name }) as const,
  )
  const matches = [...keyPolicy, ...ramPolicy]
  const decisive = matches.filter((match) => inEffect(match) && (!isExplicit || match.effect === 'Deny'))
  const sides: ReadonlySet<Side> = new Set(isExplicit ? decisive.map(({ side }) => side) : decision.missing)
  const [only] = sides
  return {
    AuthAction: permission,
    AuthPrincipal: caller.arn,
    Resource: resource.arn,
    NoPermissionType: isExplicit ? 'ExplicitDeny' : 'ImplicitDeny',
    PolicyType: sides.size === 1 ? sideNames[only!] : 'KeyPolicyAndRamPolicy',
    Statements: decisive.map(({ side, name, index, effect }) => ({
      PolicyType: sideNames[side],
      PolicyName: name,
      Index: index,
      Effect: effect,
    })),
    Unmet: matches
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ unmet }) => unmet.map(({ operator, key }) => ({ Operator: operator, Key: key }))),
    Missing: decision.missing.map((side) => sideNames[side]),
  }
}
