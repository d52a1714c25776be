/** Users and roles as typed, pasted and shown: of the own account in the pickers, of other accounts by ARN. */
import { parsePrincipalArn, roleArn, userArn } from '#src/api/contract/arn.ts'
import { crossAccountProblem } from '#src/api/contract/policy.ts'
import type { CrossAccountReason } from '#src/api/contract/rules.ts'

/** Quotes and brackets around an entry, as from a JSON list, are dropped. */
const bare = (entry: string): string => entry.trim().replace(/^["'[]+|["'\]]+$/g, '')

export interface Added {
  readonly entries: readonly string[]
  /** Typed again although they are there: not added, and said. */
  readonly duplicates: readonly string[]
}

/** Adds what was typed or pasted, right or wrong, each once. */
export function addEntries(entries: readonly string[], typed: readonly string[]): Added {
  const all = [...entries]
  const duplicates: string[] = []
  for (const entry of typed.map(bare).filter(Boolean))
    if (!all.includes(entry)) all.push(entry)
    else if (!duplicates.includes(entry)) duplicates.push(entry)
  return { entries: all, duplicates }
}

export interface RefusedEntry {
  readonly text: string
  readonly reason: CrossAccountReason
}

/** The entries that are no user or role of another account, each with its reason. */
export const refusedEntries = (entries: readonly string[], ownAccountId: string): readonly RefusedEntry[] =>
  entries.flatMap((text) => {
    const reason = crossAccountProblem(text, ownAccountId)
    return reason === null ? [] : [{ text, reason }]
  })

export interface AccountGroup {
  readonly accountId: string
  readonly arns: readonly string[]
}

/** Principals by account, in the order in which the accounts first appear; what names none is left out. */
export function groupByAccount(arns: readonly string[]): readonly AccountGroup[] {
  const groups = new Map<string, string[]>()
  for (const arn of arns) {
    const accountId = parsePrincipalArn(arn)?.accountId
    if (accountId !== undefined) groups.set(accountId, [...(groups.get(accountId) ?? []), arn])
  }
  return [...groups].map(([accountId, members]) => ({ accountId, arns: members }))
}

/** The accounts of those entries that name a user or role of another account. */
export function otherAccountsOf(entries: readonly string[], ownAccountId: string): readonly string[] {
  const wrong = new Set(refusedEntries(entries, ownAccountId).map(({ text }) => text))
  return groupByAccount(entries.filter((entry) => !wrong.has(entry))).map(({ accountId }) => accountId)
}

/** Principals that are picked both to administer and to use the key: allowed, and worth saying. */
export const inBothRoles = (picked: {
  readonly administrators: readonly string[]
  readonly users: readonly string[]
}): readonly string[] => picked.administrators.filter((arn) => picked.users.includes(arn))

/** Whether an entry names a RAM user or role of the own account. */
export function isOwnPrincipal(entry: string, ownAccountId: string): boolean {
  const parsed = parsePrincipalArn(entry)
  return parsed !== null && parsed.kind !== 'account' && parsed.accountId === ownAccountId
}

/** What was typed by hand as an ARN: `user/<name>` and `role/<name>` are completed, everything else stays as it is. */
export function typedPrincipal(text: string, ownAccountId: string): string {
  const [, kind, name = ''] = /^(user|role)\/(.*)$/.exec(bare(text)) ?? []
  if (kind === undefined) return bare(text)
  return kind === 'user' ? userArn(ownAccountId, name) : roleArn(ownAccountId, name)
}

/** `user/<name>` or `role/<name>`, where an entry names a principal of the own account. */
export const shortPrincipal = (entry: string, ownAccountId: string): string =>
  entry.replace(new RegExp(`^acs:ram::${ownAccountId}:(?=(?:user|role)/)`), '')
