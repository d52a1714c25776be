import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { ManagerKey } from '#src/api/contract/key-manager.ts'
import { deleteManagerKey } from '#src/api/key-manager.ts'
import { ActDialog } from '#src/components/act-dialog.tsx'
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
  const [typed, setTyped] = useState('')
  const { callers } = key
  return (
    <ActDialog
      title={t('deleteTitle', { id: key.id })}
      description={t('deleteBody')}
      actLabel={t('delete')}
      danger
      wide
      wait={typed.trim() === key.id ? undefined : t('deleteWait')}
      run={() => deleteManagerKey(api, key.id)}
      onClose={onClose}
      onDone={onDeleted}
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
    </ActDialog>
  )
}
