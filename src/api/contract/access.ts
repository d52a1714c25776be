/**
 * What a key policy says about somebody who wants to do something: the emulator decides by it, the console tells by it what a change of the
 * policy does. KMS user guide, Configure a key policy.
 */
import { parsePrincipalArn } from './arn.ts'
import { unmetOf, type Condition, type RequestFacts, type Unmet } from './conditions.ts'
import { fits } from './fits.ts'
import { policyRoles, type KeyPolicy, type PolicyStatement } from './policy.ts'
import { publishedGroups } from './published.ts'

/** An account, or one of its RAM users and roles. */
export interface Principal {
  readonly accountId: string
  readonly kind: 'account' | 'user' | 'role'
  /** `acs:ram::<uid>:user/<name>`, `:role/<name>`; for the account itself `acs:ram::<uid>:root`. */
  readonly arn: string
}

/** Whom an ARN in a policy stands for; `:*` and `:root` both for the account. Null: it names nobody that a key policy can name. */
export function principalOf(arn: string): Principal | null {
  const parsed = parsePrincipalArn(arn)
  if (!parsed) return null
  const { accountId, kind } = parsed
  return { accountId, kind, arn: kind === 'account' ? `acs:ram::${accountId}:root` : arn }
}

/**
 * Assumed, as nothing published spells it out: a key policy that allows `acs:ram::<uid>:*` (or `:root`) allows the account, which then
 * decides by RAM for its users and roles. False: the statement lets every user and role of the account in by itself.
 */
const accountDecidesByRam: boolean = true

/** Keeps what a function of a text gave. For texts of which there are few. */
function remembering<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text) ?? find(text)
    known.set(text, found)
    return found
  }
}

/** What a key policy can control: the actions of the console's roles. */
const controllable = [...policyRoles.administrator, ...policyRoles.user]
const isControllable = remembering((permission) => controllable.some((known) => fits(known, permission)))

/** Whether an action in a statement means this permission. Others than the controllable may stand there and have no effect; `kms:*` is everything. */
export const covers = (pattern: string, permission: string): boolean =>
  pattern === 'kms:*' || (fits(pattern, permission) && isControllable(permission))

/** Published actions that are about no single key, so that no key's policy is asked. */
const aboutNoKey: ReadonlySet<string> = new Set(['CreateKey', 'ListKeys', 'ListAliases'])
/** Actions whose permissions have other names: one for each of the two keys. */
const permissionsOf: Readonly<Record<string, readonly string[]>> = {
  ReEncrypt: ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
}

/** Every published permission that is about a key: what the wildcards of a key policy can stand for. */
export const keyPermissions: readonly string[] = (
  ['keys', 'versions', 'import', 'aliases', 'tags', 'cryptography'] as const
)
  .flatMap((group): readonly string[] => publishedGroups[group])
  .filter((name) => !aboutNoKey.has(name))
  .flatMap((name) => permissionsOf[name] ?? [`kms:${name}`])

/** A statement taken apart once: it is asked about many principals and permissions. */
interface ReadStatement {
  readonly effect: PolicyStatement['Effect']
  readonly arns: ReadonlySet<string>
  /** IDs of accounts that it names as a whole. */
  readonly accounts: ReadonlySet<string>
  readonly covers: (permission: string) => boolean
  readonly condition: Condition | undefined
}

/** Policies are never changed in place, so what was read of a statement holds as long as the statement itself. */
const readStatements = new WeakMap<PolicyStatement, ReadStatement>()

export function readStatement(statement: PolicyStatement): ReadStatement {
  const known = readStatements.get(statement)
  if (known) return known
  const { Effect, Principal, Action, Condition: condition } = statement
  const accounts = Principal.RAM.map(parsePrincipalArn).filter((named) => named?.kind === 'account')
  const read: ReadStatement = {
    effect: Effect,
    arns: new Set(Principal.RAM),
    accounts: new Set(accounts.map((named) => named!.accountId)),
    covers: remembering((permission) => Action.some((pattern) => covers(pattern, permission))),
    condition,
  }
  readStatements.set(statement, read)
  return read
}

/** Whether a statement names a principal, or only its account; null: neither. */
function namesIn({ arns, accounts }: ReadStatement, { accountId, kind, arn }: Principal): 'caller' | 'account' | null {
  if (arns.has(arn)) return 'caller'
  if (!accounts.has(accountId)) return null
  return kind === 'account' ? 'caller' : 'account'
}

export interface KeyPolicyMatch {
  /** Of the statement. */
  readonly index: number
  readonly effect: PolicyStatement['Effect']
  /** Whether the statement names the principal, or only its account. */
  readonly names: 'caller' | 'account'
  /** What of its condition does not hold; empty: the statement takes effect. */
  readonly unmet: readonly Unmet[]
}

/** The statements that are about a principal, whatever they allow or deny. */
const statementsAbout = (policy: KeyPolicy, principal: Principal) =>
  policy.Statement.flatMap((statement, index) => {
    const read = readStatement(statement)
    const names = namesIn(read, principal)
    return names === null ? [] : [{ index, names, read }]
  })

/** The statements that are about a principal and a permission, with those whose condition does not hold. */
export const keyPolicyMatches = (
  policy: KeyPolicy,
  principal: Principal,
  permission: string,
  facts: RequestFacts,
): readonly KeyPolicyMatch[] =>
  statementsAbout(policy, principal).flatMap(({ index, names, read }) =>
    read.covers(permission) ? [{ index, effect: read.effect, names, unmet: unmetOf(read.condition, facts) }] : [],
  )

/** Whether statements that take effect, none of them a deny, are the key policy's grant. `ownerAccountId`: the key's. */
export const grantedBy = (
  matches: readonly Pick<KeyPolicyMatch, 'names'>[],
  { accountId }: Pick<Principal, 'accountId'>,
  ownerAccountId: string,
): boolean => matches.some(({ names }) => names === 'caller' || accountId !== ownerAccountId || !accountDecidesByRam)

/**
 * What a key policy itself makes of a permission. `allow`: in the account that owns the key this is enough, unless RAM denies; in another
 * account RAM there must allow as well. `none`: in the owner's account RAM alone decides; elsewhere it is refused. `deny`: refused, whatever RAM says.
 * `sometimes`: conditions decide, request by request.
 */
export type KeyPolicyWord = 'allow' | 'deny' | 'none' | 'sometimes'

/** The key policy's word on each of the permissions, for one principal. */
export function wordsFor(
  policy: KeyPolicy,
  principal: Principal,
  ownerAccountId: string,
  permissions: readonly string[] = keyPermissions,
): ReadonlyMap<string, KeyPolicyWord> {
  const about = statementsAbout(policy, principal)
  /** The account that owns a key needs nobody's grant. */
  const owns = principal.kind === 'account' && principal.accountId === ownerAccountId
  return new Map(
    permissions.map((permission) => {
      const matches = about.filter(({ read }) => read.covers(permission))
      const always = matches.filter(({ read }) => read.condition === undefined)
      if (always.some(({ read }) => read.effect === 'Deny')) return [permission, 'deny']
      if (matches.some(({ read }) => read.effect === 'Deny')) return [permission, 'sometimes']
      if (owns || grantedBy(always, principal, ownerAccountId)) return [permission, 'allow']
      return [permission, grantedBy(matches, principal, ownerAccountId) ? 'sometimes' : 'none']
    }),
  )
}

/** The conditions that decide about a permission where the policy's word is `sometimes`: equal texts, equal conditions. */
export const conditionsFor = (policy: KeyPolicy, principal: Principal, permission: string): string =>
  JSON.stringify(
    statementsAbout(policy, principal).flatMap(({ read }) =>
      read.condition !== undefined && read.covers(permission) ? [[read.effect, read.condition]] : [],
    ),
  )

/** Whether an action that stands in a key policy can have an effect there at all. */
export const hasEffect = (pattern: string): boolean => keyPermissions.some((permission) => covers(pattern, permission))
