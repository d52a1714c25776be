import type { ReactNode } from 'react'
import { Band } from '#src/components/chart/band.tsx'
import type { AreaLook } from '#src/components/chart/looks.tsx'
import { InstanceStatusMark } from '#src/components/instance-mark.tsx'
import { Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import type { InstanceStatus } from '#src/api/contract/states.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/instances/instances.module.css'
import { spansOf, type Health } from './figures.ts'

const looks: Readonly<Record<InstanceStatus, AreaLook>> = {
  Uninitialized: 'idle',
  Connecting: 'cloud',
  Connected: 'good',
  Disconnected: 'bad',
  Error: 'bad',
}

/** So many changes are told in words at first sight. */
const shown = 10

export function States({ health }: { health: Health }): ReactNode {
  const { States: states, From, To } = health
  const t = useText('instances.health.states')
  const causes = useText('errors.cause')
  const spans = spansOf(states)
  const earlier = spans.length - shown
  return (
    <div className={styles.stack}>
      <Band
        from={Date.parse(From)}
        to={Date.parse(To)}
        parts={states.map(({ At, Status }) => ({ at: Date.parse(At), look: looks[Status] }))}
      />
      <Table label={t('title')} compact>
        <TableHead
          columns={(['status', 'from', 'until', 'why'] as const).map((id) => ({ id, label: t(`column.${id}`) }))}
        />
        <tbody>
          {spans.slice(0, shown).map(({ At, Until, Status, Cause }) => (
            <TableRow key={At}>
              <TableCell header noWrap>
                <InstanceStatusMark status={Status} />
              </TableCell>
              <TableCell noWrap>
                <Time value={At} seconds />
              </TableCell>
              <TableCell noWrap>{Until === null ? t('lasts') : <Time value={Until} seconds />}</TableCell>
              <TableCell>
                <div className={styles.words}>{Cause === '' ? '–' : causes(Cause)}</div>
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {earlier > 0 ? <p className={styles.hint}>{t('earlier', { count: earlier })}</p> : null}
    </div>
  )
}
