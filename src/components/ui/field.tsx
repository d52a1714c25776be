import { createContext, useContext, useId, type ReactNode } from 'react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import styles from './field.module.css'

/** What an input must carry so that its label, hint and error are its own. */
export interface InputWiring {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly 'aria-required': true | undefined
}

const WiringContext = createContext<{ readonly wiring: InputWiring; readonly label: string } | null>(null)

/** The wiring of the Field around an input; nothing outside one, where `aria-label` must name the input. */
export const useInputWiring = (): Partial<InputWiring> => useContext(WiringContext)?.wiring ?? {}

/**
 * The same with the name on the input itself: an open list of options hides the rest of the page, the label too, from assistive technology.
 */
export function useComboboxWiring(label?: string): Partial<InputWiring> & { readonly 'aria-label'?: string } {
  const field = useContext(WiringContext)
  const name = label ?? field?.label
  return { ...field?.wiring, ...(name === undefined ? {} : { 'aria-label': name }) }
}

/**
 * Label, required mark, hint and error of one input. The error is described to the input and announced politely when it changes, so that
 * typing is not interrupted. `group`: several inputs under one legend (radio cards, rows of tags).
 */
export function Field(props: {
  label: string
  /** Beside the label, e.g. a counter or a link. */
  aside?: ReactNode
  required?: boolean | undefined
  hint?: ReactNode
  error?: ReactNode
  group?: boolean
  children: ReactNode
}): ReactNode {
  const { label, aside, required = false, hint, error, group = false, children } = props
  const id = useId()
  const hasHint = isGiven(hint)
  const hasError = isGiven(error)
  const describedBy = [hasError && `${id}-error`, hasHint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  const wiring: InputWiring = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': hasError || undefined,
    'aria-required': required || undefined,
  }
  const mark = required ? (
    <span className={styles.required} aria-hidden>
      *
    </span>
  ) : null
  const head = group ? (
    <div id={`${id}-label`} className={styles.label}>
      {label}
      {mark}
    </div>
  ) : (
    <label htmlFor={id} className={styles.label}>
      {label}
      {mark}
    </label>
  )
  return (
    <div
      className={styles.field}
      {...(group ? { role: 'group', 'aria-labelledby': `${id}-label`, 'aria-describedby': describedBy } : {})}
    >
      <div className={styles.head}>
        {head}
        {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
      </div>
      <WiringContext value={group ? null : { wiring, label }}>{children}</WiringContext>
      <div aria-live="polite" id={`${id}-error`} className={hasError ? styles.error : undefined}>
        {hasError ? (
          <>
            <CircleAlert size={14} aria-hidden />
            <span>{error}</span>
          </>
        ) : null}
      </div>
      {hasHint ? (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      ) : null}
    </div>
  )
}

const isGiven = (node: ReactNode): boolean => node !== undefined && node !== null && node !== false && node !== ''
