import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { ManagerRequest } from '#src/api/contract/key-manager.ts'
import { managerRequests } from '#src/api/key-manager.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './key-manager.module.css'

/** Shown before all are asked for. */
const firstRows = 20

/** The manager's own log, as it sees KMS: of one key, or of all. */
export function RequestLog({ externalKeyId }: { externalKeyId?: string }): ReactNode {
  const api = useApi()
  const t = useText('manager.log')
  const requests = useQuery(managerRequests(api, externalKeyId))
  const [all, setAll] = useState(false)
  const rows = requests.data ?? []
  const shown = all ? rows : rows.slice(0, firstRows)
  return (
    <Card title={t('title')} external>
      <div className={styles.stack}>
        <p className={styles.quiet}>{t('lead')}</p>
        {requests.isPending ? <Skeleton width="full" /> : null}
        {requests.isError ? <ErrorNotice error={requests.error} onRetry={() => void requests.refetch()} /> : null}
        {requests.data?.length === 0 ? <p>{t('empty')}</p> : null}
        {shown.length > 0 ? <LogTable rows={shown} withKey={externalKeyId === undefined} /> : null}
        {rows.length > shown.length ? (
          <Button variant="link" onClick={() => setAll(true)}>
            {t('more', { count: rows.length })}
          </Button>
        ) : null}
      </div>
    </Card>
  )
}

function LogTable(props: { rows: readonly ManagerRequest[]; withKey: boolean }): ReactNode {
  const { rows, withKey } = props
  const t = useText('manager.log')
  const names = [
    'time',
    'operation',
    ...(withKey ? ['key' as const] : []),
    'kmsOperation',
    'principal',
    'result',
    'request',
  ] as const
  return (
    <Table label={t('title')} compact>
      <TableHead columns={names.map((id) => ({ id, label: t(`columns.${id}`) }))} />
      <tbody>
        {rows.map((row, index) => (
          <LogRow key={`${row.time} ${row.kmsRequestId ?? ''} ${rows.length - index}`} row={row} withKey={withKey} />
        ))}
      </tbody>
    </Table>
  )
}

function LogRow(props: { row: ManagerRequest; withKey: boolean }): ReactNode {
  const { row, withKey } = props
  const t = useText('manager.log')
  const region = useRegion()
  const { keyId, kmsRequestId, principalArn, status, error } = row
  return (
    <TableRow>
      <TableCell noWrap>
        <Time value={row.time} seconds />
      </TableCell>
      <TableCell header>{row.operation}</TableCell>
      {withKey ? <TableCell>{keyId === null ? '–' : <Identifier text={keyId} />}</TableCell> : null}
      <TableCell>{row.kmsOperation ?? t('unread')}</TableCell>
      <TableCell>{principalArn === null ? '–' : <Identifier text={principalArn} />}</TableCell>
      <TableCell>
        {error === null ? (
          <StatusMark shape="dot" tone="ok" label={t('ok', { status: String(status) })} />
        ) : (
          <StatusMark shape="square" tone="bad" label={t('refused', { status: String(status), error })} />
        )}
      </TableCell>
      <TableCell>
        {kmsRequestId === null ? (
          '–'
        ) : (
          <Identifier
            text={kmsRequestId}
            link={(content) => (
              <Link
                to="/activity/$requestId"
                params={{ requestId: kmsRequestId }}
                search={{ region }}
                title={t('toCloud')}
              >
                {content}
              </Link>
            )}
          />
        )}
      </TableCell>
    </TableRow>
  )
}
