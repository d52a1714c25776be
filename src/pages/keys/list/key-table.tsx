import { memo, useDeferredValue, useLayoutEffect, type ReactNode } from 'react'
import { cx } from '#src/components/ui/cx.ts'
import { CellLines, Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { Cell, nameOf, SkeletonCell, type KeyRowProps } from './key-cells.tsx'
import styles from './key-table.module.css'
import { isReady } from './use-key-rows.ts'
import { useLook, type ColumnId, type ListKind } from './look.ts'
import { SelectCell, SelectPage, SelectPlace } from './select-cells.tsx'
import type { Selection } from './selection.ts'

/** `skeletons`: so many rows stand for what ListKeys has not named yet. `stale`: the rows are another page's still. `selection`: of this list; null where nothing is selected. */
export function KeyTable(props: {
  label: string
  kind: ListKind
  rows: readonly KeyRowProps[]
  skeletons: number
  stale?: boolean
  selection: Selection | null
  foot: ReactNode
}): ReactNode {
  const { label, kind, rows, skeletons, stale = false, selection, foot } = props
  const t = useText('keys.table')
  // The menu that chooses it answers first; the rows follow.
  const look = useDeferredValue(useLook())
  const columns = look.columns[kind]
  const heads = columns.map((id) => ({
    id,
    label: <span className={cx(styles.head, styles[id])}>{t(id)}</span>,
    end: id === 'actions',
  }))
  const select = selection
    ? [{ id: 'select', label: rows.length > 0 ? <SelectPage selection={selection} /> : null, tight: true }]
    : []

  useLayoutEffect(() => selection?.show(rows.map(({ keyId }) => keyId)))

  return (
    <Table
      label={label}
      busy={skeletons > 0 || !rows.every(isReady)}
      stale={stale}
      compact={look.density === 'compact'}
      foot={foot}
    >
      <TableHead columns={[...select, ...heads]} />
      <tbody>
        {rows.map((row) => (
          <KeyTableRow key={row.keyId} columns={columns} selection={selection} {...row} />
        ))}
        {Array.from({ length: skeletons }, (_, index) => (
          <SkeletonRow key={index} columns={columns} selectable={selection !== null} />
        ))}
      </tbody>
    </Table>
  )
}

/** Drawn again only when something of its own has changed: rows arrive one by one. */
const KeyTableRow = memo(function KeyTableRow(
  props: KeyRowProps & { columns: readonly ColumnId[]; selection: Selection | null },
): ReactNode {
  const { columns, selection, ...row } = props
  return (
    <TableRow marked={row.isNew}>
      {selection ? <SelectCell keyId={row.keyId} name={nameOf(row)} selection={selection} /> : null}
      {columns.map((column) => (
        <Cell key={column} column={column} columns={columns} row={row} />
      ))}
    </TableRow>
  )
})

function SkeletonRow({ columns, selectable }: { columns: readonly ColumnId[]; selectable: boolean }): ReactNode {
  return (
    <TableRow>
      {selectable ? <SelectPlace /> : null}
      <TableCell>
        <CellLines apart>
          <Skeleton />
          <Skeleton width="long" />
        </CellLines>
      </TableCell>
      {columns.slice(1).map((column) => (
        <SkeletonCell key={column} />
      ))}
    </TableRow>
  )
}
