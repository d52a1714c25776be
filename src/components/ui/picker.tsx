import ChevronDown from 'lucide-react/icons/chevron-down'
import { lazy, Suspense, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Button, type ButtonVariant } from './button.tsx'
import { cx } from './cx.ts'
import type { PickOption } from './options.ts'
import styles from './picker.module.css'

const load = () => import('./picker-popup.tsx')
const PickerPopup = lazy(load)

/**
 * Picks one of many, with search: a button that shows what is picked, and a list that loads when it is first wanted. `label` names the
 * button together with what it shows.
 */
export function Picker(props: {
  label: string
  value: string | null
  options: readonly PickOption[]
  onChange: (value: string) => void
  searchLabel: string
  children: ReactNode
  variant?: ButtonVariant
  /** As wide as its place rather than as its content. */
  wide?: boolean
  disabledReason?: string | undefined
}): ReactNode {
  const { label, value, options, onChange, searchLabel, children, variant, wide = false, disabledReason } = props
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)

  function keyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || disabledReason !== undefined) return
    event.preventDefault()
    setOpen(true)
  }

  return (
    <span className={cx(styles.picker, wide && styles.wide)}>
      <Button
        ref={button}
        variant={variant ?? 'plain'}
        disabledReason={disabledReason}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(!open)}
        onKeyDown={keyDown}
      >
        <span className={styles.label}>{label}</span>
        <span className={styles.value}>{children}</span>
        <ChevronDown size={14} aria-hidden className={styles.chevron} />
      </Button>
      {open && button.current ? (
        <Suspense>
          <PickerPopup
            anchor={button.current}
            label={label}
            searchLabel={searchLabel}
            value={value}
            options={options}
            onPick={(next) => {
              setOpen(false)
              if (next !== value) onChange(next)
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </span>
  )
}
