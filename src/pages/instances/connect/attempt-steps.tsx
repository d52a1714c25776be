import type { ReactNode } from 'react'
import type { Output } from '#src/api/contract/actions.ts'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { StatusMark, type StatusShape, type StatusTone } from '#src/components/ui/status-mark.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './connect.module.css'

export type Attempt = NonNullable<Output<'DescribeConnection'>['Attempt']>
type Step = Attempt['Steps'][number]

const looks: Readonly<Record<Step['Status'], { shape: StatusShape; tone: StatusTone }>> = {
  Waiting: { shape: 'ring', tone: 'idle' },
  Running: { shape: 'ring', tone: 'warn' },
  Passed: { shape: 'dot', tone: 'ok' },
  Failed: { shape: 'triangle', tone: 'bad' },
}

/** The step that failed; null: none did. */
export const failedStep = ({ Steps }: Attempt): Step | null => Steps.find(({ Status }) => Status === 'Failed') ?? null

/** An attempt to connect, step by step; of the one that failed what was met, and what to do about it. */
export function AttemptSteps({ attempt }: { attempt: Attempt }): ReactNode {
  const t = useText('instances.steps')
  return (
    <ol className={styles.steps} aria-label={t('label')}>
      {attempt.Steps.map((step) => (
        <li key={step.Step}>
          <StatusMark
            {...looks[step.Status]}
            label={
              <>
                {t(`step.${step.Step}`)} <span className={styles.state}>{t(`status.${step.Status}`)}</span>
              </>
            }
          />
          {step.Cause === '' ? null : <Failure step={step} />}
        </li>
      ))}
    </ol>
  )
}

/** Found values that are compared character by character. */
const compared: ReadonlySet<Step['Cause']> = new Set(['wrongFingerprint', 'zoneMismatch'])

function Failure({ step }: { step: Step }): ReactNode {
  const t = useText('instances.steps')
  const { Cause, Found } = step
  if (Cause === '') return null
  return (
    <div className={styles.failure}>
      <p>{t(`cause.${Cause}`, { found: Found })}</p>
      {compared.has(Cause) && Found !== '' ? (
        <p className={styles.found}>
          {t('found')} <Identifier text={Found} thing={t('foundThing')} />
        </p>
      ) : null}
      <p className={styles.advice}>{t(`advice.${Cause}`)}</p>
    </div>
  )
}
