/** Requests as they come in: followed live or standing still, narrowed, and each one to open. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import type { ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { requestsPermission } from '#src/api/contract/requests.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './activity.module.css'
import { Filters } from './filters.tsx'
import { requestsPage } from './queries.ts'
import { readRequestsSearch, type RequestsSearch } from './requests-search.ts'
import { RequestsTable } from './requests-table.tsx'

export { RequestPage } from './request-page.tsx'

const route = '/activity'

const isFiltered = ({ action, principal, outcome, hop, since }: RequestsSearch): boolean =>
  [action, principal, outcome, hop, since].some((value) => value !== undefined)

export function ActivityPage(): ReactNode {
  const region = useRegion()
  const search = useSearch({ from: route })
  const navigate = useNavigate({ from: route })
  const api = useApi()
  const t = useText('requests')
  const { until } = search
  const newest = useQuery(requestsPage(api, region, search, 1))
  const onSearch = (next: RequestsSearch): void =>
    void navigate({ search: { region, ...readRequestsSearch({ ...next }) }, replace: true, resetScroll: false })

  return (
    <div className={styles.stack}>
      <PageHeader
        title={t('title')}
        aside={
          <Button
            icon={until === undefined ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
            onClick={() =>
              onSearch({
                ...search,
                until: until === undefined ? new Date(api.backend.now()).toISOString() : undefined,
              })
            }
          >
            {t(until === undefined ? 'pause' : 'follow')}
          </Button>
        }
      />
      <p className={styles.quiet}>{t('lead')}</p>
      {newest.data?.Scope === 'Own' ? <Notice>{t('own', { permission: requestsPermission })}</Notice> : null}
      <Filters
        search={search}
        region={region}
        actions={newest.data?.Actions ?? []}
        principals={newest.data?.Principals ?? []}
        isFiltered={isFiltered(search)}
        onSearch={onSearch}
      />
      {newest.isPending ? (
        <div aria-busy="true">
          <Skeleton width="full" />
        </div>
      ) : newest.isError ? (
        <Failure error={newest.error} onRetry={() => void newest.refetch()} />
      ) : (
        <>
          <p className={styles.state}>
            <span>{t('total', { total: newest.data.TotalCount })}</span>
            <span className={styles.quiet}>
              {until === undefined ? t('following') : t.rich('paused', { time: () => <Time value={until} seconds /> })}
            </span>
          </p>
          {newest.data.TotalCount === 0 ? (
            <p>{t(isFiltered(search) ? 'noMatch' : 'empty')}</p>
          ) : (
            <RequestsTable search={search} region={region} total={newest.data.TotalCount} />
          )}
        </>
      )}
    </div>
  )
}

function Failure(props: { error: ApiError; onRetry: () => void }): ReactNode {
  const { error, onRetry } = props
  const t = useText('requests')
  if (error.code === 'InvalidAction.NotFound') return <Notice>{t('unknown')}</Notice>
  return <ErrorNotice error={error} onRetry={onRetry} />
}
