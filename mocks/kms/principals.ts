/** Whose names a caller is told. */
import { accountArn, parsePrincipalArn } from '#src/api/contract/arn.ts'
import type { Context } from '#mocks/kms/context.ts'
import type { KeyRow } from '#mocks/store/rows.ts'

/**
 * A principal as the caller may know it: whole where it belongs to the caller's account or where the key's own policy names it; of any
 * other only the account, `acs:ram::<uid>:*` (assumed).
 */
export function shownPrincipals({ caller }: Pick<Context, 'caller'>, { policy }: KeyRow): (arn: string) => string {
  const named = new Set((policy?.Statement ?? []).flatMap(({ Principal }) => Principal.RAM))
  return (arn) => {
    const accountId = parsePrincipalArn(arn)?.accountId
    return accountId === undefined || accountId === caller.accountId || named.has(arn) ? arn : accountArn(accountId)
  }
}
