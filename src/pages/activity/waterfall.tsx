import type { ReactNode } from 'react'
import type { RequestTrace } from '#src/api/contract/requests.ts'
import { Card } from '#src/components/ui/card.tsx'
import { cx } from '#src/components/ui/cx.ts'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { Table, TableHead } from '#src/components/ui/table.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useStepName } from './use-step-name.ts'
import styles from './waterfall.module.css'
import { wayOf, type WayRow } from './way.ts'

const columns = ['step', 'start', 'duration', 'timeline', 'outcome', 'note'] as const
const indents = [undefined, styles.one, styles.two, styles.three]

/** The way of a request as a table: times stand in it as text, and beside them as bars for the eye. */
export function Waterfall({ trace }: { trace: RequestTrace }): ReactNode {
  const t = useText('requests.way')
  return (
    <Card title={t('title')}>
      <p className={styles.note}>{t('note')}</p>
      <Table label={t('title')} compact>
        <TableHead
          columns={columns.map((id) => ({
            id,
            label: t(`column.${id}`),
            end: id === 'start' || id === 'duration',
          }))}
        />
        <tbody>
          {wayOf(trace).map((row) => (
            <Row key={row.id} row={row} total={trace.DurationMs} />
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function useRowName(): (row: WayRow) => string {
  const t = useText('requests.way')
  const hops = useText('requests.hops')
  const stepName = useStepName()
  return ({ kind, hop, name, depth }) => {
    if (kind === 'step') return stepName(hop, name)
    if (depth === 0) return t('console')
    if (hop === 'keyManager' && depth === 2) return t('keyManager')
    if (hop === 'proxy') return t('proxy', { operation: name })
    return t('child', { hop: hops(hop), operation: name })
  }
}

function Row({ row, total }: { row: WayRow; total: number }): ReactNode {
  const t = useText('requests')
  const nameOf = useRowName()
  const { kind, hop, start, duration, depth } = row
  const time = (ms: number | null): string => (ms === null ? '–' : t('ms', { ms: ms.toFixed(2) }))
  return (
    <tr className={cx(kind === 'party' && styles.party)}>
      <th scope="row">
        <span className={cx(styles.name, indents[depth])}>{nameOf(row)}</span>
      </th>
      <td className={styles.number}>{time(start)}</td>
      <td className={styles.number}>{time(duration)}</td>
      <td className={styles.timeline}>
        {start === null || duration === null ? null : (
          <div aria-hidden className={styles.track}>
            <div
              className={cx(styles.bar, hop !== 'kms' && styles.external, row.failed && styles.failed)}
              style={barAt(start, duration, total)}
            />
          </div>
        )}
      </td>
      <td className={styles.outcome}>
        <OutcomeMark row={row} />
      </td>
      <td className={styles.seen}>{row.start === null && !row.failed ? t('way.within') : row.note}</td>
    </tr>
  )
}

/** A bar is never too thin to be seen. */
function barAt(start: number, duration: number, total: number): { insetInlineStart: string; width: string } {
  const whole = Math.max(total, 0.001)
  const from = Math.min(Math.max(start / whole, 0), 1)
  const share = Math.min(Math.max(duration / whole, 0), 1 - from)
  return { insetInlineStart: `${from * 100}%`, width: `max(2px, ${share * 100}%)` }
}

function OutcomeMark({ row }: { row: WayRow }): ReactNode {
  const t = useText('requests.way')
  const { failed, code, status, kind } = row
  if (failed)
    return <StatusMark shape="triangle" tone="bad" label={code === '' ? t('failed') : t('failedWith', { code })} />
  if (kind === 'party' && status !== null)
    return status === 0 ? (
      <StatusMark shape="square" tone="warn" label={t('noAnswer')} />
    ) : (
      <StatusMark
        shape={code === '' ? 'dot' : 'ring'}
        tone={code === '' ? 'ok' : 'idle'}
        label={t('answered', { status: code === '' ? String(status) : `${status} ${code}` })}
      />
    )
  return <StatusMark shape="dot" tone="ok" label={t('done')} />
}
