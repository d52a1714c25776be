/** A key policy as people read it: who may do what, in roles where a statement is exactly one. */
import { parsePrincipalArn, type PrincipalArn } from '#src/api/contract/arn.ts'
import { partsOf, type ConditionPart } from '#src/components/policy/condition-parts.ts'
import { policyRoles, type KeyPolicy, type PolicyStatement } from '#src/api/contract/policy.ts'

export type StatementKind = 'everything' | 'administrator' | 'user' | 'other'

export interface StatementInWords {
  readonly effect: PolicyStatement['Effect']
  readonly kind: StatementKind
  readonly principals: readonly (PrincipalArn & { readonly arn: string })[]
  readonly actions: readonly string[]
  /** All of them have to hold. */
  readonly conditions: readonly ConditionPart[]
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean => {
  const set = new Set(a)
  return set.size === new Set(b).size && b.every((item) => set.has(item))
}

/** Cross-account users hold the users' actions, so one kind serves both; the principals tell them apart. */
function kindOf(actions: readonly string[]): StatementKind {
  if (sameSet(actions, ['kms:*'])) return 'everything'
  if (sameSet(actions, policyRoles.administrator)) return 'administrator'
  return sameSet(actions, policyRoles.user) ? 'user' : 'other'
}

export function policyInWords(policy: KeyPolicy): readonly StatementInWords[] {
  return policy.Statement.map(({ Effect, Principal, Action, Condition }) => ({
    effect: Effect,
    kind: kindOf(Action),
    principals: Principal.RAM.flatMap((arn) => {
      const principal = parsePrincipalArn(arn)
      return principal ? [{ ...principal, arn }] : []
    }),
    actions: Action,
    conditions: partsOf(Condition),
  }))
}
