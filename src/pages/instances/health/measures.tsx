import type { ReactNode } from 'react'
import { Lines } from '#src/components/chart/lines.tsx'
import { StackedBars } from '#src/components/chart/stacked-bars.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { localStamp } from '#src/components/ui/stamp.ts'
import { Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/instances/instances.module.css'
import { barsOf, type Health } from './figures.ts'

/** The charts of what was measured, and the same in figures. */
export function Measures({ health }: { health: Health }): ReactNode {
  const { Buckets, BucketSeconds, AnswerBudgetMs } = health
  const t = useText('instances.health')
  const hops = useText('errors.hop')
  const step = BucketSeconds * 1000
  const rows = Buckets.map((bucket) => ({ ...bucket, at: Date.parse(bucket.Start) }))
  const stamp = (at: number): string => localStamp(new Date(at), step < 60_000)
  const ms = (value: number | null | undefined): string => (typeof value === 'number' ? t('ms', { ms: value }) : '–')
  return (
    <>
      <Card title={t('requests.title')}>
        <div className={styles.stack}>
          <StackedBars
            label={t('requests.chart')}
            step={step}
            series={[
              { label: t('requests.succeeded'), look: 'good' },
              { label: t('requests.failedAt', { hop: hops('kms') }), look: 'cloud' },
              { label: t('requests.failedAt', { hop: hops('proxy') }), look: 'bad' },
              { label: t('requests.failedAt', { hop: hops('keyManager') }), look: 'external' },
            ]}
            rows={rows.map((row) => ({ at: row.at, values: barsOf(row) }))}
            describe={({ at, values: [succeeded = 0, kms = 0, proxy = 0, keyManager = 0] }) =>
              t('requests.read', { time: stamp(at), succeeded, kms, proxy, keyManager })
            }
            hint={t('hint')}
          />
          <Disclosure summary={t('figures.title')}>
            <Figures rows={rows.filter(({ Requests }) => Requests > 0)} seconds={step < 60_000} ms={ms} />
          </Disclosure>
        </div>
      </Card>
      <Card title={t('latency.title')}>
        <Lines
          label={t('latency.chart')}
          step={step}
          series={[
            { label: 'P50', look: 'whole' },
            { label: 'P90', look: 'dashed' },
            { label: 'P99', look: 'dotted' },
          ]}
          limit={{ label: t('latency.limit', { ms: AnswerBudgetMs }), value: AnswerBudgetMs }}
          rows={rows.map(({ at, P50, P90, P99 }) => ({ at, values: [P50, P90, P99] }))}
          tickText={String}
          describe={({ at, values: [p50, p90, p99] }) =>
            typeof p50 === 'number'
              ? t('latency.read', { time: stamp(at), p50: ms(p50), p90: ms(p90), p99: ms(p99) })
              : t('latency.none', { time: stamp(at) })
          }
          hint={t('hint')}
        />
      </Card>
    </>
  )
}

const columns = ['time', 'requests', 'kms', 'proxy', 'keyManager', 'p50', 'p90', 'p99'] as const

function Figures(props: {
  rows: readonly (Health['Buckets'][number] & { readonly at: number })[]
  seconds: boolean
  ms: (value: number | null) => string
}): ReactNode {
  const { rows, seconds, ms } = props
  const t = useText('instances.health')
  if (rows.length === 0) return <p className={styles.hint}>{t('figures.none')}</p>
  return (
    <Table label={t('figures.title')} compact>
      <TableHead columns={columns.map((id) => ({ id, label: t(`figures.column.${id}`), end: id !== 'time' }))} />
      <tbody>
        {rows.map(({ at, Requests, Failures, P50, P90, P99 }) => (
          <TableRow key={at}>
            <TableCell header noWrap>
              <Time value={at} seconds={seconds} />
            </TableCell>
            {[Requests, Failures.kms, Failures.proxy, Failures.keyManager].map((count, index) => (
              <TableCell key={columns[index + 1]} end>
                {t('count', { count })}
              </TableCell>
            ))}
            {[P50, P90, P99].map((value, index) => (
              <TableCell key={columns[index + 5]} end noWrap>
                {ms(value)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}
