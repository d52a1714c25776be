import { Dialog } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './nav-drawer.module.css'
import { Navigation } from './navigation.tsx'

/** The navigation on narrow screens, loaded when it is first opened. */
export default function NavDrawer(props: { onClose: () => void }): ReactNode {
  const t = useText('shell')
  const ui = useText('ui')
  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.veil} />
        <Dialog.Popup className={styles.drawer}>
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{t('product')}</Dialog.Title>
            <Dialog.Close
              render={<Button variant="quiet" iconOnly aria-label={ui('close')} icon={<X size={16} aria-hidden />} />}
            />
          </div>
          <Navigation onNavigate={props.onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
