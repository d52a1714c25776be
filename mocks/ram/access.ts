/** What a principal's policies, gathered from the tables, say: the one place that asks the evaluator about somebody who exists. */
import type { AccessDetail } from '#src/api/contract/errors.ts'
import type { Caller, Circumstances, Resource } from '#mocks/kms/context.ts'
import { attachedTo, type PolicyTables } from './attached.ts'
import { evaluate, type Decision, type Question, type Side } from './evaluate.ts'

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
  const question = questionOf(caller, permission, resource, circumstances, tables)
  const decision = evaluate(question)
  return decision.verdict === 'allow' ? null : detailOf(question, decision)
}

/** How errors and explanations name the two sides. */
export const sideNames = { keyPolicy: 'KeyPolicy', ramPolicy: 'RamPolicy' } as const satisfies Record<Side, string>

/** The name of a key's one policy. */
export const keyPolicyName = 'default'

type Match = Pick<Decision['ramPolicy'][number], 'index' | 'effect' | 'unmet'>

/** A decision in the words that travel with a refusal. Every refusal carries it, so that it goes over the matches once. */
export function detailOf({ caller, action, resource }: Question, decision: Decision): AccessDetail {
  const isExplicit = decision.why === 'explicitDeny'
  const Statements: AccessDetail['Statements'][number][] = []
  const Unmet: AccessDetail['Unmet'][number][] = []
  const take = (side: Side, PolicyName: string, { index, effect, unmet }: Match): void => {
    if (unmet.length === 0) {
      if (!isExplicit || effect === 'Deny')
        Statements.push({ PolicyType: sideNames[side], PolicyName, Index: index, Effect: effect })
    } else if (effect === 'Allow') for (const { operator, key } of unmet) Unmet.push({ Operator: operator, Key: key })
  }
  for (const match of decision.keyPolicy) take('keyPolicy', keyPolicyName, match)
  for (const match of decision.ramPolicy) take('ramPolicy', match.policy.name, match)
  const Missing = decision.missing.map((side) => sideNames[side])
  const [first, second] = isExplicit ? [Statements[0]?.PolicyType, Statements.at(-1)?.PolicyType] : Missing
  return {
    AuthAction: action,
    AuthPrincipal: caller.arn,
    Resource: resource.arn,
    NoPermissionType: isExplicit ? 'ExplicitDeny' : 'ImplicitDeny',
    // The key policy's statements come first, so that the ends tell whether there are both.
    PolicyType: first === undefined || (second !== undefined && first !== second) ? 'KeyPolicyAndRamPolicy' : first,
    Statements,
    Unmet,
    Missing,
  }
}
