import { Autocomplete } from '@base-ui/react/autocomplete'
import type { ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { useComboboxWiring } from './field.tsx'
import floatStyles from './float.module.css'
import inputStyles from './inputs.module.css'

/** At most so many suggestions are shown: one types on rather than scrolls. */
const shown = 50

/** Free text with suggestions of what exists. Enter takes the highlighted one; anything may be typed. Outside a Field, `label` names it. */
export function SuggestInput(props: {
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  /** Enter without a highlighted suggestion, or a suggestion taken. */
  onCommit?: (value: string) => void
  suggestions: readonly string[]
  label?: string
  placeholder?: string
  mono?: boolean
  inputRef?: Ref<HTMLInputElement>
}): ReactNode {
  const { value, onChange, onBlur, onCommit, suggestions, label, placeholder, mono = false, inputRef } = props
  const wiring = useComboboxWiring(label)
  return (
    <Autocomplete.Root
      items={suggestions}
      value={value}
      limit={shown}
      onValueChange={(next, details) => {
        // Escape on a closed list would empty the field; it belongs to whatever surrounds it.
        if (details.reason === 'escape-key') {
          details.cancel()
          details.allowPropagation()
          return
        }
        onChange(next)
        if (details.reason === 'item-press') onCommit?.(next)
      }}
    >
      <Autocomplete.Input
        {...wiring}
        ref={inputRef}
        className={cx(inputStyles.input, mono && inputStyles.mono)}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        onBlur={onBlur}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !onCommit) return
          event.preventDefault()
          if (event.currentTarget.getAttribute('aria-activedescendant') === null) onCommit(event.currentTarget.value)
        }}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner align="start" sideOffset={4} className={floatStyles.positioner}>
          <Autocomplete.Popup className={cx(floatStyles.popup, floatStyles.likeAnchor, floatStyles.suggestions)}>
            <Autocomplete.List>
              {(item: string) => (
                <Autocomplete.Item key={item} value={item} className={cx(floatStyles.option, mono && inputStyles.mono)}>
                  <span className={floatStyles.words}>{item}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}
