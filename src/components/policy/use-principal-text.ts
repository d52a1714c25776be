import type { Principal } from '#src/api/contract/access.ts'
import { parsePrincipalArn } from '#src/api/contract/arn.ts'
import { useApi } from '#src/api/api.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** Who an ARN of a policy is, in words: *RAM user li*, *RAM role etl of account …*, *This account …*. */
export function usePrincipalText(): (principal: Pick<Principal, 'arn'>) => string {
  const t = useText('policy.words')
  const own = useApi().identity.accountId
  return ({ arn }) => {
    const principal = parsePrincipalArn(arn)
    if (!principal) return arn
    const { accountId, kind, name } = principal
    if (kind === 'account') return t(accountId === own ? 'ownAccount' : 'account', { accountId })
    const words = t(kind === 'user' ? 'ramUser' : 'ramRole', { name })
    return accountId === own ? words : `${words} ${t('ofAccount', { accountId })}`
  }
}
