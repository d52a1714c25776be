/**
 * Who may do what: the decision as a value, with the statements that made it. KMS user guide, Configure a key policy: a caller of the
 * owner's account is allowed by the key policy or by RAM; a caller of another account needs both; an explicit deny always wins.
 */
import { grantedBy, keyPolicyMatches, type KeyPolicyMatch } from '#src/api/contract/access.ts'
import { actions } from '#src/api/contract/actions.ts'
import { unmetOf, type RequestFacts, type Unmet } from '#src/api/contract/conditions.ts'
import { fits } from '#src/api/contract/fits.ts'
import type { Caller, Circumstances, Resource } from '#mocks/kms/context.ts'
import type { RamPolicy } from '#mocks/store/rows.ts'

export interface AttachedPolicy {
  readonly name: string
  readonly type: 'System' | 'Custom'
  /** How it came to apply: attached to the user or the role itself, or to a group that the user is in. */
  readonly via: 'user' | 'role' | `group ${string}`
  readonly document: RamPolicy
}

export interface Question {
  readonly caller: Pick<Caller, 'accountId' | 'kind' | 'arn'>
  /** e.g. `kms:Encrypt`. */
  readonly action: string
  readonly resource: Resource
  /** What is attached to the caller; the account itself needs none. */
  readonly ramPolicies: readonly AttachedPolicy[]
  readonly circumstances: Circumstances
}

export type Effect = 'Allow' | 'Deny'
export type Side = 'keyPolicy' | 'ramPolicy'

export interface RamPolicyMatch {
  readonly policy: AttachedPolicy
  /** Of the statement. */
  readonly index: number
  readonly effect: Effect
  /** What of its condition does not hold; empty: the statement takes effect. */
  readonly unmet: readonly Unmet[]
}

export interface Decision {
  readonly verdict: 'allow' | 'deny'
  readonly why: 'allowed' | 'explicitDeny' | 'notGranted'
  /** Statements of the key policy that are about this caller and action, those among them whose condition does not hold. */
  readonly keyPolicy: readonly KeyPolicyMatch[]
  /** Statements of the caller's RAM policies that are about this action and resource, likewise. */
  readonly ramPolicy: readonly RamPolicyMatch[]
  /** Where a grant is missing: in the owner's account one of these sides is enough, in another account all are needed. */
  readonly missing: readonly Side[]
}

/** Permissions on cryptography: they alone know a key's tags. */
const cryptoPermissions: ReadonlySet<string> = new Set([
  ...Object.values(actions).flatMap(({ kind, permission }) => (kind === 'crypto' && permission ? [permission] : [])),
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
])

export const inEffect = ({ unmet }: { readonly unmet: readonly Unmet[] }): boolean => unmet.length === 0

export function evaluate(question: Question): Decision {
  const { caller, action, resource } = question
  const facts = factsOf(question)
  const keyPolicy = resource.policy ? keyPolicyMatches(resource.policy, caller, action, facts) : []
  const ramPolicy = matchRamPolicies(question, facts)
  const [effectiveKey, effectiveRam] = [keyPolicy.filter(inEffect), ramPolicy.filter(inEffect)]
  if ([...effectiveKey, ...effectiveRam].some(({ effect }) => effect === 'Deny'))
    return { verdict: 'deny', why: 'explicitDeny', keyPolicy, ramPolicy, missing: [] }
  const missing = missingGrants(question, effectiveKey, effectiveRam)
  return missing.length === 0
    ? { verdict: 'allow', why: 'allowed', keyPolicy, ramPolicy, missing }
    : { verdict: 'deny', why: 'notGranted', keyPolicy, ramPolicy, missing }
}

function factsOf({ action, resource, circumstances }: Question): RequestFacts {
  const knowsTags = resource.tags.length > 0 && cryptoPermissions.has(action)
  const tags = knowsTags ? new Map(resource.tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])) : null
  const { sourceIp, secureTransport, now } = circumstances
  return { sourceIp, secureTransport, now, tags }
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

function matchRamPolicies({ action, resource, ramPolicies }: Question, facts: RequestFacts): readonly RamPolicyMatch[] {
  return ramPolicies.flatMap((policy) =>
    policy.document.Statement.flatMap(({ Effect: effect, Action, Resource: resources, Condition }, index) =>
      Action.some((pattern) => fits(pattern, action)) && resources.some((pattern) => fits(pattern, resource.arn))
        ? [{ policy, index, effect, unmet: unmetOf(Condition, facts) }]
        : [],
    ),
  )
}
