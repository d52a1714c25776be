/** The check before an order: how far it is, and whom it passes over for which reason. */
import { useMemo, type ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { ProgressBar } from '#src/components/ui/progress-bar.tsx'
import { VirtualList } from '#src/components/ui/virtual-list.tsx'
import { useText } from '#src/i18n/use-text.ts'
import type { SkippedRow, Verdict } from './asking.tsx'
import styles from './bulk.module.css'
import { KeyName } from './key-name.tsx'
import { skipGroup } from './orders.ts'
import { useProgressText } from './progress-text.ts'
import type { BulkState } from './runner.ts'
import type { Session } from './session.tsx'
import { useSkipText } from './skip-text.ts'
import { Standstill } from './standstill.tsx'

export function CheckPart(props: { session: Session; state: BulkState; verdict: Verdict | null }): ReactNode {
  const { session, state, verdict } = props
  const t = useText('bulk.check')
  const progressText = useProgressText()
  const { progress, phase } = state
  return (
    <section className={styles.stack} aria-label={t('title')}>
      <h3>{t('title')}</h3>
      {verdict ? (
        <Findings session={session} verdict={verdict} total={state.rows.length} />
      ) : phase === 'stopped' ? (
        <p>{progressText(state)}</p>
      ) : (
        <>
          <Standstill stands={state.standsStill} run={session.run} />
          <p className={styles.figures}>{progressText(state)}</p>
          <div className={styles.progress}>
            <ProgressBar
              label={t('title')}
              text={progressText(state)}
              done={progress.done}
              total={progress.total}
              held={state.standsStill}
            />
            <Button
              variant="link"
              disabledReason={state.isStopping ? t('stopping') : undefined}
              onClick={session.run.stop}
            >
              {t('stop')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

interface Group {
  readonly words: string
  readonly rows: readonly SkippedRow[]
}

function Findings(props: { session: Session; verdict: Verdict; total: number }): ReactNode {
  const { session, verdict, total } = props
  const t = useText('bulk.check')
  const skipText = useSkipText()
  const { ready, skipped, overwritten } = verdict
  const groups = useMemo(() => groupsOf(skipped), [skipped])
  const readyWords = t(`ready.${session.verb}`, { count: ready, total })
  return (
    <>
      <p aria-live="polite" className={styles.verdict}>
        {skipped.length > 0
          ? t('both', { first: readyWords, second: t('skipped', { count: skipped.length }) })
          : readyWords}
      </p>
      {overwritten > 0 ? <Notice tone="warn">{t('overwritten', { count: overwritten })}</Notice> : null}
      {groups
        .map((rows): Group => ({ words: skipText(rows[0]!.skip), rows }))
        .map(({ words, rows }) => (
          <Disclosure key={words} summary={t('group', { count: rows.length, words })}>
            <VirtualList label={words} items={rows} keyOf={({ row }) => row.keyId} estimate={37}>
              {({ row }) => <KeyName row={row} />}
            </VirtualList>
          </Disclosure>
        ))}
    </>
  )
}

/** The rows of each reason, the most frequent first. */
function groupsOf(skipped: readonly SkippedRow[]): readonly (readonly SkippedRow[])[] {
  const groups = new Map<string, SkippedRow[]>()
  for (const one of skipped) {
    const name = skipGroup(one.skip)
    const group = groups.get(name)
    if (group) group.push(one)
    else groups.set(name, [one])
  }
  return [...groups.values()].sort((one, other) => other.length - one.length)
}
