import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { announce } from '#src/components/ui/announcer.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { ProgressBar } from '#src/components/ui/progress-bar.tsx'
import { SidePanel } from '#src/components/ui/side-panel.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './bulk.module.css'
import type { ExportSession } from './export-session.tsx'
import { useExportText } from './export-summary.tsx'
import { Standstill } from './standstill.tsx'

/** An export while it reads, and the file once it has. */
export function ExportPanel(props: { session: ExportSession; onClose: () => void; onEnd: () => void }): ReactNode {
  const { session, onClose, onEnd } = props
  const { run, kind } = session
  const t = useText('bulk.export')
  const progress = useText('bulk.progress')
  const ui = useText('ui')
  const exportText = useExportText()
  const state = useSyncExternalStore(session.view.subscribe, session.view.state)
  const { phase, standsStill, isStopping, keys } = state
  const words = exportText(state)
  const isReading = phase === 'gathering' || phase === 'reading'
  const problems = keys.filter(({ problem }) => problem !== null).length

  useEffect(() => {
    if (!isReading) announce(words)
  }, [isReading, words])

  return (
    <SidePanel
      open
      title={t('title')}
      subtitle={session.fileName(kind)}
      onRequestClose={onClose}
      foot={
        isReading ? (
          <Button disabledReason={isStopping ? progress('isStopping') : undefined} onClick={run.stop}>
            {progress('stop')}
          </Button>
        ) : (
          <>
            {keys.length > 0 ? (
              <>
                <Button onClick={() => session.save('csv')}>{t('saveCsv')}</Button>
                <Button onClick={() => session.save('json')}>{t('saveJson')}</Button>
              </>
            ) : null}
            <span className={styles.last}>
              <Button variant="quiet" onClick={onEnd}>
                {ui('close')}
              </Button>
            </span>
          </>
        )
      }
    >
      <div className={styles.stack}>
        {phase === 'failed' ? <ErrorNotice error={state.error} title={progress('failed')} /> : null}
        {phase === 'finished' ? (
          <Notice tone="ok" title={words}>
            {t('saved', { name: session.fileName(kind) })}
          </Notice>
        ) : null}
        {phase === 'stopped' ? (
          <Notice tone="warn" title={words}>
            {t('incomplete')}
          </Notice>
        ) : null}
        {problems > 0 ? <Notice tone="warn">{t('problems', { count: problems })}</Notice> : null}
        {isReading ? (
          <>
            <Standstill stands={standsStill} run={run} />
            <p className={styles.figures}>{words}</p>
            <ProgressBar
              label={t('title')}
              text={words}
              done={state.progress.done}
              total={state.progress.total}
              held={standsStill}
            />
            <p className={styles.hint}>{progress('hint')}</p>
          </>
        ) : null}
        <p className={styles.hint}>{t('content')}</p>
      </div>
    </SidePanel>
  )
}
