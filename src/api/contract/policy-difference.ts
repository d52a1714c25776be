/**
 * What a change of a key policy does, before it is made: per principal the permissions that change, and what one would regret. It weighs
 * statements with the code that enforces them (`access.ts`), so the two cannot disagree; RAM policies are not known here.
 */
import {
  conditionsFor,
  keyPermissions,
  principalOf,
  readStatement,
  wordsFor,
  type KeyPolicyWord,
  type Principal,
} from './access.ts'
import type { KeyPolicy } from './policy.ts'

/** How the policy's word on a permission can change. */
export const changeKinds = ['gained', 'lost', 'denied', 'released', 'conditional'] as const
/** `gained`: now allowed. `lost`: no longer allowed. `denied`: now refused whatever else allows it. `released`: no longer denied, and not allowed either. `conditional`: conditions decide now, or other ones than before. */
export type ChangeKind = (typeof changeKinds)[number]

const kindOfChange: Readonly<Record<KeyPolicyWord, Readonly<Record<KeyPolicyWord, ChangeKind | null>>>> = {
  allow: { allow: null, none: 'lost', deny: 'denied', sometimes: 'conditional' },
  none: { allow: 'gained', none: null, deny: 'denied', sometimes: 'conditional' },
  deny: { allow: 'gained', none: 'released', deny: null, sometimes: 'conditional' },
  sometimes: { allow: 'gained', none: 'lost', deny: 'denied', sometimes: null },
}

/** One principal's changes: each changed permission (`kms:…`) stands in exactly one list. */
export interface PrincipalChange extends Readonly<Record<ChangeKind, readonly string[]>> {
  /** Kind `account`: the account itself, and through it those of its users and roles whom its RAM policies allow. */
  readonly principal: Principal
}

export type PolicyWarning =
  /** Nobody of the owner's account, itself included, can change the policy again. */
  | { readonly kind: 'sealed'; readonly accountId: string }
  /** The one who saves will lack these. Not `certain`: RAM may allow them. */
  | { readonly kind: 'selfLockedOut'; readonly permissions: readonly string[]; readonly certain: boolean }
  /** The last users and roles that the policy itself let change the policy. */
  | { readonly kind: 'noAdministrator'; readonly last: readonly Principal[] }
  /** A statement names all of an account for these, and did not before. */
  | {
      readonly kind: 'wholeAccount'
      readonly accountId: string
      readonly own: boolean
      readonly permissions: readonly string[]
    }
  /** Permissions are denied that were not. */
  | { readonly kind: 'explicitDeny'; readonly principals: readonly Principal[] }

export interface PolicyDifference {
  /** Principals for whom something changes, in the order in which the new policy names them, then the old. */
  readonly changes: readonly PrincipalChange[]
  /** The gravest first. */
  readonly warnings: readonly PolicyWarning[]
}

export interface DifferenceScope {
  /** The account that owns the key. */
  readonly ownerAccountId: string
  /** Who saves. */
  readonly caller: Principal
}

export function comparePolicies(before: KeyPolicy, after: KeyPolicy, scope: DifferenceScope): PolicyDifference {
  const changes = principalsOf([after, before], scope.caller).flatMap((principal) => {
    const change = changeFor(principal, before, after, scope.ownerAccountId)
    return changeKinds.some((kind) => change[kind].length > 0) ? [change] : []
  })
  return { changes, warnings: warningsOf(before, after, changes, scope) }
}

/** Everybody whom the policies name, each once, and the one who asks. */
function principalsOf(policies: readonly KeyPolicy[], caller: Principal): readonly Principal[] {
  const found = new Map<string, Principal>()
  const named = policies.flatMap(({ Statement }) => Statement.flatMap(({ Principal: { RAM } }) => RAM))
  for (const principal of [...named.map(principalOf), caller]) if (principal) found.set(principal.arn, principal)
  return [...found.values()]
}

function changeFor(principal: Principal, before: KeyPolicy, after: KeyPolicy, ownerAccountId: string): PrincipalChange {
  const was = wordsFor(before, principal, ownerAccountId)
  const will = wordsFor(after, principal, ownerAccountId)
  const hasOtherConditions = (permission: string): boolean =>
    conditionsFor(before, principal, permission) !== conditionsFor(after, principal, permission)
  const changed: Record<ChangeKind, string[]> = { gained: [], lost: [], denied: [], released: [], conditional: [] }
  for (const permission of keyPermissions) {
    const [word, next] = [was.get(permission)!, will.get(permission)!]
    const kind =
      kindOfChange[word][next] ?? (next === 'sometimes' && hasOtherConditions(permission) ? 'conditional' : null)
    if (kind !== null) changed[kind].push(permission)
  }
  return { principal, ...changed }
}

const toSet = 'kms:SetKeyPolicy'
/** Without both, one cannot take a change of the policy back. */
const toChangeAPolicy = ['kms:GetKeyPolicy', toSet] as const

function warningsOf(
  before: KeyPolicy,
  after: KeyPolicy,
  changes: readonly PrincipalChange[],
  { ownerAccountId, caller }: DifferenceScope,
): readonly PolicyWarning[] {
  const owner: Principal = { accountId: ownerAccountId, kind: 'account', arn: `acs:ram::${ownerAccountId}:root` }
  const ofOwner = changes.find(({ principal }) => principal.arn === owner.arn)
  const sealed = ofOwner?.denied.includes(toSet) === true
  return [
    ...(sealed ? [{ kind: 'sealed', accountId: ownerAccountId } as const] : []),
    ...(sealed && caller.accountId === ownerAccountId ? [] : selfLockedOut(changes, caller, ownerAccountId)),
    ...(sealed ? [] : noAdministrator(before, after, ownerAccountId)),
    ...wholeAccounts(before, after, ownerAccountId),
    ...explicitDenies(changes),
  ]
}

function selfLockedOut(
  changes: readonly PrincipalChange[],
  caller: Principal,
  ownerAccountId: string,
): readonly PolicyWarning[] {
  const own = changes.find(({ principal }) => principal.arn === caller.arn)
  const among = (list: readonly string[] = []): readonly string[] =>
    toChangeAPolicy.filter((name) => list.includes(name))
  const denied = among(own?.denied)
  const lost = among([...(own?.lost ?? []), ...(own?.conditional ?? [])])
  if (denied.length + lost.length === 0) return []
  const certain = denied.length > 0 || caller.accountId !== ownerAccountId
  return [{ kind: 'selfLockedOut', permissions: [...denied, ...lost], certain }]
}

/** Users and roles of the owner's account that a policy itself lets change it. */
const administratorsOf = (policy: KeyPolicy, ownerAccountId: string): readonly Principal[] =>
  policy.Statement.flatMap(({ Principal: { RAM } }) => RAM.map(principalOf)).filter(
    (principal): principal is Principal =>
      principal !== null &&
      principal.kind !== 'account' &&
      principal.accountId === ownerAccountId &&
      wordsFor(policy, principal, ownerAccountId, [toSet]).get(toSet) === 'allow',
  )

function noAdministrator(before: KeyPolicy, after: KeyPolicy, ownerAccountId: string): readonly PolicyWarning[] {
  const last = new Map(administratorsOf(before, ownerAccountId).map((principal) => [principal.arn, principal]))
  return last.size > 0 && administratorsOf(after, ownerAccountId).length === 0
    ? [{ kind: 'noAdministrator', last: [...last.values()] }]
    : []
}

/** What a policy allows to all of an account by name. */
function allowedToAccounts(policy: KeyPolicy): ReadonlyMap<string, ReadonlySet<string>> {
  const allowed = new Map<string, Set<string>>()
  for (const { effect, accounts, covers } of policy.Statement.map(readStatement))
    for (const accountId of effect === 'Allow' ? accounts : []) {
      const permissions = allowed.get(accountId) ?? new Set()
      for (const name of keyPermissions) if (covers(name)) permissions.add(name)
      allowed.set(accountId, permissions)
    }
  return allowed
}

function wholeAccounts(before: KeyPolicy, after: KeyPolicy, ownerAccountId: string): readonly PolicyWarning[] {
  const was = allowedToAccounts(before)
  return [...allowedToAccounts(after)].flatMap(([accountId, allowed]): readonly PolicyWarning[] => {
    const permissions = [...allowed].filter((name) => was.get(accountId)?.has(name) !== true)
    const own = accountId === ownerAccountId
    return permissions.length > 0 ? [{ kind: 'wholeAccount', accountId, own, permissions }] : []
  })
}

function explicitDenies(changes: readonly PrincipalChange[]): readonly PolicyWarning[] {
  const principals = changes.filter(({ denied }) => denied.length > 0).map(({ principal }) => principal)
  return principals.length > 0 ? [{ kind: 'explicitDeny', principals }] : []
}
