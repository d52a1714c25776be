import { Combobox } from '@base-ui/react/combobox'
import { useRef, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { cx } from './cx.ts'
import styles from './float.module.css'
import { OptionList, type ScrollToOption } from './option-list.tsx'
import { matches, type PickOption } from './options.ts'

/** The floating part of a Picker, loaded when it is first wanted. */
export default function PickerPopup(props: {
  anchor: HTMLElement
  label: string
  searchLabel: string
  value: string | null
  options: readonly PickOption[]
  /** Above the search: what is picked now, in full. */
  head?: ReactNode
  align?: 'start' | 'end'
  onPick: (value: string) => void
  onClose: () => void
}): ReactNode {
  const { anchor, label, searchLabel, value, options, head, align = 'start', onPick, onClose } = props
  const t = useText('ui')
  const scrollTo = useRef<ScrollToOption>(null)
  return (
    <Combobox.Root
      open
      virtualized
      autoHighlight
      items={options}
      value={options.find((option) => option.value === value) ?? null}
      isItemEqualToValue={(one, other) => one.value === other.value}
      itemToStringLabel={(option) => option.label}
      filter={matches}
      onValueChange={(option, details) => {
        if (option && details.reason === 'item-press') onPick(option.value)
        else details.cancel()
      }}
      onOpenChange={(open, details) => {
        // A press on the button is the button's own affair: it closes what it opened.
        if (details.reason === 'outside-press' && anchor.contains(details.event.target as Node)) details.cancel()
        else if (!open && details.reason !== 'item-press') onClose()
      }}
      onItemHighlighted={(option, { index, reason }) => {
        if (option && reason !== 'pointer') queueMicrotask(() => scrollTo.current?.(index))
      }}
    >
      <Combobox.Portal className={styles.portal}>
        <Combobox.Positioner anchor={anchor} align={align} sideOffset={4} className={styles.positioner}>
          <Combobox.Popup
            aria-label={label}
            className={cx(styles.popup, styles.likeAnchor, styles.searched, head !== undefined && styles.headed)}
            finalFocus={() => anchor}
            onKeyDown={(event) => {
              if (event.key !== 'Tab') return
              event.preventDefault()
              onClose()
            }}
          >
            {head === undefined ? null : <div className={styles.head}>{head}</div>}
            <Combobox.Input className={styles.search} placeholder={searchLabel} aria-label={searchLabel} />
            <Combobox.Empty className={styles.empty}>{t('noMatch')}</Combobox.Empty>
            <OptionList scrollTo={scrollTo} />
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
