import type { ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { PlaceFailure } from '#src/components/place-failure.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** Instead of a page about an instance that could not be read: it is not there, one may not see it, or something failed. */
export function InstanceFailure(props: {
  title: string
  error: ApiError
  instanceId: string
  region: string
  onRetry: () => void
}): ReactNode {
  const { title, error, instanceId, region, onRetry } = props
  const t = useText('instances')
  return (
    <>
      <PageHeader title={title} parent={{ to: '/instances', label: t('back') }} />
      <PlaceFailure
        error={error}
        what="instance"
        region={region}
        notFound={{
          title: t('notFound.title'),
          body: t('notFound.body', { instanceId, region }),
          back: t('notFound.back'),
        }}
        onRetry={onRetry}
      />
    </>
  )
}
