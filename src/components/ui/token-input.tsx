import X from 'lucide-react/icons/x'
import { useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { cx } from './cx.ts'
import { useInputWiring } from './field.tsx'
import styles from './multi-combobox.module.css'

export interface Token {
  readonly value: string
  /** Set where the token is refused; the field's error says why. */
  readonly wrong?: boolean | undefined
}

/** What stands between tokens that are pasted together. */
const separators = /[\s,;，；、]+/

/**
 * Free values as chips: Enter, a separator or leaving the box adds what was typed; a pasted list adds its parts; Backspace in the empty box
 * takes the last one back for editing. `onAdd` gets every part and decides; what it refuses it keeps as a token marked `wrong`.
 */
export function TokenInput(props: {
  tokens: readonly Token[]
  onAdd: (values: readonly string[]) => void
  onRemove: (value: string) => void
  placeholder?: string
  mono?: boolean
}): ReactNode {
  const { tokens, onAdd, onRemove, placeholder, mono = false } = props
  const t = useText('ui')
  const wiring = useInputWiring()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')

  function add(text: string): void {
    const values = text.split(separators).filter(Boolean)
    setTyped('')
    if (values.length > 0) onAdd(values)
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const last = tokens.at(-1)
    if (event.key === 'Enter') {
      event.preventDefault()
      add(typed)
    } else if (event.key === 'Backspace' && typed === '' && last) {
      event.preventDefault()
      onRemove(last.value)
      setTyped(last.value)
    }
  }

  function paste(event: ClipboardEvent): void {
    const text = event.clipboardData.getData('text')
    if (!separators.test(text.trim())) return
    event.preventDefault()
    add(`${typed}${text}`)
  }

  function remove(value: string): void {
    onRemove(value)
    input.current?.focus()
  }

  return (
    <div className={cx(styles.box, wiring['aria-invalid'] && styles.invalid)}>
      {tokens.map(({ value, wrong }) => (
        <span key={value} className={cx(styles.chip, wrong && styles.wrong, mono && styles.mono)}>
          <span className={styles.text} title={value}>
            {value}
          </span>
          <button
            type="button"
            className={styles.remove}
            aria-label={t('remove', { thing: value })}
            onClick={() => remove(value)}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      <input
        {...wiring}
        ref={input}
        className={cx(styles.input, mono && styles.mono)}
        value={typed}
        placeholder={tokens.length === 0 ? placeholder : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const { value } = event.target
          if (separators.test(value)) add(value)
          else setTyped(value)
        }}
        onKeyDown={keyDown}
        onPaste={paste}
        onBlur={() => add(typed)}
      />
    </div>
  )
}
