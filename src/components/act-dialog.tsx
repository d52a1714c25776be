import { useRef, useState, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { ErrorNotice } from './error-notice.tsx'
import { Button } from './ui/button.tsx'
import { DialogFrame } from './ui/dialog-frame.tsx'

/** A dialog that does one thing: it stays until that is done, and shows what it failed with. */
export function ActDialog(props: {
  title: string
  description: string
  actLabel: string
  danger?: boolean
  wide?: boolean
  /** Why it cannot be done as the dialog stands. */
  wait: string | undefined
  run: () => Promise<unknown>
  onClose: () => void
  /** It was done, and the dialog has left the screen. */
  onDone?: () => void
  children: ReactNode
}): ReactNode {
  const { title, description, actLabel, danger = false, wide = false, wait, run, onClose, onDone, children } = props
  const ui = useText('ui')
  const [open, setOpen] = useState(true)
  const [progress, setProgress] = useState<'asking' | 'running' | 'done'>('asking')
  const [error, setError] = useState<unknown>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  const running = progress === 'running'

  async function act(): Promise<void> {
    setProgress('running')
    setError(null)
    try {
      await run()
      setProgress('done')
      setOpen(false)
    } catch (failed) {
      setProgress('asking')
      setError(failed)
    }
  }

  return (
    <DialogFrame
      open={open}
      title={title}
      description={description}
      busy={running}
      wide={wide}
      {...(danger ? { initialFocus: cancel } : {})}
      onRequestClose={() => setOpen(false)}
      onClosed={() => {
        onClose()
        if (progress === 'done') onDone?.()
      }}
      foot={
        <>
          <Button ref={cancel} disabledReason={running ? ui('submitting') : undefined} onClick={() => setOpen(false)}>
            {ui('cancel')}
          </Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            busy={running}
            disabledReason={wait}
            onClick={() => void act()}
          >
            {actLabel}
          </Button>
        </>
      }
    >
      {children}
      {error === null ? null : <ErrorNotice error={error} />}
    </DialogFrame>
  )
}
