import type { ReactNode } from 'react'
import { useWrite } from '#src/api/queries.ts'
import { LocalAndUtc } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { LifeDialog } from './life-dialog.tsx'
import type { LifeDialogProps } from './life-dialogs.tsx'

export function CancelDeletionDialog(props: LifeDialogProps): ReactNode {
  const { asked, live, onClose } = props
  const t = useText('life.cancel')
  const cancel = useWrite('CancelKeyDeletion', asked.region)
  const deleteDate = live.metadata?.DeleteDate
  return (
    <LifeDialog
      asked={asked}
      live={live}
      title={t('title', { key: asked.name })}
      consequence={
        <>
          <p>{t('body')}</p>
          <p>{t('enabled')}</p>
        </>
      }
      run={() => cancel.mutateAsync({ KeyId: asked.keyId })}
      onClose={onClose}
    >
      {deleteDate === undefined ? null : <p>{t.rich('planned', { time: () => <LocalAndUtc value={deleteDate} /> })}</p>}
    </LifeDialog>
  )
}
