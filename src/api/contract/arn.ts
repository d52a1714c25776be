/** Names of things: ARNs and identifiers (KMS API 2016-01-20, samples). */

export const keyArn = (region: string, accountId: string, keyId: string): string =>
  `acs:kms:${region}:${accountId}:key/${keyId}`
export const aliasArn = (region: string, accountId: string, aliasName: string): string =>
  `acs:kms:${region}:${accountId}:${aliasName}`
export const instanceArn = (region: string, accountId: string, instanceId: string): string =>
  `acs:kms:${region}:${accountId}:keystore/${instanceId}`
export const resourceShareArn = (region: string, accountId: string, shareId: string): string =>
  `acs:resourcesharing:${region}:${accountId}:resourceshare/${shareId}`
/** Resource of ListKeys and CreateKey, and of ListAliases: no trailing `/*` (KMS user guide, Use RAM to control access to resources). */
export const allKeysArn = (region: string, accountId: string): string => `acs:kms:${region}:${accountId}:key`
export const allAliasesArn = (region: string, accountId: string): string => `acs:kms:${region}:${accountId}:alias`

export const accountArn = (accountId: string): string => `acs:ram::${accountId}:*`
/** The account as it acts itself. */
export const rootArn = (accountId: string): string => `acs:ram::${accountId}:root`
export const userArn = (accountId: string, name: string): string => `acs:ram::${accountId}:user/${name}`
export const roleArn = (accountId: string, name: string): string => `acs:ram::${accountId}:role/${name}`
/** Whom a role's temporary credentials act as (STS API 2015-04-01, GetCallerIdentity). `role`: its name. */
export const assumedRoleArn = (accountId: string, role: string, session: string): string =>
  `acs:ram::${accountId}:assumed-role/${role}/${session}`

const accountIdPattern = /^[0-9]{16}$/
export const isAccountId = (text: string): boolean => accountIdPattern.test(text)

export interface KeyArn {
  readonly region: string
  readonly accountId: string
  readonly keyId: string
}

export function parseKeyArn(text: string): KeyArn | null {
  const match = /^acs:kms:([a-z0-9-]+):([0-9]{16}):key\/([A-Za-z0-9-]+)$/.exec(text)
  return match ? { region: match[1]!, accountId: match[2]!, keyId: match[3]! } : null
}

export interface PrincipalArn {
  readonly accountId: string
  readonly kind: 'account' | 'user' | 'role'
  /** Empty for the account itself. */
  readonly name: string
}

/** RAM names: users `[A-Za-z0-9._-]{1,64}` (RAM API 2015-05-01, CreateUser), roles the same without the dot's limits (assumed one set). */
const principalPattern = /^acs:ram::([0-9]{16}):(?:(\*|root)|(user|role)\/([A-Za-z0-9._-]{1,64}))$/

/** The principals that a key policy may name: `acs:ram::<uid>:*`, `:root`, `:user/<name>`, `:role/<name>`. */
export function parsePrincipalArn(text: string): PrincipalArn | null {
  const match = principalPattern.exec(text)
  if (!match) return null
  return match[2] !== undefined
    ? { accountId: match[1]!, kind: 'account', name: '' }
    : { accountId: match[1]!, kind: match[3] as 'user' | 'role', name: match[4]! }
}
