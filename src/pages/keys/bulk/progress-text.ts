import { useText } from '#src/i18n/use-text.ts'
import type { BulkState, OutcomeName, Row } from './runner.ts'

export type Counts = Readonly<Record<OutcomeName | 'unknown', number>>

export function countsOf(rows: readonly Row[]): Counts {
  const counts = { waiting: 0, underWay: 0, done: 0, skipped: 0, failed: 0, notTried: 0, unknown: 0 }
  for (const { outcome } of rows) {
    counts[outcome.at] += 1
    if (outcome.at === 'failed' && outcome.isUnknown) counts.unknown += 1
  }
  return counts
}

/** How long something still takes, in round words; empty where that is not known. */
export function useTimeLeft(): (seconds: number | null) => string {
  const t = useText('bulk.left')
  return (seconds) => {
    if (seconds === null) return ''
    return seconds < 90 ? t('seconds', { count: seconds }) : t('minutes', { count: Math.round(seconds / 60) })
  }
}

/** Where a run is, in a sentence. */
export function useProgressText(): (state: BulkState) => string {
  const t = useText('bulk.progress')
  const timeLeft = useTimeLeft()
  return ({ phase, progress, secondsLeft, standsStill, isStopping }) => {
    if (standsStill) return t('standsStill', { ...progress })
    if (isStopping) return t('stopping', { ...progress })
    const left = timeLeft(secondsLeft)
    switch (phase) {
      case 'gathering':
      case 'checking':
      case 'running':
        return left === '' ? t(phase, { ...progress }) : t('withLeft', { words: t(phase, { ...progress }), left })
      case 'checked':
      case 'finished':
      case 'stopped':
      case 'failed':
        return t(phase)
    }
  }
}
