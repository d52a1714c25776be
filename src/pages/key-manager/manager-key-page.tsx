import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { parseKeyArn } from '#src/api/contract/arn.ts'
import { isRequestsPerMinute, maxRequestsPerMinute, type ManagerKey } from '#src/api/contract/key-manager.ts'
import { managerKeys, setManagerKeyLimit } from '#src/api/key-manager.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Badge } from '#src/components/ui/badge.tsx'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { RefreshButton } from '#src/components/ui/refresh-button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { Elsewhere } from './elsewhere.tsx'
import styles from './key-manager.module.css'
import { RequestLog } from './request-log.tsx'
import { statusMarks } from './status.ts'
import { useEnabling, useManagerRefresh } from './use-enabling.ts'

/** One external key as its own manager knows it: what it may be used for, who has called it, and what it was asked. */
export function ManagerKeyPage(): ReactNode {
  const { hasManager, address } = useApi().backend
  return hasManager ? <KeyOfManager /> : <Elsewhere address={address} />
}

function KeyOfManager(): ReactNode {
  const { externalKeyId } = useParams({ from: '/key-manager/$externalKeyId' })
  const api = useApi()
  const t = useText('manager')
  const keys = useQuery(managerKeys(api))
  const key = keys.data?.find(({ id }) => id === externalKeyId)
  const region = useRegion()
  const navigate = useNavigate()
  const refreshAll = useManagerRefresh()
  // Kept here: the page learns that the key is gone before its dialog has closed.
  const [deleting, setDeleting] = useState<ManagerKey | null>(null)
  return (
    <div className={styles.page}>
      <PageHeader
        title={externalKeyId}
        parent={{ to: '/key-manager', label: t('detail.back') }}
        aside={
          <>
            <RefreshButton label={t('refresh')} busy={keys.isFetching} onRefresh={() => void keys.refetch()} />
            {key ? <Acts managerKey={key} onDelete={() => setDeleting(key)} /> : null}
          </>
        }
      >
        <Badge tone="external">{t('outside')}</Badge>
        {key ? <StatusMark {...statusMarks[key.status]} label={t(`status.${key.status}`)} /> : null}
      </PageHeader>
      {keys.isPending ? <Skeleton width="full" /> : null}
      {keys.isError ? (
        <ErrorNotice error={keys.error} title={t('failed')} onRetry={() => void keys.refetch()} />
      ) : keys.data && !key ? (
        <Missing id={externalKeyId} />
      ) : null}
      {key ? (
        <>
          <Basics managerKey={key} />
          <Limit key={key.id} managerKey={key} />
          <Callers managerKey={key} />
        </>
      ) : null}
      {keys.data ? <RequestLog externalKeyId={externalKeyId} /> : null}
      {deleting ? (
        <DeleteDialog
          managerKey={deleting}
          onClose={() => setDeleting(null)}
          onDeleted={() => {
            showToast({ tone: 'ok', title: t('detail.deleted', { id: deleting.id }) })
            void navigate({ to: '/key-manager', search: { region } })
            void refreshAll()
          }}
        />
      ) : null}
    </div>
  )
}

function Missing({ id }: { id: string }): ReactNode {
  const t = useText('manager.detail')
  const region = useRegion()
  return (
    <EmptyState
      external
      title={t('notFound', { id })}
      action={
        <Link to="/key-manager" search={{ region }} className={buttonClass('primary')}>
          {t('back')}
        </Link>
      }
    >
      {t('notFoundBody')}
    </EmptyState>
  )
}

function Acts(props: { managerKey: ManagerKey; onDelete: () => void }): ReactNode {
  const { managerKey: key, onDelete } = props
  const t = useText('manager')
  const { enable, disable } = useEnabling()
  return (
    <>
      {key.status === 'ENABLED' ? (
        <Button onClick={() => disable(key.id)}>{t('disable')}</Button>
      ) : (
        <Button onClick={() => enable(key.id)}>{t('enable')}</Button>
      )}
      <Button variant="danger" onClick={onDelete}>
        {t('detail.delete')}
      </Button>
    </>
  )
}

function Basics({ managerKey: key }: { managerKey: ManagerKey }): ReactNode {
  const t = useText('manager')
  return (
    <Card title={t('detail.basics')} external>
      <Facts>
        <Fact term={t('columns.id')}>
          <Identifier text={key.id} thing={t('columns.id')} />
        </Fact>
        {key.name === '' ? null : (
          <Fact term={t('columns.name')}>
            <span dir="auto">{key.name}</span>
          </Fact>
        )}
        <Fact term={t('columns.spec')}>{key.spec}</Fact>
        <Fact term={t('columns.createdAt')}>
          <Time value={key.createdAt} />
        </Fact>
        <Fact term={t('columns.limit')}>
          {key.requestsPerMinute === null ? t('unlimited') : t('perMinute', { count: key.requestsPerMinute })}
        </Fact>
      </Facts>
    </Card>
  )
}

const readLimit = (text: string): number | null => (text.trim() === '' ? null : Number(text))

function Limit({ managerKey: key }: { managerKey: ManagerKey }): ReactNode {
  const api = useApi()
  const t = useText('manager.detail')
  const refreshAll = useManagerRefresh()
  const before = key.requestsPerMinute === null ? '' : String(key.requestsPerMinute)
  const [text, setText] = useState(before)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const isWrong = !/^\s*\d*\s*$/.test(text) || !isRequestsPerMinute(readLimit(text))

  async function save(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      const count = readLimit(text)
      await setManagerKeyLimit(api, key.id, count)
      showToast({ tone: 'ok', title: count === null ? t('limitCleared') : t('limitSaved', { count }) })
      await refreshAll()
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Card title={t('limit')} external>
      <form
        className={styles.limit}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isWrong && !busy && text.trim() !== before) void save()
        }}
      >
        <Field
          label={t('limitLabel')}
          hint={t('limitHint', { max: maxRequestsPerMinute })}
          error={isWrong ? t('limitWrong', { max: maxRequestsPerMinute }) : undefined}
        >
          <TextInput inputMode="numeric" maxLength={8} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <div>
          <Button
            type="submit"
            busy={busy}
            disabledReason={isWrong ? t('limitWrong', { max: maxRequestsPerMinute }) : undefined}
          >
            {t('save')}
          </Button>
        </div>
        {error === null ? null : <ErrorNotice error={error} />}
      </form>
    </Card>
  )
}

function Callers({ managerKey: key }: { managerKey: ManagerKey }): ReactNode {
  const t = useText('manager.detail')
  const { callers } = key
  return (
    <Card title={t('callers')} external>
      <div className={styles.stack}>
        <p className={styles.quiet}>{t('callersLead')}</p>
        {callers.length === 0 ? (
          <p>{t('callersNone')}</p>
        ) : (
          <Table label={t('callers')} compact>
            <TableHead
              columns={[
                { id: 'arn', label: t('callerArn') },
                { id: 'last', label: t('callerLast') },
              ]}
            />
            <tbody>
              {callers.map(({ kmsKeyArn, lastRequestAt }) => (
                <TableRow key={kmsKeyArn}>
                  <TableCell header>
                    <CallerArn arn={kmsKeyArn} />
                  </TableCell>
                  <TableCell noWrap>
                    <Time value={lastRequestAt} />
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </Card>
  )
}

/** Across the border, where the ARN names a key that the console can open. */
function CallerArn({ arn }: { arn: string }): ReactNode {
  const t = useText('manager.detail')
  const parsed = parseKeyArn(arn)
  return (
    <Identifier
      text={arn}
      thing={t('callerArn')}
      {...(parsed
        ? {
            link: (content: ReactNode) => (
              <Link to="/keys/$keyId" params={{ keyId: parsed.keyId }} search={{ region: parsed.region }}>
                {content}
              </Link>
            ),
          }
        : {})}
    />
  )
}
