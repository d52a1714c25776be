import { Dialog } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import { useRef, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { Button } from './button.tsx'
import styles from './side-panel.module.css'

/** How closing was asked for. A page decides what to do with it: nothing closes by itself. */
export type CloseReason = 'escape' | 'outside' | 'closeButton'

const reasons: Readonly<Record<string, CloseReason>> = { 'escape-key': 'escape', 'outside-press': 'outside' }

const firstField = (body: HTMLElement | null): HTMLElement | null =>
  body?.querySelector<HTMLElement>('input:not([type="hidden"], [aria-hidden]), textarea, select') ?? null

/**
 * A panel over the right side of the page: 720 wide, full width on narrow screens; head and foot stand, the body scrolls. Focus is kept
 * inside, and returns to where it was. Pages load it together with the panel's own code.
 */
export function SidePanel(props: {
  open: boolean
  title: string
  subtitle?: ReactNode
  foot?: ReactNode
  onRequestClose: (reason: CloseReason) => void
  children: ReactNode
}): ReactNode {
  const { open, title, subtitle, foot, onRequestClose, children } = props
  const t = useText('ui')
  const body = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next, details) => {
        details.cancel()
        if (!next) onRequestClose(reasons[details.reason] ?? 'closeButton')
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.veil} />
        <Dialog.Popup
          className={styles.panel}
          // The first field; by touch the panel itself, so that the keyboard on the screen does not jump up.
          initialFocus={(by) => (by === 'touch' ? true : firstField(body.current))}
        >
          <header className={styles.head}>
            <div className={styles.titles}>
              <Dialog.Title className={styles.title}>{title}</Dialog.Title>
              {subtitle === undefined ? null : <div className={styles.subtitle}>{subtitle}</div>}
            </div>
            <Dialog.Close
              render={<Button variant="quiet" iconOnly aria-label={t('close')} icon={<X size={16} aria-hidden />} />}
            />
          </header>
          <div ref={body} className={styles.body}>
            {children}
          </div>
          {foot === undefined ? null : <footer className={styles.foot}>{foot}</footer>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
