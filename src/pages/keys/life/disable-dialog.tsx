import type { ReactNode } from 'react'
import { useWrite } from '#src/api/queries.ts'
import { useText } from '#src/i18n/use-text.ts'
import { useDependants } from './use-dependants.tsx'
import { LifeDialog } from './life-dialog.tsx'
import type { LifeDialogProps } from './life-dialogs.tsx'

export function DisableDialog(props: LifeDialogProps): ReactNode {
  const { asked, live, onClose } = props
  const t = useText('life.disable')
  const { part, wait } = useDependants(props)
  const disable = useWrite('DisableKey', asked.region)
  return (
    <LifeDialog
      asked={asked}
      live={live}
      title={t('title', { key: asked.name })}
      danger
      consequence={
        <>
          <p>{t('body')}</p>
          <p>{t(live.facts?.kind === 'external' ? 'reversibleExternal' : 'reversible')}</p>
        </>
      }
      wait={wait}
      run={() => disable.mutateAsync({ KeyId: asked.keyId })}
      onClose={onClose}
    >
      {part}
    </LifeDialog>
  )
}
