import { useState, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { Button } from './button.tsx'
import type { Confirmation } from './confirm.tsx'
import { DialogFrame } from './dialog-frame.tsx'

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
  const close = (): void => setOpen(false)

  async function run(): Promise<void> {
    setProgress({ at: 'running' })
    try {
      await confirmation.run()
      close()
    } catch (error) {
      setProgress({ at: 'failed', error })
    }
  }

  return (
    <DialogFrame
      open={open}
      title={confirmation.title}
      description={confirmation.body}
      busy={running}
      onRequestClose={close}
      onClosed={onClose}
      foot={
        <>
          <Button disabledReason={running ? t('submitting') : undefined} onClick={close}>
            {confirmation.cancelLabel ?? t('cancel')}
          </Button>
          <Button variant={confirmation.danger ? 'danger' : 'primary'} busy={running} onClick={() => void run()}>
            {confirmation.confirmLabel}
          </Button>
        </>
      }
    >
      {progress.at === 'failed' ? renderError(progress.error) : null}
    </DialogFrame>
  )
}
