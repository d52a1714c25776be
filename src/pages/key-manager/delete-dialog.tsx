import { useRef, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { ManagerKey } from '#src/api/contract/key-manager.ts'
import { deleteManagerKey } from '#src/api/key-manager.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { DialogFrame } from '#src/components/ui/dialog-frame.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './key-manager.module.css'

/** Callers that are named one by one. */
const named = 5

/** Deletes a key for good, when its ID has been typed. `onDeleted`: the dialog has left the screen by then. */
export function DeleteDialog(props: { managerKey: ManagerKey; onClose: () => void; onDeleted: () => void }): ReactNode {
  const { managerKey: key, onClose, onDeleted } = props
  const api = useApi()
  const t = useText('manager.detail')
  const ui = useText('ui')
  const [open, setOpen] = useState(true)
  const [typed, setTyped] = useState('')
  const [progress, setProgress] = useState<'asking' | 'running' | 'done'>('asking')
  const [error, setError] = useState<unknown>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  const running = progress === 'running'
  const { callers } = key

  async function run(): Promise<void> {
    setProgress('running')
    setError(null)
    try {
      await deleteManagerKey(api, key.id)
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
      title={t('deleteTitle', { id: key.id })}
      description={t('deleteBody')}
      busy={running}
      wide
      initialFocus={cancel}
      onRequestClose={() => setOpen(false)}
      onClosed={progress === 'done' ? onDeleted : onClose}
      foot={
        <>
          <Button ref={cancel} disabledReason={running ? ui('submitting') : undefined} onClick={() => setOpen(false)}>
            {ui('cancel')}
          </Button>
          <Button
            variant="danger"
            busy={running}
            disabledReason={typed.trim() === key.id ? undefined : t('deleteWait')}
            onClick={() => void run()}
          >
            {t('delete')}
          </Button>
        </>
      }
    >
      {callers.length === 0 ? (
        <p>{t('deleteNoCallers')}</p>
      ) : (
        <Notice tone="bad" title={t('deleteCallers', { count: callers.length })}>
          <ul className={styles.callers}>
            {callers.slice(0, named).map(({ kmsKeyArn }) => (
              <li key={kmsKeyArn}>
                <code>{kmsKeyArn}</code>
              </li>
            ))}
            {callers.length > named ? <li>{t('deleteMore', { count: callers.length - named })}</li> : null}
          </ul>
        </Notice>
      )}
      <Field label={t('deleteConfirm', { id: key.id })} required>
        <TextInput mono value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      {error === null ? null : <ErrorNotice error={error} />}
    </DialogFrame>
  )
}
