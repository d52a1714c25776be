import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { RequestEntry } from '#src/api/contract/requests.ts'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './activity.module.css'
import { requestsPage, rowsPerPage } from './queries.ts'
import type { RequestsSearch } from './requests-search.ts'

const columns = ['time', 'action', 'principal', 'result', 'hop', 'duration', 'request'] as const
/** As in activity.module.css, px. */
const rowHeight = 40

/** All requests that match in a box that scrolls: only the rows in sight are in the document, and only their pages are asked for. */
export function RequestsTable(props: { search: RequestsSearch; region: string; total: number }): ReactNode {
  const { search, region, total } = props
  const api = useApi()
  const t = useText('requests')
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const from = Math.floor(first / rowsPerPage)
  const pages = Array.from({ length: Math.floor(last / rowsPerPage) - from + 1 }, (_, at) => from + at + 1)
  const answers = useQueries({ queries: pages.map((page) => requestsPage(api, region, search, page)) })
  const rowAt = (index: number): RequestEntry | undefined =>
    answers[Math.floor(index / rowsPerPage) - from]?.data?.Requests.Request[index % rowsPerPage]
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div ref={box} className={styles.box} role="region" aria-label={t('table')} tabIndex={0}>
      <table className={styles.table} aria-label={t('table')} aria-rowcount={total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((id) => (
              <th key={id} scope="col" className={styles[id]}>
                {t(`column.${id}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} />
          {items.map(({ index }) => {
            const row = rowAt(index)
            return row ? (
              <Row key={row.RequestId} row={row} region={region} index={index} />
            ) : (
              <tr key={`row ${index}`} aria-rowindex={index + 2} className={styles.row}>
                <td colSpan={columns.length} aria-label={t('loading')}>
                  <Skeleton width="full" />
                </td>
              </tr>
            )
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </div>
  )
}

/** The place of rows that are not in the document. */
function Gap({ height }: { height: number }): ReactNode {
  const t = useText('requests')
  if (height <= 0) return null
  return (
    <tr aria-hidden className={styles.gap}>
      <td colSpan={columns.length} style={{ height }} aria-label={t('loading')} />
    </tr>
  )
}

const marks = {
  Success: { shape: 'dot', tone: 'ok' },
  Refused: { shape: 'triangle', tone: 'bad' },
  NoAnswer: { shape: 'square', tone: 'warn' },
} as const satisfies Record<RequestEntry['Result'], object>

function Row(props: { row: RequestEntry; region: string; index: number }): ReactNode {
  const { row, region, index } = props
  const t = useText('requests')
  const { RequestId: requestId, Action, PrincipalArn, Result, ErrorCode, Hop, DurationMs } = row
  return (
    <tr aria-rowindex={index + 2} className={styles.row}>
      <td>
        <Time value={row.Time} seconds />
      </td>
      <th scope="row">
        <Link
          to="/activity/$requestId"
          params={{ requestId }}
          search={{ region }}
          preload={false}
          className={styles.link}
          title={Action}
        >
          {Action}
        </Link>
      </th>
      <td title={PrincipalArn}>{PrincipalArn.replace(/^acs:ram::[0-9]+:/, '')}</td>
      <td title={ErrorCode}>
        <StatusMark
          {...marks[Result]}
          label={
            ErrorCode === '' ? (
              t(`outcome.${Result}`)
            ) : (
              <>
                {t(`outcome.${Result}`)} <code>{ErrorCode}</code>
              </>
            )
          }
        />
      </td>
      <td>{Hop === '' ? '–' : t(`hops.${Hop}`)}</td>
      <td className={styles.number}>{t('ms', { ms: DurationMs.toFixed(1) })}</td>
      <td>
        <Identifier text={requestId} thing={t('column.request')} />
      </td>
    </tr>
  )
}
