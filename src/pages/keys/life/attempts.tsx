import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { q } from '#src/api/queries.ts'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { Lines } from './dependants.tsx'
import styles from './life.module.css'

/** Who tried to use a key since its deletion was scheduled: what would fail for good once it is gone. */
export function Attempts(props: { keyId: string; region: string }): ReactNode {
  const api = useApi()
  const t = useText('life.attempts')
  const asked = useQuery(q(api, props.region, 'DescribeKeyAssociations', { KeyId: props.keyId }))
  if (asked.isPending) return null
  const attempts = asked.data?.AttemptsSinceScheduled.Attempt
  if (!attempts) return <p>{t('unknown')}</p>
  return (
    <div className={styles.attempts}>
      <p>{t('count', { count: attempts.length })}</p>
      <Lines
        lines={attempts.map(({ Time: at, PrincipalArn, Action, RequestId }) => (
          <span key={RequestId} className={styles.entry}>
            <Time value={at} seconds />
            <Identifier text={PrincipalArn} />
            <code>{Action}</code>
            <Identifier text={RequestId} thing={t('requestId')} />
          </span>
        ))}
      />
    </div>
  )
}
