import type { ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import type { BulkState } from './runner.ts'
import type { Session } from './session.tsx'

/** Nobody answers: nothing more is asked until the person says so. */
export function Standstill({ session, state }: { session: Session; state: BulkState }): ReactNode {
  const t = useText('bulk.standstill')
  if (!state.standsStill) return null
  return (
    <Notice
      tone="bad"
      live
      title={t('title')}
      actions={
        <>
          <Button onClick={session.run.goOn}>{t('goOn')}</Button>
          <Button variant="quiet" onClick={session.run.stop}>
            {t('stop')}
          </Button>
        </>
      }
    >
      {t('body')}
    </Notice>
  )
}
