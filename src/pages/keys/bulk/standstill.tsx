import type { ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** Nobody answers: nothing more is asked until the person says so. */
export function Standstill(props: {
  stands: boolean
  run: { readonly goOn: () => void; readonly stop: () => void }
}): ReactNode {
  const { stands, run } = props
  const t = useText('bulk.standstill')
  if (!stands) return null
  return (
    <Notice
      tone="bad"
      live
      title={t('title')}
      actions={
        <>
          <Button onClick={run.goOn}>{t('goOn')}</Button>
          <Button variant="quiet" onClick={run.stop}>
            {t('stop')}
          </Button>
        </>
      }
    >
      {t('body')}
    </Notice>
  )
}
