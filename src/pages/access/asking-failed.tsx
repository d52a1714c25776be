import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { parseKeyArn } from '#src/api/contract/arn.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { buttonClass } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** Why there is no answer. A denial names the permission that is missing, and leads to why it is: about oneself everybody may ask. */
export function AskingFailed(props: { error: unknown; onRetry: () => void }): ReactNode {
  const { error, onRetry } = props
  const t = useText('access.denied')
  const region = useRegion()
  if (!isDenied(error) || error.detail.Decision === undefined) return <ErrorNotice error={error} onRetry={onRetry} />
  const { AuthAction, AuthPrincipal, Resource } = error.detail.Decision
  const key = parseKeyArn(Resource)?.keyId
  return (
    <Notice
      tone="warn"
      title={t('title')}
      live
      actions={
        <Link
          to="/access"
          search={{ region, principal: AuthPrincipal, permission: AuthAction, ...(key === undefined ? {} : { key }) }}
          className={buttonClass('link')}
        >
          {t('explain')}
        </Link>
      }
    >
      <p>{t('body')}</p>
      <p>{t('permission', { permission: AuthAction })}</p>
      <p>{t('on', { resource: Resource })}</p>
    </Notice>
  )
}
