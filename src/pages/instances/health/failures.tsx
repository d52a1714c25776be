import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/instances/instances.module.css'
import type { Health } from './figures.ts'

export function Failures(props: { failures: Health['Failures']; region: string }): ReactNode {
  const { failures, region } = props
  const t = useText('instances.health.failures')
  const hops = useText('errors.hop')
  const causes = useText('errors.cause')
  if (failures.length === 0) return <p className={styles.hint}>{t('none')}</p>
  return (
    <Table label={t('title')} compact>
      <TableHead
        columns={(['time', 'action', 'hop', 'cause', 'request'] as const).map((id) => ({
          id,
          label: t(`column.${id}`),
        }))}
      />
      <tbody>
        {failures.map(({ RequestId: requestId, Time: time, Action, Hop, Cause }) => (
          <TableRow key={requestId}>
            <TableCell noWrap>
              <Time value={time} seconds />
            </TableCell>
            <TableCell header noWrap>
              <Link to="/activity/$requestId" params={{ requestId }} search={{ region }} preload={false}>
                {Action}
              </Link>
            </TableCell>
            <TableCell noWrap>{hops(Hop)}</TableCell>
            <TableCell>
              <div className={styles.words}>{causes(Cause)}</div>
            </TableCell>
            <TableCell noWrap>
              <Identifier text={requestId} thing={t('column.request')} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}
