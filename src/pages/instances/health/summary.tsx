import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { Card } from '#src/components/ui/card.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useConnection } from '#src/pages/instances/connect/use-connection.ts'
import { CertificateFact, CredentialFact } from '#src/pages/instances/connection-age.tsx'
import styles from '#src/pages/instances/instances.module.css'
import { failed, type Health } from './figures.ts'

/** What stands now: the last check, the share of requests that failed, and the age of what the connection rests on. */
export function Summary(props: { health: Health; instance: KmsInstance; region: string }): ReactNode {
  const { health, instance, region } = props
  const { Total, LastCheck, States } = health
  const { InstanceId, Status } = instance
  const t = useText('instances.health')
  const causes = useText('errors.cause')
  const { backend } = useApi()
  const { data } = useConnection(region, InstanceId)
  const cause = States.at(-1)?.Cause ?? ''
  const failures = failed(Total)
  const ms = (value: number | null): string => (value === null ? '–' : t('ms', { ms: value }))
  return (
    <Card title={t('summary.title')} external>
      <div className={styles.stack}>
        {Status === 'Disconnected' && data ? (
          data.DisconnectedByHand ? (
            <Notice>{t('summary.byHand')}</Notice>
          ) : (
            <Notice tone="bad" title={t('summary.byCheck')}>
              {cause === '' ? t('summary.returns') : t('summary.why', { cause: causes(cause) })}
            </Notice>
          )
        ) : null}
        <Facts>
          <Fact term={t('summary.lastCheck')}>
            {LastCheck === null ? (
              t('summary.noCheck')
            ) : (
              <StatusMark
                shape={LastCheck.Cause === '' ? 'dot' : 'triangle'}
                tone={LastCheck.Cause === '' ? 'ok' : 'bad'}
                label={
                  <>
                    {LastCheck.Cause === ''
                      ? t('summary.passed', { ms: LastCheck.LatencyMs ?? 0 })
                      : causes(LastCheck.Cause)}
                  </>
                }
                detail={<Time value={LastCheck.At} seconds />}
              />
            )}
          </Fact>
          <Fact term={t('summary.requests')}>{t('count', { count: Total.Requests })}</Fact>
          <Fact term={t('summary.failed')}>
            {Total.Requests === 0
              ? '–'
              : t('summary.share', { count: failures, share: Math.round((failures / Total.Requests) * 1000) / 10 })}
          </Fact>
          <Fact term={t('summary.latency')}>{[Total.P50, Total.P90, Total.P99].map(ms).join(' · ')}</Fact>
          {data?.Connection ? (
            <>
              <CertificateFact certificate={data.Connection.Certificate} now={backend.now()} />
              <CredentialFact since={data.Connection.CredentialSince} now={backend.now()} />
            </>
          ) : null}
        </Facts>
      </div>
    </Card>
  )
}
