import { useRef, type ComponentPropsWithRef, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './table.module.css'
import { useOverflow } from './use-overflow.ts'

/**
 * A native table in a box of its own. Where it is wider than its place the box scrolls sideways and can be focused to be scrolled by
 * keyboard; elsewhere the heads stay in sight while the page scrolls.
 */
export function Table(props: {
  label: string
  busy?: boolean
  /** The rows are those of before: others are on their way. */
  stale?: boolean
  /** Rows stand closer. */
  compact?: boolean
  foot?: ReactNode
  children: ReactNode
}): ReactNode {
  const { label, busy = false, stale = false, compact = false, foot, children } = props
  const box = useRef<HTMLDivElement>(null)
  const scrolls = useOverflow(box, 'width')
  return (
    <div className={cx(styles.surface, foot === undefined && styles.footless)}>
      <div
        ref={box}
        className={cx(styles.box, scrolls && styles.scrolls)}
        {...(scrolls ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {})}
      >
        <table
          className={cx(styles.table, compact && styles.compact, stale && styles.stale)}
          aria-label={label}
          aria-busy={busy || stale}
        >
          {children}
        </table>
      </div>
      {foot === undefined ? null : <div className={styles.foot}>{foot}</div>}
    </div>
  )
}

/** Column heads, in order. `end` sets a column at the right edge, `tight` leaves no room at its own right. */
export function TableHead(props: {
  columns: readonly {
    readonly id: string
    readonly label: ReactNode
    readonly end?: boolean
    readonly tight?: boolean
  }[]
}): ReactNode {
  return (
    <thead>
      <tr>
        {props.columns.map(({ id, label, end, tight }) => (
          <th key={id} scope="col" className={cx(end && styles.end, tight && styles.tight)}>
            {label}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** `marked`: the row just made or just come from. */
export function TableRow(props: ComponentPropsWithRef<'tr'> & { marked?: boolean }): ReactNode {
  const { marked = false, ...rest } = props
  return <tr {...rest} className={cx(styles.row, marked && styles.marked)} />
}

export function TableCell(
  props: Omit<ComponentPropsWithRef<'td'>, 'className'> & {
    end?: boolean
    header?: boolean
    noWrap?: boolean
    tight?: boolean
  },
): ReactNode {
  const { end = false, header = false, noWrap = false, tight = false, ...rest } = props
  const className = cx(end && styles.end, noWrap && styles.noWrap, tight && styles.tight)
  return header ? <th scope="row" {...rest} className={className} /> : <td {...rest} className={className} />
}

/** What a row can do, at its right edge. */
export function RowActions(props: { children: ReactNode }): ReactNode {
  return <div className={styles.actions}>{props.children}</div>
}

/** Two lines of a cell: what it is called, and the identifier or remark beneath. `apart`: each has a button of its own, to be hit by itself. */
export function CellLines(props: { apart?: boolean; children: ReactNode }): ReactNode {
  return <div className={cx(styles.lines, props.apart && styles.apart)}>{props.children}</div>
}
