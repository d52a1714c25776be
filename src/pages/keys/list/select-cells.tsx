/** The checkboxes of a selectable list. Native ones, each drawn by itself: a tick leaves the other rows alone. */
import { useSyncExternalStore, type ChangeEvent, type ReactNode } from 'react'
import { TableCell } from '#src/components/ui/table.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './select-cells.module.css'
import type { Selection } from './selection.ts'

/** A click and the space bar both come as a click, which knows whether Shift was held. */
const isExtending = ({ nativeEvent }: ChangeEvent): boolean =>
  'shiftKey' in nativeEvent && nativeEvent.shiftKey === true

export function SelectCell(props: { keyId: string; name: string; selection: Selection }): ReactNode {
  const { keyId, name, selection } = props
  const t = useText('keys.select')
  const selected = useSyncExternalStore(selection.subscribe, () => selection.has(keyId))
  return (
    <TableCell tight>
      <label className={styles.target}>
        <input
          type="checkbox"
          aria-label={t('row', { key: name })}
          checked={selected}
          onChange={(event) => selection.set(keyId, event.target.checked, { extend: isExtending(event) })}
        />
      </label>
    </TableCell>
  )
}

/** Stands for every row on screen. */
export function SelectPage({ selection }: { selection: Selection }): ReactNode {
  const t = useText('keys.select')
  const page = useSyncExternalStore(selection.subscribe, () => selection.state().page)
  return (
    <label className={styles.target}>
      <input
        type="checkbox"
        aria-label={t('page')}
        ref={(input) => {
          if (input) input.indeterminate = page === 'some'
        }}
        checked={page === 'every'}
        // What is half selected becomes whole first.
        onChange={(event) => selection.setPage(event.target.checked || page === 'some')}
      />
    </label>
  )
}

/** Holds the column's place where there is nothing to select yet. */
export const SelectPlace = (): ReactNode => (
  <TableCell tight>
    <span className={styles.target} />
  </TableCell>
)
