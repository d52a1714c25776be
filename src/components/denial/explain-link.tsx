import { Link, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { buttonClass } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** To the explanation why a principal may not do something, with everything filled in. `keyName`: ID, ARN or alias of the key, if it is about one. */
export function ExplainLink(props: { principal: string; permission: string; keyName?: string | undefined }): ReactNode {
  const { principal, permission, keyName } = props
  const t = useText('identity.denial')
  const router = useRouter({ warn: false }) as ReturnType<typeof useRouter> | null
  // Outside the pages, in a dialog of the shell or a toast, it is an address like any other.
  const region = new URLSearchParams(location.search).get('region') ?? ''
  const search = { region, principal, permission, ...(keyName === undefined ? {} : { key: keyName }) }
  if (router)
    return (
      <Link to="/access" search={search} aria-label={t('explainFor', { permission })} className={buttonClass('link')}>
        {t('explain')}
      </Link>
    )
  const query = new URLSearchParams(search).toString()
  return (
    <a
      href={`${import.meta.env.BASE_URL}access?${query}`}
      aria-label={t('explainFor', { permission })}
      className={buttonClass('link')}
    >
      {t('explain')}
    </a>
  )
}
