/** Native controls in the console's look. Inside a Field they take its label, hint and error; elsewhere `aria-label` names them. */
import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { cx } from './cx.ts'
import { useInputWiring } from './field.tsx'
import styles from './inputs.module.css'

interface Look {
  /** Identifiers and documents are set in monospace. */
  mono?: boolean
}

export function TextInput(
  props: Omit<ComponentPropsWithRef<'input'>, 'className' | 'prefix'> & Look & { prefix?: string; icon?: ReactNode },
): ReactNode {
  const { mono = false, prefix, icon, ...rest } = props
  const wiring = useInputWiring()
  const input = (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...wiring}
      {...rest}
      className={cx(styles.input, mono && styles.mono)}
    />
  )
  if (prefix === undefined && icon === undefined) return input
  return (
    <span className={styles.box}>
      {icon}
      {prefix === undefined ? null : <span className={styles.prefix}>{prefix}</span>}
      {input}
    </span>
  )
}

export function TextArea(props: Omit<ComponentPropsWithRef<'textarea'>, 'className'> & Look): ReactNode {
  const { mono = false, ...rest } = props
  const wiring = useInputWiring()
  return (
    <textarea
      autoComplete="off"
      spellCheck={false}
      rows={3}
      {...wiring}
      {...rest}
      className={cx(styles.input, styles.area, mono && styles.mono)}
    />
  )
}

export interface SelectOption {
  readonly value: string
  readonly label: string
}

/** The system's own select: keyboard, touch and screen reader complete by itself. */
export function Select(
  props: Omit<ComponentPropsWithRef<'select'>, 'className' | 'children' | 'multiple'> & {
    options: readonly SelectOption[]
  },
): ReactNode {
  const { options, ...rest } = props
  const wiring = useInputWiring()
  return (
    <span className={styles.selectBox}>
      <select {...wiring} {...rest} className={cx(styles.input, styles.select)}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden className={styles.chevron} />
    </span>
  )
}

export function Checkbox(
  props: Omit<ComponentPropsWithRef<'input'>, 'className' | 'type'> & { label: ReactNode; detail?: ReactNode },
): ReactNode {
  const { label, detail, ...rest } = props
  return (
    <label className={styles.check}>
      <input type="checkbox" {...rest} />
      <span className={styles.checkWords}>
        <span>{label}</span>
        {detail === undefined ? null : <span className={styles.checkDetail}>{detail}</span>}
      </span>
    </label>
  )
}
