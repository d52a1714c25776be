/** An order being carried out, and what became of it. */
import { memo, useEffect, useMemo, useState, type ReactNode } from 'react'
import { announce } from '#src/components/ui/announcer.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { CopyButton } from '#src/components/ui/copy-button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Select } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { ProgressBar } from '#src/components/ui/progress-bar.tsx'
import { StatusMark, type StatusShape, type StatusTone } from '#src/components/ui/status-mark.tsx'
import { VirtualList } from '#src/components/ui/virtual-list.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { download, stampOf, type FileKind } from '#src/components/download.ts'
import type { PanelProps } from './bulk-panel.tsx'
import styles from './bulk.module.css'
import { KeyName } from './key-name.tsx'
import { countsOf, useProgressText } from './progress-text.ts'
import { csvReport, jsonReport, reportRow } from './report.ts'
import type { BulkState, OutcomeName, Row } from './runner.ts'
import { useReportWords } from './skip-text.ts'
import { Standstill } from './standstill.tsx'

interface RunningProps extends PanelProps {
  readonly state: BulkState
}

/** In the order in which one looks for them. */
const shownNames = ['failed', 'notTried', 'skipped', 'done', 'underWay', 'waiting'] as const satisfies OutcomeName[]

export function Running({ session, state }: RunningProps): ReactNode {
  const t = useText('bulk')
  const [shown, setShown] = useState<OutcomeName | 'all'>('all')
  const { rows } = state
  const counts = useMemo(() => countsOf(rows), [rows])
  const present = shownNames.filter((name) => counts[name] > 0)
  const filter = shown !== 'all' && counts[shown] > 0 ? shown : 'all'
  const listed = useMemo(
    () => (filter === 'all' ? rows : rows.filter(({ outcome }) => outcome.at === filter)),
    [rows, filter],
  )
  const options = (['all', ...present] as const).map((name) => ({
    value: name,
    label: t('result.filter', {
      name: name === 'all' ? t('result.all') : t(`outcome.${name}`),
      count: name === 'all' ? rows.length : counts[name],
    }),
  }))
  return (
    <>
      <Progress session={session} state={state} />
      {counts.unknown > 0 ? (
        <Notice tone="warn" title={t('result.unknownTitle', { count: counts.unknown })}>
          {t('result.unknownBody')}
        </Notice>
      ) : null}
      <div className={styles.filter}>
        <Field label={t('result.show')}>
          <Select
            value={filter}
            options={options}
            onChange={(event) => setShown(present.find((name) => name === event.target.value) ?? 'all')}
          />
        </Field>
      </div>
      <VirtualList label={t('result.list')} items={listed} keyOf={({ keyId }) => keyId} estimate={57}>
        {(row) => <ResultRow row={row} />}
      </VirtualList>
    </>
  )
}

function Progress({ session, state }: Pick<RunningProps, 'session' | 'state'>): ReactNode {
  const t = useText('bulk')
  const progressText = useProgressText()
  const { phase, progress, rows } = state
  const text = progressText(state)
  const counts = countsOf(rows)
  const summary = t('result.summary', { ...counts })

  useEffect(() => {
    if (phase === 'finished') announce(summary)
  }, [phase, summary])

  if (phase === 'finished')
    return (
      <Notice tone={counts.failed > 0 || counts.notTried > 0 ? 'warn' : 'ok'} title={t('result.finished')}>
        {summary}
      </Notice>
    )
  return (
    <>
      <Standstill stands={state.standsStill} run={session.run} />
      <p className={styles.figures}>
        {counts.failed > 0
          ? t('progress.both', { first: text, second: t('progress.failedSoFar', { count: counts.failed }) })
          : text}
      </p>
      <ProgressBar
        label={t(`verb.${session.verb}`)}
        text={text}
        done={progress.done}
        total={progress.total}
        held={state.standsStill}
      />
      <p className={styles.hint}>{t('progress.hint')}</p>
    </>
  )
}

const looks: Readonly<Record<OutcomeName, readonly [shape: StatusShape, tone: StatusTone]>> = {
  waiting: ['ring', 'idle'],
  underWay: ['ring', 'warn'],
  done: ['dot', 'ok'],
  skipped: ['ring', 'idle'],
  failed: ['square', 'bad'],
  notTried: ['ring', 'idle'],
}

/** Drawn again when something became of its key. */
const ResultRow = memo(function ResultRow({ row }: { row: Row }): ReactNode {
  const t = useText('bulk')
  const errors = useText('errors')
  const words = useReportWords()
  const { outcome } = row
  const [shape, tone] = looks[outcome.at]
  const label = outcome.at === 'failed' && outcome.isUnknown ? t('outcome.unknown') : t(`outcome.${outcome.at}`)
  return (
    <div className={styles.row}>
      <KeyName row={row} />
      <StatusMark
        shape={shape}
        tone={tone}
        label={label}
        detail={outcome.at === 'skipped' ? words.skip(outcome.skip) : undefined}
      />
      {outcome.at === 'failed' ? (
        <div className={styles.reason}>
          <p>{words.failure(outcome)}</p>
          {outcome.error.code === '' ? null : <code>{outcome.error.code}</code>}
          {outcome.error.requestId === null ? null : (
            <span className={styles.request}>
              {errors('requestId')} <code>{outcome.error.requestId}</code>
              <CopyButton text={outcome.error.requestId} thing={errors('requestId')} />
            </span>
          )}
        </div>
      ) : null}
    </div>
  )
})

/** While it runs it can be stopped; afterwards the rest can be tried and the result be taken along. */
export function ResultFoot({ session, state, onEnd }: RunningProps): ReactNode {
  const t = useText('bulk')
  const ui = useText('ui')
  const words = useReportWords()
  const { run } = session
  const { phase, rows, order } = state

  function report(kind: FileKind): void {
    if (!order) return
    const now = Date.now()
    const head = { region: session.region, principalArn: session.principalArn, order, now }
    const reported = rows.map((row) => reportRow(row, words))
    const text = kind === 'csv' ? csvReport(reported, head) : jsonReport(reported, head)
    download(`kms-${session.verb}_${session.region}_${stampOf(now)}`, kind, text)
  }

  if (phase !== 'finished')
    return (
      <Button disabledReason={state.isStopping ? t('progress.isStopping') : undefined} onClick={run.stop}>
        {t('progress.stop')}
      </Button>
    )
  const { failed, notTried } = countsOf(rows)
  return (
    <>
      {failed > 0 ? (
        <Button variant="primary" onClick={() => run.again('failed')}>
          {t('result.retry', { count: failed })}
        </Button>
      ) : null}
      {notTried > 0 ? (
        <Button onClick={() => run.again('notTried')}>{t('result.goOn', { count: notTried })}</Button>
      ) : null}
      <Button onClick={() => report('csv')}>{t('result.csv')}</Button>
      <Button onClick={() => report('json')}>{t('result.json')}</Button>
      <span className={styles.last}>
        <Button variant="quiet" onClick={onEnd}>
          {ui('close')}
        </Button>
      </span>
    </>
  )
}
