import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactNode, RefObject } from 'react'
import { cx } from './cx.ts'
import styles from './dialog-frame.module.css'

/**
 * A dialog over the page that asks for a decision: closed by Escape and by its buttons, not by a press beside it. Where it is higher than
 * the window it scrolls, and its foot stays in sight.
 */
export function DialogFrame(props: {
  open: boolean
  title: string
  /** What it is about, read out when it opens. */
  description: ReactNode
  /** Nothing closes it now. */
  busy: boolean
  /** Room for fields and findings. */
  wide?: boolean
  /** Where the focus stands at first; the first button unless given. */
  initialFocus?: RefObject<HTMLElement | null>
  foot: ReactNode
  onRequestClose: () => void
  /** It has left the screen. */
  onClosed: () => void
  children?: ReactNode
}): ReactNode {
  const { open, title, description, busy, wide = false, initialFocus, foot, onRequestClose, onClosed } = props
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next && !busy) onRequestClose()
      }}
      onOpenChangeComplete={(next) => {
        if (!next) onClosed()
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.veil} />
        <AlertDialog.Popup
          className={cx(styles.dialog, wide && styles.wide)}
          {...(initialFocus ? { initialFocus } : {})}
        >
          <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={styles.body} render={<div />}>
            {description}
          </AlertDialog.Description>
          {props.children}
          <div className={styles.foot}>{foot}</div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
