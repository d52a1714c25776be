/**
 * Who may do what: the decision as a value, with the statements that made it. KMS user guide, Configure a key policy: a caller of the
 * owner's account is allowed by the key policy or by RAM; a caller of another account needs both; an explicit deny always wins.
 */
import { parsePrincipalArn } from '#src/api/contract/arn.ts'
import { policyRoles } from '#src/api/contract/policy.ts'
import type { Caller, Resource } from '#mocks/kms/context.ts'
import type { RamPolicy } from '#mocks/store/rows.ts'
import { fits } from './fits.ts'

/**
 * Assumed, as nothing published spells it out: a key policy that allows `acs:ram::<uid>:*` (or `:root`) allows the account, which then
 * decides by RAM for its users and roles. False: the statement lets every user and role of the account in by itself.
 */
const accountDecidesByRam: boolean = true

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

export interface KeyPolicyMatch {
  readonly index: number
  readonly effect: Effect
  /** Whether the statement names the caller, or only the caller's account. */
  readonly names: 'caller' | 'account'
}

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
  const keyPolicy = matchKeyPolicy(question)
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
  if (caller.accountId !== resource.accountId) {
    const missing: Side[] = []
    if (keyPolicy.length === 0) missing.push('keyPolicy')
    if (!ramGrants) missing.push('ramPolicy')
    return missing
  }
  if (ramGrants || keyPolicy.some(({ names }) => names === 'caller' || !accountDecidesByRam)) return []
  return resource.policy === null ? ['ramPolicy'] : ['keyPolicy', 'ramPolicy']
}

function matchKeyPolicy({ caller, action, resource }: Question): readonly KeyPolicyMatch[] {
  return (resource.policy?.Statement ?? []).flatMap(({ Effect: effect, Principal, Action }, index) => {
    const names = namesIn(Principal.RAM, caller)
    return names !== null && Action.some((pattern) => covers(pattern, action)) ? [{ index, effect, names }] : []
  })
}

function namesIn(principals: readonly string[], caller: Question['caller']): KeyPolicyMatch['names'] | null {
  if (principals.includes(caller.arn)) return 'caller'
  const ofAccount = principals.some((arn) => {
    const principal = parsePrincipalArn(arn)
    return principal?.kind === 'account' && principal.accountId === caller.accountId
  })
  if (!ofAccount) return null
  return caller.kind === 'account' ? 'caller' : 'account'
}

/** What a key policy can control: the actions of the console's roles. */
const controllable = [...policyRoles.administrator, ...policyRoles.user]

/** KMS user guide, Configure a key policy: other actions may stand in a key policy and have no effect; `kms:*` is everything. */
const covers = (pattern: string, action: string): boolean =>
  pattern === 'kms:*' || (fits(pattern, action) && controllable.some((known) => fits(known, action)))

function matchRamPolicies({ action, resource, ramPolicies }: Question): readonly RamPolicyMatch[] {
  return ramPolicies.flatMap(({ name: policy, document }) =>
    document.Statement.flatMap(({ Effect: effect, Action, Resource: resources }, index) =>
      Action.some((pattern) => fits(pattern, action)) && resources.some((pattern) => fits(pattern, resource.arn))
        ? [{ policy, index, effect }]
        : [],
    ),
  )
}
