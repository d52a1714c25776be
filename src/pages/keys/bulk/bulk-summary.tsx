import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { announce } from '#src/components/ui/announcer.tsx'
import { ProgressBar } from '#src/components/ui/progress-bar.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { countsOf, useProgressText } from './progress-text.ts'
import type { Session } from './session.tsx'

/** What the way back to a bulk work says while its panel is closed. */
export function BulkSummary({ session }: { session: Session }): ReactNode {
  const t = useText('bulk')
  const state = useSyncExternalStore(session.view.subscribe, session.view.state)
  const progressText = useProgressText()
  const { phase, progress, standsStill } = state
  const verb = t(`verb.${session.verb}`)
  const isMoving = phase === 'gathering' || phase === 'checking' || phase === 'running'
  const words = phase === 'finished' ? t('result.short', countsOf(state.rows)) : progressText(state)
  const news = phase === 'finished' || phase === 'failed' || standsStill ? `${verb}: ${words}` : null

  useEffect(() => {
    if (news !== null) announce(news)
  }, [news])

  return (
    <>
      <span>
        <strong>{verb}</strong> {words}
      </span>
      {isMoving ? (
        <ProgressBar label={verb} text={words} done={progress.done} total={progress.total} held={standsStill} />
      ) : null}
    </>
  )
}
