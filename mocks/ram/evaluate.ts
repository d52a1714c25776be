/**
 * Who may do what: the decision as a value, with the statements that made it. KMS user guide, Configure a key policy: a caller of the
 * owner's account is allowed by the key policy or by RAM; a caller of another account needs both; an explicit deny always wins.
 */
import { grantedBy, keyPolicyMatches, type KeyPolicyMatch } from '#src/api/contract/access.ts'
import { fits } from '#src/api/contract/fits.ts'
import type { Caller, Resource } from '#mocks/kms/context.ts'
import type { RamPolicy } from '#mocks/store/rows.ts'

export interface AttachedPolicy {
  readonly name: string
  readonly document: RamPolicy
}

export interface Question {
  readonly caller: Pick<Caller, 'accountId' | 'kind' | 'arn'>
  /** e.g. `kms:Encrypt`. */
  readonly action: string
  readonly resource: Resource
  /** What is attached to the caller; the account itself needs none. */
  readonly ramPolicies: readonly AttachedPolicy[]
}

export type Effect = 'Allow' | 'Deny'
export type Side = 'keyPolicy' | 'ramPolicy'

export interface RamPolicyMatch {
  readonly policy: string
  readonly index: number
  readonly effect: Effect
}

export interface Decision {
  readonly verdict: 'allow' | 'deny'
  readonly why: 'allowed' | 'explicitDeny' | 'notGranted'
  /** Statements of the key policy that are about this caller and action. */
  readonly keyPolicy: readonly KeyPolicyMatch[]
  /** Statements of the caller's RAM policies that are about this action and resource. */
  readonly ramPolicy: readonly RamPolicyMatch[]
  /** Where a grant is missing: in the owner's account one of these sides is enough, in another account all are needed. */
  readonly missing: readonly Side[]
}

export function evaluate(question: Question): Decision {
  const { caller, action, resource } = question
  const keyPolicy = resource.policy ? keyPolicyMatches(resource.policy, caller, action) : []
  const ramPolicy = matchRamPolicies(question)
  if ([...keyPolicy, ...ramPolicy].some(({ effect }) => effect === 'Deny'))
    return { verdict: 'deny', why: 'explicitDeny', keyPolicy, ramPolicy, missing: [] }
  const missing = missingGrants(question, keyPolicy, ramPolicy)
  return missing.length === 0
    ? { verdict: 'allow', why: 'allowed', keyPolicy, ramPolicy, missing }
    : { verdict: 'deny', why: 'notGranted', keyPolicy, ramPolicy, missing }
}

/** Nothing is denied here, so every match is a grant. */
function missingGrants(
  { caller, resource }: Question,
  keyPolicy: readonly KeyPolicyMatch[],
  ramPolicy: readonly RamPolicyMatch[],
): readonly Side[] {
  const ramGrants = caller.kind === 'account' || ramPolicy.length > 0
  const keyGrants = grantedBy(keyPolicy, caller, resource.accountId)
  if (caller.accountId !== resource.accountId) {
    const missing: Side[] = []
    if (!keyGrants) missing.push('keyPolicy')
    if (!ramGrants) missing.push('ramPolicy')
    return missing
  }
  if (ramGrants || keyGrants) return []
  return resource.policy === null ? ['ramPolicy'] : ['keyPolicy', 'ramPolicy']
}

function matchRamPolicies({ action, resource, ramPolicies }: Question): readonly RamPolicyMatch[] {
  return ramPolicies.flatMap(({ name: policy, document }) =>
    document.Statement.flatMap(({ Effect: effect, Action, Resource: resources }, index) =>
      Action.some((pattern) => fits(pattern, action)) && resources.some((pattern) => fits(pattern, resource.arn))
        ? [{ policy, index, effect }]
        : [],
    ),
  )
}
