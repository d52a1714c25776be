import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Card } from '#src/components/ui/card.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { conditionNames, type Condition, type ConditionName } from '#src/pages/keys/availability.ts'
import styles from './details.module.css'
import type { KnownAvailability } from './use-availability.ts'

const marks = {
  met: { shape: 'dot', tone: 'ok', label: 'holds' },
  failed: { shape: 'triangle', tone: 'warn', label: 'fails' },
  unknown: { shape: 'ring', tone: 'idle', label: 'notKnown' },
} as const satisfies Record<Condition['verdict'], unknown>

const conditionWords = {
  key: 'keyEnabled',
  proxy: 'proxyConnected',
  externalKey: 'externalKeyEnabled',
} as const satisfies Record<ConditionName, string>

/** The three conditions of an external key, each with what is known about it, and their sum above. */
export function AvailabilityCard(props: { known: KnownAvailability; region: string }): ReactNode {
  const { conditions, availability, latencyMs, isAsking } = props.known
  const t = useText('details.availability')
  const failed = conditionNames.filter((name) => conditions[name].verdict === 'failed').length
  return (
    <Card title={t('title')}>
      {availability.verdict === 'available' ? (
        <Notice tone="ok">{t('yes')}</Notice>
      ) : availability.verdict === 'unavailable' ? (
        <Notice tone="warn">{t('no', { failed })}</Notice>
      ) : (
        <Notice tone="info">{t(isAsking ? 'checking' : 'unknown')}</Notice>
      )}
      <ul className={styles.conditions}>
        {conditionNames.map((name) => (
          <li key={name}>
            <ConditionMark
              name={name}
              condition={conditions[name]}
              latencyMs={name === 'proxy' ? latencyMs : null}
              isAsking={name === 'proxy' && isAsking}
            />
          </li>
        ))}
      </ul>
      <div>
        <Link to="/key-manager" search={{ region: props.region }}>
          {t('toManager')}
        </Link>
      </div>
    </Card>
  )
}

function ConditionMark(props: {
  name: ConditionName
  condition: Condition
  latencyMs: number | null
  isAsking: boolean
}): ReactNode {
  const { name, condition, latencyMs, isAsking } = props
  const t = useText('details.availability')
  const failure = useText('keys.failure')
  const { shape, tone, label } = marks[condition.verdict]
  function detail(): string | undefined {
    if (condition.verdict === 'failed') return failure(condition.failure)
    if (condition.verdict === 'met' && latencyMs !== null) return t('latency', { ms: latencyMs })
    // The line stands from the beginning, so that nothing below it moves when the answer comes.
    return isAsking ? t('waiting') : undefined
  }
  return (
    <StatusMark
      shape={shape}
      tone={tone}
      label={t('condition', { name: t(conditionWords[name]), verdict: t(label) })}
      detail={detail()}
    />
  )
}
