import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useState, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { Button } from './button.tsx'
import styles from './confirm-dialog.module.css'
import type { Confirmation } from './confirm.tsx'

type Progress =
  | { readonly at: 'asking' }
  | { readonly at: 'running' }
  | { readonly at: 'failed'; readonly error: unknown }

export default function ConfirmDialog(props: {
  confirmation: Confirmation
  renderError: (error: unknown) => ReactNode
  onClose: () => void
}): ReactNode {
  const { confirmation, renderError, onClose } = props
  const t = useText('ui')
  const [open, setOpen] = useState(true)
  const [progress, setProgress] = useState<Progress>({ at: 'asking' })
  const running = progress.at === 'running'

  async function run(): Promise<void> {
    setProgress({ at: 'running' })
    try {
      await confirmation.run()
      setOpen(false)
    } catch (error) {
      setProgress({ at: 'failed', error })
    }
  }

  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(next) => !running && setOpen(next)}
      onOpenChangeComplete={(next) => !next && onClose()}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.veil} />
        <AlertDialog.Popup className={styles.dialog}>
          <AlertDialog.Title className={styles.title}>{confirmation.title}</AlertDialog.Title>
          <AlertDialog.Description className={styles.body} render={<div />}>
            {confirmation.body}
          </AlertDialog.Description>
          {progress.at === 'failed' ? renderError(progress.error) : null}
          <div className={styles.foot}>
            <AlertDialog.Close render={<Button>{confirmation.cancelLabel ?? t('cancel')}</Button>} />
            <Button variant={confirmation.danger ? 'danger' : 'primary'} busy={running} onClick={() => void run()}>
              {confirmation.confirmLabel}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
