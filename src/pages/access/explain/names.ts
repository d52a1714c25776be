/** What a person typed or a link carries, as the API takes it. */
import { roleArn } from '#src/api/contract/arn.ts'
import type { PickOption } from '#src/components/ui/options.ts'

/**
 * A principal: `user/<name>` and `role/<name>` are of the own account; an assumed role's session is the role, as that is whom policies
 * name; `:*` is the account.
 */
export function principalNamed(text: string, ownAccountId: string): string {
  const bare = text.trim()
  const session = /^acs:ram::([0-9]{16}):assumed-role\/([^/]+)\/.+$/.exec(bare)
  if (session) return roleArn(session[1]!, session[2]!)
  return /^(?:user|role)\//.test(bare) ? `acs:ram::${ownAccountId}:${bare}` : bare
}

/** Of a bare name: the one user or role of the own account that is called so. */
export function principalCalled(text: string, listed: readonly PickOption[]): string | undefined {
  const called = listed.filter(({ label }) => label === text.trim())
  return called.length === 1 ? called[0]?.value : undefined
}

/** A permission: without a service it is one of KMS. */
export const permissionNamed = (text: string): string => {
  const bare = text.trim()
  return bare === '' || bare.includes(':') ? bare : `kms:${bare}`
}
