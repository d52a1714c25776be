import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useRef, type ReactNode, type RefObject } from 'react'
import { cx } from './cx.ts'
import styles from './dialog-frame.module.css'
import { useOverflow } from './use-overflow.ts'

/**
 * A dialog over the page that asks for a decision: closed by Escape and by its buttons, not by a press beside it. Where it is higher than
 * the window its content scrolls between head and foot.
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
          <Content title={title}>
            <AlertDialog.Description className={styles.body} render={<div />}>
              {description}
            </AlertDialog.Description>
            {props.children}
          </Content>
          <div className={styles.foot}>{foot}</div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function Content(props: { title: string; children: ReactNode }): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const scrolls = useOverflow(box, 'height')
  return (
    <div
      ref={box}
      className={styles.scroller}
      {...(scrolls ? { role: 'region', 'aria-label': props.title, tabIndex: 0 } : {})}
    >
      <div className={styles.content}>{props.children}</div>
    </div>
  )
}
