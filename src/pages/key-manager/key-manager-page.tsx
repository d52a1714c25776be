import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Plus from 'lucide-react/icons/plus'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { ManagerKey } from '#src/api/contract/key-manager.ts'
import { managerKeys } from '#src/api/key-manager.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Badge } from '#src/components/ui/badge.tsx'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { RefreshButton } from '#src/components/ui/refresh-button.tsx'
import { CopyButton } from '#src/components/ui/copy-button.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { RowActions, Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { Elsewhere } from './elsewhere.tsx'
import { HealthCard } from './health-card.tsx'
import styles from './key-manager.module.css'
import { ProxyCard } from './proxy-card.tsx'
import { RequestLog } from './request-log.tsx'
import { statusMarks } from './status.ts'
import { useEnabling } from './use-enabling.ts'

const CreatePanel = lazy(() =>
  import('./create-manager-key.tsx').then((module) => ({ default: module.CreateManagerKey })),
)

const matches = ({ id, name }: ManagerKey, search: string): boolean =>
  id.toLowerCase().includes(search) || name.toLowerCase().includes(search)

const newestFirst = (a: ManagerKey, b: ManagerKey): number => Date.parse(b.createdAt) - Date.parse(a.createdAt)

/** The customer's own key manager: plainly outside the cloud. It knows nothing of KMS keys. */
export function KeyManagerPage(): ReactNode {
  const { hasManager, address } = useApi().backend
  return hasManager ? <KeyManager /> : <Elsewhere address={address} />
}

function KeyManager(): ReactNode {
  const api = useApi()
  const region = useRegion()
  const t = useText('manager')
  const keys = useQuery(managerKeys(api))
  const [search, setSearch] = useState('')
  const [creating, setCreating] = useState(false)
  const [created, setCreated] = useState<ManagerKey | null>(null)
  const wanted = search.trim().toLowerCase()
  const shown = (keys.data ?? []).filter((key) => matches(key, wanted)).toSorted(newestFirst)

  return (
    <div className={styles.page}>
      <PageHeader
        title={t('title')}
        aside={
          <>
            <RefreshButton label={t('refresh')} busy={keys.isFetching} onRefresh={() => void keys.refetch()} />
            <Button variant="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
              {t('create')}
            </Button>
          </>
        }
      >
        <Badge tone="external">{t('outside')}</Badge>
      </PageHeader>
      <Notice tone="external">
        {t('intro')} {t('simulated')}
      </Notice>
      {created ? (
        <Notice
          tone="ok"
          live
          title={t('created.title', { id: created.id })}
          actions={
            <>
              <CopyButton text={created.id} thing={t('columns.id')} label={t('columns.id')} />
              <Link to="/keys" search={{ region }} className={buttonClass('link')}>
                {t('useInKms')}
              </Link>
            </>
          }
        >
          {t('created.body')}
        </Notice>
      ) : null}
      {keys.isError ? (
        <ErrorNotice error={keys.error} title={t('failed')} onRetry={() => void keys.refetch()} />
      ) : keys.data?.length === 0 ? (
        <EmptyState
          external
          title={t('empty.title')}
          action={
            <Button variant="primary" onClick={() => setCreating(true)}>
              {t('create')}
            </Button>
          }
        >
          {t('empty.body')}
        </EmptyState>
      ) : (
        <>
          <div className={styles.tools}>
            <TextInput
              type="search"
              aria-label={t('search')}
              placeholder={t('search')}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
            <span className={styles.count}>{keys.data ? t('count', { count: shown.length }) : null}</span>
          </div>
          {keys.data && shown.length === 0 ? (
            <EmptyState
              title={t('noMatch.title', { search: search.trim() })}
              action={<Button onClick={() => setSearch('')}>{t('noMatch.clear')}</Button>}
            />
          ) : (
            <KeyTable keys={keys.data ? shown : null} markedId={created?.id ?? null} />
          )}
        </>
      )}
      {keys.data ? (
        <>
          <ProxyCard />
          <HealthCard />
          <RequestLog />
        </>
      ) : null}
      {creating ? (
        <Suspense>
          <CreatePanel
            onClose={() => setCreating(false)}
            onCreated={(key) => {
              setCreated(key)
              setCreating(false)
              setSearch('')
              void keys.refetch()
            }}
          />
        </Suspense>
      ) : null}
    </div>
  )
}

function KeyTable(props: { keys: readonly ManagerKey[] | null; markedId: string | null }): ReactNode {
  const { keys, markedId } = props
  const t = useText('manager')
  const columns = [
    { id: 'id', label: t('columns.id') },
    { id: 'name', label: t('columns.name') },
    { id: 'status', label: t('columns.status') },
    { id: 'limit', label: t('columns.limit') },
    { id: 'calledBy', label: t('columns.calledBy') },
    { id: 'createdAt', label: t('columns.createdAt') },
    { id: 'actions', label: t('columns.actions'), end: true },
  ]
  return (
    <Table label={t('title')} busy={keys === null}>
      <TableHead columns={columns} />
      <tbody>
        {keys === null
          ? [0, 1, 2].map((row) => (
              <TableRow key={row}>
                {columns.map(({ id }) => (
                  <TableCell key={id}>
                    <Skeleton />
                  </TableCell>
                ))}
              </TableRow>
            ))
          : keys.map((key) => <KeyRow key={key.id} managerKey={key} marked={key.id === markedId} />)}
      </tbody>
    </Table>
  )
}

function KeyRow(props: { managerKey: ManagerKey; marked: boolean }): ReactNode {
  const { managerKey: key, marked } = props
  const region = useRegion()
  const { enable, disable } = useEnabling()
  const t = useText('manager')
  return (
    <TableRow marked={marked}>
      <TableCell header>
        <Identifier
          text={key.id}
          thing={t('columns.id')}
          link={(content) => (
            <Link to="/key-manager/$externalKeyId" params={{ externalKeyId: key.id }} search={{ region }}>
              {content}
            </Link>
          )}
        />
      </TableCell>
      <TableCell>
        <span dir="auto">{key.name}</span>
      </TableCell>
      <TableCell>
        <StatusMark {...statusMarks[key.status]} label={t(`status.${key.status}`)} />
      </TableCell>
      <TableCell noWrap>
        {key.requestsPerMinute === null ? t('unlimited') : t('perMinute', { count: key.requestsPerMinute })}
      </TableCell>
      <TableCell noWrap>{t('callers', { count: key.callers.length })}</TableCell>
      <TableCell noWrap>
        <Time value={key.createdAt} />
      </TableCell>
      <TableCell end>
        <RowActions>
          {key.status === 'ENABLED' ? (
            <Button variant="link" onClick={() => disable(key.id)}>
              {t('disable')}
            </Button>
          ) : (
            <Button variant="link" onClick={() => enable(key.id)}>
              {t('enable')}
            </Button>
          )}
        </RowActions>
      </TableCell>
    </TableRow>
  )
}
