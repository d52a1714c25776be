import { Link, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { parseKeyArn, parsePrincipalArn } from '#src/api/contract/arn.ts'
import type { AccessDetail } from '#src/api/contract/errors.ts'
import { buttonClass } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** A key of one's own is named by its ID, another account's by its ARN alone. */
function keyIn({ Resource, AuthPrincipal }: AccessDetail): string | undefined {
  const key = parseKeyArn(Resource)
  if (!key) return undefined
  return key.accountId === parsePrincipalArn(AuthPrincipal)?.accountId ? key.keyId : Resource
}

/** To the explanation of a denial, with everything filled in. */
export function ExplainLink({ decision }: { decision: AccessDetail }): ReactNode {
  const t = useText('identity.denial')
  const router = useRouter({ warn: false }) as ReturnType<typeof useRouter> | null
  const { AuthPrincipal, AuthAction } = decision
  const key = keyIn(decision)
  // Outside the pages, in a dialog of the shell or a toast, it is an address like any other.
  const region = new URLSearchParams(location.search).get('region') ?? ''
  const search = { region, principal: AuthPrincipal, permission: AuthAction, ...(key === undefined ? {} : { key }) }
  if (router)
    return (
      <Link to="/access" search={search} className={buttonClass('link')}>
        {t('explain')}
      </Link>
    )
  return (
    <a
      href={`${import.meta.env.BASE_URL}access?${new URLSearchParams(search).toString()}`}
      className={buttonClass('link')}
    >
      {t('explain')}
    </a>
  )
}
