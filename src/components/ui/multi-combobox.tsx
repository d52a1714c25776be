import { Combobox } from '@base-ui/react/combobox'
import X from 'lucide-react/icons/x'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { cx } from './cx.ts'
import { useComboboxWiring } from './field.tsx'
import floatStyles from './float.module.css'
import styles from './multi-combobox.module.css'
import { OptionList, type ScrollToOption } from './option-list.tsx'
import { matches, type PickOption } from './options.ts'

/**
 * Picks several of many: searched as one types, what is picked stands as chips in the box. Keyboard: type or ArrowDown opens, Enter picks,
 * Backspace takes the last pick away, ArrowLeft walks the chips, Escape closes the list and nothing else.
 */
export function MultiCombobox(props: {
  options: readonly PickOption[]
  value: readonly string[]
  onChange: (value: readonly string[]) => void
  onBlur?: () => void
  placeholder?: string
  /** Instead of "nothing matches", e.g. while the options are on their way. */
  emptyText?: string
}): ReactNode {
  const { options, value, onChange, onBlur, placeholder, emptyText } = props
  const t = useText('ui')
  const wiring = useComboboxWiring()
  const box = useRef<HTMLDivElement>(null)
  const scrollTo = useRef<ScrollToOption>(null)
  const [query, setQuery] = useState('')
  const byValue = useMemo(() => new Map(options.map((option) => [option.value, option])), [options])
  // A kept draft may name what the list does not (or not yet) hold: it stays picked under its own name.
  const picked = value.map((item): PickOption => byValue.get(item) ?? { value: item, label: item })

  return (
    <Combobox.Root
      multiple
      virtualized
      autoHighlight
      items={options}
      value={picked}
      inputValue={query}
      onInputValueChange={setQuery}
      isItemEqualToValue={(one, other) => one.value === other.value}
      itemToStringLabel={(option) => option.label}
      filter={matches}
      onValueChange={(next, details) => {
        // Escape on a closed list would clear every pick; it belongs to whatever surrounds the box.
        if (details.reason === 'escape-key') {
          details.cancel()
          details.allowPropagation()
          return
        }
        setQuery('')
        onChange(next.map((option) => option.value))
      }}
      onOpenChange={(_, details) => {
        // Several may be picked in one go.
        if (details.reason === 'item-press') details.cancel()
      }}
      onItemHighlighted={(option, { index, reason }) => {
        if (option && reason !== 'pointer') queueMicrotask(() => scrollTo.current?.(index))
      }}
    >
      <Combobox.Chips ref={box} className={cx(styles.box, wiring['aria-invalid'] && styles.invalid)}>
        {picked.map((option) => (
          <Combobox.Chip key={option.value} className={styles.chip} aria-label={option.label}>
            {option.icon}
            <span className={styles.text}>{option.label}</span>
            <Combobox.ChipRemove className={styles.remove} aria-label={t('remove', { thing: option.label })}>
              <X size={12} aria-hidden />
            </Combobox.ChipRemove>
          </Combobox.Chip>
        ))}
        <Combobox.Input
          {...wiring}
          className={styles.input}
          placeholder={picked.length === 0 ? placeholder : undefined}
          onBlur={onBlur}
          onKeyDown={(event) => {
            // Enter picks; it never sends the form from here.
            if (event.key === 'Enter') event.preventDefault()
          }}
        />
      </Combobox.Chips>
      <Combobox.Portal>
        <Combobox.Positioner anchor={box} align="start" sideOffset={4} className={floatStyles.positioner}>
          <Combobox.Popup className={cx(floatStyles.popup, floatStyles.likeAnchor, floatStyles.searched)}>
            <Combobox.Empty className={floatStyles.empty}>{emptyText ?? t('noMatch')}</Combobox.Empty>
            <OptionList scrollTo={scrollTo} />
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
