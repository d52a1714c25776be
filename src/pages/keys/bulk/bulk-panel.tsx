/** A bulk work in a side panel: first what would happen, then what happens, then what has happened. */
import { useSyncExternalStore, type ReactNode } from 'react'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { SidePanel } from '#src/components/ui/side-panel.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useAsking } from './asking.tsx'
import styles from './bulk.module.css'
import { ResultFoot, Running } from './running.tsx'
import type { Session } from './session.tsx'

export interface PanelProps {
  readonly session: Session
  readonly onClose: () => void
  readonly onEnd: () => void
}

export function BulkPanel(props: PanelProps): ReactNode {
  const { session, onClose, onEnd } = props
  const t = useText('bulk')
  const ui = useText('ui')
  const state = useSyncExternalStore(session.view.subscribe, session.view.state)
  const asking = useAsking(session, state)
  const isFailed = state.phase === 'failed'
  const isAsking = state.order === null && !isFailed
  return (
    <SidePanel
      open
      title={t(`title.${session.verb}`)}
      subtitle={t('subtitle', { region: session.region, who: session.principalArn })}
      onRequestClose={onClose}
      foot={
        isFailed ? (
          <Button onClick={onEnd}>{ui('close')}</Button>
        ) : isAsking ? (
          <>
            <Button
              variant={asking.isDanger ? 'danger' : 'primary'}
              disabledReason={asking.wait}
              onClick={asking.begin}
            >
              {t(`submit.${session.verb}`, { count: asking.ready })}
            </Button>
            <Button onClick={onEnd}>{ui('cancel')}</Button>
          </>
        ) : (
          <ResultFoot {...props} state={state} />
        )
      }
    >
      <div className={styles.stack}>
        {isFailed ? <ErrorNotice error={state.error} title={t('listFailed')} /> : null}
        {isAsking ? asking.body : null}
        {isAsking || isFailed ? null : <Running {...props} state={state} />}
      </div>
    </SidePanel>
  )
}
