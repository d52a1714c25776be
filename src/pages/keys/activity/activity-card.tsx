/** What was asked of a key: who, what, when, with which result. A view of the cloud's one trace, which forgets when the emulator restarts. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, type ReactNode } from 'react'
import { isDenied, type ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { Output } from '#src/api/contract/actions.ts'
import { firstActions } from '#src/api/contract/first-actions.ts'
import type { KeyEvent } from '#src/api/contract/extensions.ts'
import { q } from '#src/api/queries.ts'
import { DeniedNotice } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { RefreshButton } from '#src/components/ui/refresh-button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Pagination } from '#src/components/ui/pagination.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { CellLines, Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { ActivityFilters } from './activity-filters.tsx'
import { activityInput, isFiltered, readActivitySearch, type ActivitySearch } from './activity-search.ts'
import styles from './activity.module.css'

export default function ActivityCard(props: { keyId: string; region: string }): ReactNode {
  const { keyId, region } = props
  const api = useApi()
  const t = useText('activity')
  const search = useSearch({ from: '/keys/$keyId' })
  const navigate = useNavigate()
  const activity = useQuery({
    ...q(api, region, 'ListKeyActivity', activityInput(keyId, search)),
    placeholderData: keepPreviousData,
  })
  const onSearch = useCallback(
    (next: ActivitySearch) =>
      void navigate({
        to: '.',
        search: (now) => ({ region: now.region ?? region, ...readActivitySearch({ ...next }) }),
        replace: true,
        resetScroll: false,
      }),
    [navigate, region],
  )

  return (
    <Card
      title={t('title')}
      aside={
        <RefreshButton label={t('refresh')} busy={activity.isFetching} onRefresh={() => void activity.refetch()} />
      }
    >
      <p className={styles.note}>{t('note')}</p>
      {activity.isPending ? (
        <Skeleton width="full" />
      ) : activity.isError ? (
        <Failure error={activity.error} onRetry={() => void activity.refetch()} />
      ) : (
        <>
          <ActivityFilters
            search={search}
            actions={activity.data.Actions}
            principals={activity.data.Principals}
            onSearch={onSearch}
          />
          <Events activity={activity.data} search={search} onSearch={onSearch} />
        </>
      )}
    </Card>
  )
}

function Failure(props: { error: ApiError; onRetry: () => void }): ReactNode {
  const { error, onRetry } = props
  const t = useText('activity')
  if (error.code === 'InvalidAction.NotFound') return <Notice>{t('unknown')}</Notice>
  if (isDenied(error))
    return (
      <DeniedNotice error={error}>{t('denied', { permission: firstActions.ListKeyActivity.permission })}</DeniedNotice>
    )
  return <ErrorNotice error={error} onRetry={onRetry} />
}

const columns = ['time', 'action', 'principal', 'result', 'request'] as const

function Events(props: {
  activity: Output<'ListKeyActivity'>
  search: ActivitySearch
  onSearch: (next: ActivitySearch) => void
}): ReactNode {
  const { activity, search, onSearch } = props
  const t = useText('activity')
  const { TotalCount: total, Events: events } = activity
  const { page = 1, size = 10 } = search
  if (total === 0) return <p>{t(isFiltered(search) ? 'noMatch' : 'empty')}</p>
  return (
    <Table
      label={t('title')}
      foot={
        <Pagination
          page={page}
          size={size}
          total={total}
          summary={t('total', { total })}
          onPage={(next) => onSearch({ ...search, page: next })}
          onSize={(next) => onSearch(readActivitySearch({ ...search, size: next, page: 1 }))}
        />
      }
    >
      <TableHead columns={columns.map((id) => ({ id, label: t(id) }))} />
      <tbody>
        {events.Event.map((event) => (
          <EventRow key={event.RequestId} event={event} />
        ))}
      </tbody>
    </Table>
  )
}

/** `acs:ram::<uid>:user/<name>` reads as `user/<name>` with its account beneath. */
const nameIn = (arn: string): { readonly name: string; readonly account: string } => {
  const [, account = '', name = arn] = /^acs:ram::([0-9]+):(.+)$/.exec(arn) ?? []
  return { name, account }
}

function EventRow({ event }: { event: KeyEvent }): ReactNode {
  const t = useText('activity')
  const { accountId: ownAccount } = useApi().identity
  const { name, account } = nameIn(event.PrincipalArn)
  const success = event.Result === 'Success'
  return (
    <TableRow>
      <TableCell noWrap>
        <Time value={event.Time} seconds />
      </TableCell>
      <TableCell header noWrap>
        <code>{event.Action}</code>
      </TableCell>
      <TableCell>
        <CellLines>
          <span title={event.PrincipalArn}>{name}</span>
          <span className={styles.quiet}>{account}</span>
        </CellLines>
      </TableCell>
      <TableCell>
        <StatusMark
          shape={success ? 'dot' : 'triangle'}
          tone={success ? 'ok' : 'bad'}
          label={t(success ? 'success' : 'refused')}
          detail={success ? t('duration', { ms: event.DurationMs }) : <code>{event.ErrorCode || t('noAnswer')}</code>}
        />
      </TableCell>
      <TableCell>
        <span className={styles.request}>
          <Identifier
            text={event.RequestId}
            thing={t('request')}
            link={(content) =>
              account === ownAccount ? (
                <Link to="/activity/$requestId" params={{ requestId: event.RequestId }} className={styles.link}>
                  {content}
                </Link>
              ) : (
                content
              )
            }
          />
        </span>
      </TableCell>
    </TableRow>
  )
}
