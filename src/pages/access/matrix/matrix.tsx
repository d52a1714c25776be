import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual'
import { memo, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { cx } from '#src/components/ui/cx.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { CellState } from '#src/pages/access/access-search.ts'
import { MarkRow } from '#src/pages/access/access-mark.tsx'
import { placeAfterKey, type CellPlace, type MatrixRow } from './cells.ts'
import { headsOf, type Column } from './columns.ts'
import styles from './matrix.module.css'

/** As in matrix.module.css, px. */
const rowHeight = 40
const cellWidth = 30

/** Two rows of heads stand before the first principal, one column before the first permission. */
const headRows = 2
const headColumns = 1

const isSamePlace = (one: CellPlace | null, other: CellPlace): boolean =>
  one?.row === other.row && one.column === other.column

/**
 * Principals × permissions, a data grid of the ARIA practices: arrows move among the cells, Enter or a click explains one. Only the rows in
 * sight are in the document.
 */
export function Matrix(props: {
  rows: readonly MatrixRow[]
  columns: readonly Column[]
  nameOf: (row: MatrixRow) => string
  /** The cell that is explained now. */
  explained: CellPlace | null
  onExplain: (place: CellPlace) => void
}): ReactNode {
  const { rows, columns, nameOf, explained, onExplain } = props
  const t = useText('access')
  const grid = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<CellPlace>({ row: 0, column: 0 })
  const [pointed, setPointed] = useState<CellPlace | null>(null)
  const moved = useRef(false)
  const active = {
    row: Math.min(chosen.row, rows.length - 1),
    column: Math.min(chosen.column, columns.length - 1),
  }
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The cell that has the focus stays in the document wherever one scrolls.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), active.row])].toSorted((a, b) => a - b),
  })

  useLayoutEffect(() => {
    if (!moved.current) return
    moved.current = false
    const cell = grid.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')
    cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active.row, active.column])

  function keyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.shiftKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onExplain(active)
      return
    }
    const next = placeAfterKey(event, active, { rows: rows.length, columns: columns.length })
    if (!next) return
    event.preventDefault()
    moved.current = !isSamePlace(next, active)
    setChosen(next)
    setPointed(null)
  }

  const shown = pointed ?? active
  const shownRow = rows[shown.row]
  const shownColumn = columns[shown.column]
  return (
    <div className={styles.surface}>
      <div
        ref={grid}
        tabIndex={-1}
        role="grid"
        aria-label={t('matrix.label')}
        aria-describedby="access-matrix-help"
        aria-rowcount={rows.length + headRows}
        aria-colcount={columns.length + headColumns}
        aria-readonly
        className={styles.grid}
        onKeyDown={keyDown}
        onClick={(event) => {
          const place = placeOf(event.target)
          if (!place) return
          moved.current = !isSamePlace(place, active)
          setChosen(place)
          onExplain(place)
        }}
        onPointerOver={(event) => setPointed(placeOf(event.target))}
        onPointerLeave={() => setPointed(null)}
      >
        <Heads columns={columns} lit={shown.column} />
        <div
          role="rowgroup"
          className={styles.rows}
          style={{
            height: virtualizer.getTotalSize(),
            minWidth: `calc(var(--first) + ${columns.length * cellWidth}px)`,
          }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <Row
              key={rows[index]!.principal.PrincipalArn}
              row={rows[index]!}
              name={nameOf(rows[index]!)}
              index={index}
              start={start}
              activeColumn={index === active.row ? active.column : -1}
              explainedColumn={index === explained?.row ? explained.column : -1}
            />
          ))}
        </div>
      </div>
      <div className={styles.foot}>
        <span aria-hidden className={styles.readout}>
          {shownRow && shownColumn
            ? t('matrix.cell', {
                who: nameOf(shownRow),
                permission: shownColumn.permission,
                state: t(`state.${shownRow.states[shown.column] ?? 'none'}`),
              })
            : null}
        </span>
        <span id="access-matrix-help" className={styles.help}>
          {t('matrix.help')}
        </span>
      </div>
    </div>
  )
}

/** Which cell an event happened in. */
function placeOf(target: EventTarget): CellPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null
  const row = cell?.closest('[role="row"]')
  if (!cell || !row) return null
  return {
    row: Number(row.getAttribute('aria-rowindex')) - headRows - 1,
    column: Number(cell.getAttribute('aria-colindex')) - headColumns - 1,
  }
}

const Heads = memo(function Heads(props: { columns: readonly Column[]; lit: number }): ReactNode {
  const { columns, lit } = props
  const t = useText('access')
  return (
    <div role="rowgroup" className={styles.heads}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        <div role="columnheader" aria-colindex={1} aria-rowspan={2} className={styles.corner}>
          {t('matrix.principal')}
        </div>
        {headsOf(columns).map(({ group, from, count }) => (
          <div
            key={group}
            role="columnheader"
            aria-colindex={from + headColumns + 1}
            aria-colspan={count}
            title={t(`group.${group}`)}
            className={styles.group}
            style={{ width: count * cellWidth }}
          >
            {t(`group.${group}`)}
          </div>
        ))}
      </div>
      <div role="row" aria-rowindex={2} className={styles.headRow}>
        {columns.map(({ permission, name }, index) => (
          <div
            key={permission}
            role="columnheader"
            aria-colindex={index + headColumns + 1}
            title={permission}
            className={cx(styles.permission, startsGroup(columns, index) && styles.first, index === lit && styles.lit)}
          >
            <span>{name}</span>
          </div>
        ))}
      </div>
    </div>
  )
})

const startsGroup = (columns: readonly Column[], index: number): boolean =>
  columns[index]?.group !== columns[index - 1]?.group

const Row = memo(function Row(props: {
  row: MatrixRow
  name: string
  index: number
  start: number
  /** -1: in another row. */
  activeColumn: number
  explainedColumn: number
}): ReactNode {
  const { row, name, index, start, activeColumn, explainedColumn } = props
  const t = useText('access')
  const { DisplayName, Exists, PrincipalArn } = row.principal
  const words: Readonly<Record<CellState, string>> = {
    allowed: t('state.allowed'),
    denied: t('state.denied'),
    none: t('state.none'),
    impossible: t('state.impossible'),
  }
  return (
    <div
      role="row"
      aria-rowindex={index + headRows + 1}
      className={styles.row}
      style={{ transform: `translateY(${start}px)` }}
    >
      <div role="rowheader" aria-colindex={1} title={PrincipalArn} className={styles.principal}>
        <span className={styles.name}>{name}</span>
        {Exists && DisplayName === '' ? null : (
          <span className={styles.detail}>{Exists ? DisplayName : t('matrix.missing')}</span>
        )}
      </div>
      <div role="presentation" className={styles.cells}>
        <MarkRow states={row.states} cell={cellWidth} height={rowHeight} />
        {row.states.map((state, column) => (
          <div
            key={column}
            role="gridcell"
            aria-colindex={column + headColumns + 1}
            aria-label={words[state]}
            aria-selected={column === explainedColumn ? true : undefined}
            tabIndex={column === activeColumn ? 0 : undefined}
            className={styles.cell}
          />
        ))}
      </div>
    </div>
  )
})
