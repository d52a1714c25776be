/**
 * What a key policy says about somebody who wants to do something: the emulator decides by it, the console tells by it what a change of the
 * policy does. KMS user guide, Configure a key policy.
 */
import { parsePrincipalArn } from './arn.ts'
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

/** What a key policy can control: the actions of the console's roles. */
const controllable = [...policyRoles.administrator, ...policyRoles.user]

/** Whether an action in a statement means this one. Others than the controllable may stand there and have no effect; `kms:*` is everything. */
export const covers = (pattern: string, action: string): boolean =>
  pattern === 'kms:*' || (fits(pattern, action) && controllable.some((known) => fits(known, action)))

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

/** Whether a statement names a principal, or only its account; null: neither. */
export function namesIn(
  principals: readonly string[],
  { accountId, kind, arn }: Principal,
): 'caller' | 'account' | null {
  if (principals.includes(arn)) return 'caller'
  const ofAccount = principals.some((text) => {
    const named = parsePrincipalArn(text)
    return named?.kind === 'account' && named.accountId === accountId
  })
  if (!ofAccount) return null
  return kind === 'account' ? 'caller' : 'account'
}

export interface KeyPolicyMatch {
  /** Of the statement. */
  readonly index: number
  readonly effect: PolicyStatement['Effect']
  /** Whether the statement names the principal, or only its account. */
  readonly names: 'caller' | 'account'
}

/** The statements that are about a principal, whatever they allow or deny. */
const statementsAbout = (policy: KeyPolicy, principal: Principal) =>
  policy.Statement.flatMap(({ Effect: effect, Principal: { RAM }, Action }, index) => {
    const names = namesIn(RAM, principal)
    return names === null ? [] : [{ index, effect, names, Action }]
  })

/** The statements that are about a principal and an action. */
export const keyPolicyMatches = (policy: KeyPolicy, principal: Principal, action: string): readonly KeyPolicyMatch[] =>
  statementsAbout(policy, principal).flatMap(({ Action, ...match }) =>
    Action.some((pattern) => covers(pattern, action)) ? [match] : [],
  )

/** Whether statements that match, none of them a deny, are the key policy's grant. `ownerAccountId`: the key's. */
export const grantedBy = (
  matches: readonly Pick<KeyPolicyMatch, 'names'>[],
  { accountId }: Pick<Principal, 'accountId'>,
  ownerAccountId: string,
): boolean => matches.some(({ names }) => names === 'caller' || accountId !== ownerAccountId || !accountDecidesByRam)

/**
 * What a key policy itself makes of a permission. `allow`: in the account that owns the key this is enough, unless RAM denies; in another
 * account RAM there must allow as well. `none`: in the owner's account RAM alone decides; elsewhere it is refused. `deny`: refused, whatever RAM says.
 */
export type KeyPolicyWord = 'allow' | 'deny' | 'none'

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
      const matches = about.filter(({ Action }) => Action.some((pattern) => covers(pattern, permission)))
      if (matches.some(({ effect }) => effect === 'Deny')) return [permission, 'deny']
      return [permission, owns || grantedBy(matches, principal, ownerAccountId) ? 'allow' : 'none']
    }),
  )
}

/** Whether an action that stands in a key policy can have an effect there at all. */
export const hasEffect = (pattern: string): boolean => keyPermissions.some((permission) => covers(pattern, permission))
