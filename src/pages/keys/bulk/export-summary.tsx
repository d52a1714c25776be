import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { announce } from '#src/components/ui/announcer.tsx'
import { ProgressBar } from '#src/components/ui/progress-bar.tsx'
import { useText } from '#src/i18n/use-text.ts'
import type { ExportSession } from './export-session.tsx'
import type { ExportState } from './export-run.ts'
import { useTimeLeft } from './progress-text.ts'

/** Where an export is, in a sentence. */
export function useExportText(): (state: ExportState) => string {
  const t = useText('bulk.export')
  const progress = useText('bulk.progress')
  const timeLeft = useTimeLeft()
  return ({ phase, progress: { done, total }, secondsLeft, standsStill, isStopping, keys }) => {
    if (standsStill) return progress('standsStill', { done, total })
    if (isStopping) return progress('stopping', { done, total })
    if (phase === 'gathering' || phase === 'reading') {
      const words = phase === 'gathering' ? progress('gathering', { done, total }) : t('reading', { done, total })
      const left = timeLeft(secondsLeft)
      return left === '' ? words : progress('withLeft', { words, left })
    }
    return phase === 'failed' ? progress('failed') : t(phase, { count: keys.length })
  }
}

export function ExportSummary({ session }: { session: ExportSession }): ReactNode {
  const t = useText('bulk.export')
  const exportText = useExportText()
  const state = useSyncExternalStore(session.view.subscribe, session.view.state)
  const words = exportText(state)
  const isReading = state.phase === 'gathering' || state.phase === 'reading'
  const news = isReading && !state.standsStill ? null : words

  useEffect(() => {
    if (news !== null) announce(news)
  }, [news])

  return (
    <>
      <span>
        <strong>{t('title')}</strong> {words}
      </span>
      {isReading ? (
        <ProgressBar
          label={t('title')}
          text={words}
          done={state.progress.done}
          total={state.progress.total}
          held={state.standsStill}
        />
      ) : null}
    </>
  )
}
