import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { isDenied, type ApiError } from '#src/api/api-error.ts'
import { DeniedPlace } from './denied.tsx'
import { ErrorNotice } from './error-notice.tsx'
import { buttonClass } from './ui/button.tsx'
import { EmptyState } from './ui/empty-state.tsx'

/** Why a page cannot show what its address names: it is not here, one may not see it, or asking failed. */
export function PlaceFailure(props: {
  error: ApiError
  what: 'key' | 'instance'
  region: string
  /** In the page's own words; `back`: to the keys. */
  notFound: { readonly title: string; readonly body: string; readonly back: string }
  onRetry: () => void
  /** Instead of the usual words for a denial or a failure. */
  otherwise?: ReactNode
}): ReactNode {
  const { error, what, region, notFound, onRetry } = props
  if (isGone(error))
    return (
      <EmptyState
        title={notFound.title}
        action={
          <Link to="/keys" search={{ region }} className={buttonClass('primary')}>
            {notFound.back}
          </Link>
        }
      >
        {notFound.body}
      </EmptyState>
    )
  if (props.otherwise !== undefined) return props.otherwise
  return isDenied(error) ? <DeniedPlace error={error} what={what} /> : <ErrorNotice error={error} onRetry={onRetry} />
}

/** A deleted key takes its aliases with it, and an address may hold one. */
const goneCodes: ReadonlySet<string> = new Set([
  'Forbidden.KeyNotFound',
  'Forbidden.AliasNotFound',
  'Forbidden.DKMSInstanceNotFound',
])
const isGone = ({ code }: ApiError): boolean => goneCodes.has(code)
