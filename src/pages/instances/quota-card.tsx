import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance, QuotaUnit } from '#src/api/contract/instances.ts'
import { allAliases } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { Meter } from '#src/components/ui/meter.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useCloudTime } from '#src/components/use-cloud-time.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './instances.module.css'
import { timeLeft, unitRows, type UnitRow } from './unit-rows.ts'
import { useVpcQuota } from './use-vpc-quota.ts'

/** The access management quota: how much of it is left, and what each unit is spent on. */
export function QuotaCard(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const t = useText('instances.quota')
  const { info, asked } = useVpcQuota(region, instance.InstanceId)
  if (asked.isPending)
    return (
      <Card title={t('title')}>
        <Skeleton width="full" />
      </Card>
    )
  if (!info)
    return (
      <Card title={t('title')}>
        {asked.error ? (
          <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} />
        ) : (
          <p className={styles.hint}>{t('unknown')}</p>
        )}
      </Card>
    )
  const { ResourceQuota: total, UsedQuantity: used } = info
  const rows = unitRows(info, instance.VpcId)
  return (
    <Card title={t('title')}>
      <Meter label={t('title')} total={total} used={used} />
      {used >= total ? <Notice tone="warn">{t('full')}</Notice> : null}
      {rows === null ? (
        <p className={styles.hint}>{t('notTold')}</p>
      ) : (
        <Units rows={rows} region={region} onReturned={() => void asked.refetch()} />
      )}
      <p className={styles.hint}>{t('rule')}</p>
    </Card>
  )
}

function Units(props: { rows: readonly UnitRow[]; region: string; onReturned: () => void }): ReactNode {
  const { rows, region, onReturned } = props
  const t = useText('instances.quota')
  const columns = [
    { id: 'what', label: t('columns.what') },
    { id: 'id', label: t('columns.id') },
    { id: 'why', label: t('columns.why') },
  ]
  return (
    <Table label={t('table')} compact>
      <TableHead columns={columns} />
      <tbody>
        {rows.map((row) => (
          <TableRow key={`${row.kind} ${row.id}`}>
            <TableCell noWrap>{t(`kind.${row.kind}`)}</TableCell>
            <TableCell header noWrap>
              <span className={styles.mono}>{row.id}</span>
            </TableCell>
            <TableCell>
              <Why row={row} region={region} onReturned={onReturned} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}

function Why(props: { row: UnitRow; region: string; onReturned: () => void }): ReactNode {
  const { row, region, onReturned } = props
  const t = useText('instances.quota')
  if (row.kind === 'vpc') return t(row.isOwn ? 'ownVpc' : 'boundVpc')
  if (row.kind === 'returning') return <ReturnsAt value={row.returnsAt} onReturned={onReturned} />
  return <AccountReasons unit={row.unit} region={region} />
}

/** When a withdrawn unit is free again, with what is left till then. */
function ReturnsAt({ value, onReturned }: { value: string; onReturned: () => void }): ReactNode {
  const t = useText('instances.quota')
  const left = timeLeft(value, useCloudTime(1000))
  const isOver = left === null
  const returned = useRef(onReturned)
  useEffect(() => {
    returned.current = onReturned
  })
  // Nothing is announced when time goes on by itself.
  useEffect(() => {
    if (isOver) returned.current()
  }, [isOver])
  return (
    <span>
      {t.rich('returns', { time: () => <Time value={value} seconds /> })} {left ? t('left', left) : t('returned')}
    </span>
  )
}

/** An account takes one unit, however many reasons there are. */
function AccountReasons({ unit, region }: { unit: QuotaUnit; region: string }): ReactNode {
  const t = useText('instances.quota')
  const { ResourceShares: shares, Keys, KeyCount } = unit
  const more = KeyCount - Keys.length
  return (
    <div className={styles.words}>
      {shares.length === 0 ? null : (
        <span>
          {t('shared', {
            count: shares.length,
            names: shares.map(({ ResourceShareName }) => ResourceShareName).join(t('separator')),
          })}
        </span>
      )}
      {KeyCount === 0 ? null : (
        <span>
          {t('named', { count: KeyCount })}
          {Keys.length === 0 ? null : <NamingKeys keyIds={Keys} region={region} />}
          {more > 0 ? <span className={styles.hint}>{t('moreKeys', { count: more })}</span> : null}
        </span>
      )}
    </div>
  )
}

/** By alias where they have one. */
function NamingKeys(props: { keyIds: readonly string[]; region: string }): ReactNode {
  const { keyIds, region } = props
  const api = useApi()
  const aliases = useQuery(allAliases(api, region))
  const nameOf = (keyId: string): string => aliases.data?.find(({ KeyId }) => KeyId === keyId)?.AliasName ?? keyId
  return (
    <ul className={styles.keys}>
      {keyIds.map((keyId) => (
        <li key={keyId}>
          <Link to="/keys/$keyId" params={{ keyId }} search={{ region }} hash="policy">
            {nameOf(keyId)}
          </Link>
        </li>
      ))}
    </ul>
  )
}
