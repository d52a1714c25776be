import LoaderCircle from 'lucide-react/icons/loader-circle'
import { useId, type ComponentPropsWithRef, type MouseEvent, type ReactNode } from 'react'
import styles from './button.module.css'
import { cx } from './cx.ts'
import { Tooltip } from './tooltip.tsx'
import { VisuallyHidden } from './visually-hidden.tsx'

export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger' | 'link' | 'bar'

/** The look of a button, for links that lead somewhere: `<Link className={buttonClass('primary')}>`. */
export const buttonClass = (variant: ButtonVariant = 'plain'): string => cx(styles.button, styles[variant])

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled' | 'className'> {
  variant?: ButtonVariant
  /** Why the button cannot be used now. It stays focusable and says so. A button is never disabled without a reason. */
  disabledReason?: string | undefined
  /** Work goes on that this button started: further clicks do nothing. */
  busy?: boolean
  icon?: ReactNode
  /** An icon alone: `aria-label` names it, also for the eye. */
  iconOnly?: boolean
}

export function Button(props: ButtonProps): ReactNode {
  const { variant = 'plain', disabledReason, busy = false, icon, iconOnly = false, onClick, children, ...rest } = props
  const reasonId = useId()
  const blocked = disabledReason !== undefined || busy

  function click(event: MouseEvent<HTMLButtonElement>): void {
    if (blocked) event.preventDefault()
    else onClick?.(event)
  }

  const button = (
    <button
      type="button"
      {...rest}
      {...(disabledReason === undefined ? {} : { 'aria-describedby': reasonId })}
      className={cx(styles.button, styles[variant], iconOnly && styles.iconOnly)}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      onClick={click}
    >
      {busy ? <LoaderCircle size={16} aria-hidden className={styles.spinner} /> : icon}
      {children}
      {disabledReason === undefined ? null : <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden>}
    </button>
  )
  const hint = disabledReason ?? (iconOnly ? rest['aria-label'] : undefined)
  if (hint === undefined) return button
  return (
    <Tooltip text={hint} onPress={disabledReason === undefined ? 'close' : 'open'}>
      {button}
    </Tooltip>
  )
}
