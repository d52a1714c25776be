import { Combobox } from '@base-ui/react/combobox'
import { useVirtualizer } from '@tanstack/react-virtual'
import Check from 'lucide-react/icons/check'
import { useCallback, useImperativeHandle, useMemo, useRef, type ReactNode, type RefObject } from 'react'
import { cx } from './cx.ts'
import styles from './float.module.css'
import listStyles from './option-list.module.css'
import { optionRows, type OptionRow, type PickOption } from './options.ts'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Scrolls to the option with this index among those that match. */
export type ScrollToOption = (index: number) => void

/** Heights before they are measured, px. */
const estimates: Readonly<Record<OptionRow['kind'], number>> = { heading: 30, option: 32 }

/**
 * The options of a Combobox that match what was typed. Only those in sight are in the document: opening a list of a thousand costs as much
 * as one of ten. Headings are for the eye; each option carries its group for assistive technology.
 */
export function OptionList(props: { scrollTo: RefObject<ScrollToOption | null> }): ReactNode {
  const options = Combobox.useFilteredItems<PickOption>()
  const rows = useMemo(() => optionRows(options), [options])
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => estimates[rows[at]?.kind ?? 'option'],
    getItemKey: (at) => {
      const row = rows[at]
      return row?.kind === 'option' ? row.option.value : `heading ${row?.label}`
    },
    overscan: 12,
  })
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      box.current = element
      if (element) virtualizer.measure()
    },
    [virtualizer],
  )
  useImperativeHandle(props.scrollTo, () => (index: number) => {
    const at = rows.findIndex((row) => row.kind === 'option' && row.index === index)
    // The first option brings its heading into sight with it.
    if (at >= 0) virtualizer.scrollToIndex(index === 0 ? 0 : at, { align: 'auto' })
  })

  return (
    <Combobox.List ref={attach} className={styles.list}>
      <div role="presentation" className={listStyles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index: at, key, start }) => {
          const row = rows[at]
          if (!row) return null
          const placed = {
            'data-index': at,
            ref: virtualizer.measureElement,
            style: { transform: `translateY(${start}px)` },
          }
          return row.kind === 'heading' ? (
            <div key={key} {...placed} className={cx(styles.heading, listStyles.row)} aria-hidden>
              {row.label}
            </div>
          ) : (
            <Combobox.Item
              key={key}
              {...placed}
              index={row.index}
              value={row.option}
              disabled={row.option.disabled ?? false}
              aria-setsize={options.length}
              aria-posinset={row.index + 1}
              className={cx(styles.option, listStyles.row)}
            >
              <OptionWords option={row.option} />
            </Combobox.Item>
          )
        })}
      </div>
    </Combobox.List>
  )
}

function OptionWords({ option }: { option: PickOption }): ReactNode {
  const { label, detail, group, icon, aside, mono } = option
  return (
    <>
      <span className={styles.check}>
        <Combobox.ItemIndicator>
          <Check size={16} aria-hidden />
        </Combobox.ItemIndicator>
      </span>
      {icon}
      <span className={styles.words}>
        <span className={cx(mono && listStyles.mono)}>{label}</span>
        {group === undefined ? null : <VisuallyHidden>{group}</VisuallyHidden>}
        {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
      </span>
      {aside}
    </>
  )
}
