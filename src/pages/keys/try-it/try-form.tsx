import { useId, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { ErrorFacts, ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Checkbox } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useCodeText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { Blocker } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import styles from './try-it.module.css'
import type { CallState } from './use-call.ts'

/** One operation to try: its fields, whether to try it dry, the deed, and its answer. */
export function TryForm<R>(props: {
  intro: string
  /** Why the operation is not allowed; null: it is, as far as is known. */
  blocker: Blocker | null
  submitLabel: string
  state: CallState<R>
  isDry: boolean
  onDry: (isDry: boolean) => void
  onSubmit: () => void
  /** Given where there is something to clear. */
  onClear: (() => void) | null
  answer: (result: R) => ReactNode
  children: ReactNode
}): ReactNode {
  const { intro, submitLabel, state, isDry, onDry, onSubmit, onClear, answer, children } = props
  const t = useText('tryit')
  const blockerText = useBlockerText()
  const introId = useId()
  // A dry run is the very question whether it is allowed, so it is always offered.
  const blocker = isDry ? null : props.blocker
  return (
    <form
      className={styles.stack}
      noValidate
      aria-describedby={introId}
      onSubmit={(event) => {
        event.preventDefault()
        if (state.at !== 'busy' && !blocker) onSubmit()
      }}
    >
      <p id={introId} className={styles.hint}>
        {intro}
      </p>
      {children}
      <Checkbox
        checked={isDry}
        onChange={(event) => onDry(event.target.checked)}
        label={t('dryRun.label')}
        detail={t('dryRun.detail')}
      />
      <div className={styles.row}>
        <Button
          type="submit"
          variant="primary"
          busy={state.at === 'busy'}
          disabledReason={blocker ? blockerText(blocker) : undefined}
        >
          {submitLabel}
        </Button>
        {onClear ? <Button onClick={onClear}>{t('clear')}</Button> : null}
      </div>
      <div aria-live="polite" className={styles.stack}>
        {state.at === 'failed' ? <Failure error={state.error} /> : null}
        {state.at === 'done' ? answer(state.result) : null}
      </div>
    </form>
  )
}

/** Answers of a dry run are errors by their form only (KMS API 2016-01-20, Encrypt, DryRun). */
const dryAnswers = {
  DryRunOperationError: { tone: 'ok', says: 'succeeds' },
  ValidationError: { tone: 'warn', says: 'refused' },
  AccessDeniedError: { tone: 'warn', says: 'denied' },
} as const

function Failure({ error }: { error: ApiError }): ReactNode {
  const t = useText('tryit.dryRun')
  const codeText = useCodeText()
  const dry = Object.entries(dryAnswers).find(([code]) => code === error.code)?.[1]
  if (!dry) return <ErrorNotice error={error} />
  const { WouldBe } = error.detail
  const reason = WouldBe === undefined ? null : codeText(WouldBe)
  return (
    <Notice tone={dry.tone} live title={t(dry.says)}>
      {reason === null ? null : <p>{reason}</p>}
      <p>{t('nothing')}</p>
      <ErrorFacts error={error} words={t(dry.says)} />
    </Notice>
  )
}
