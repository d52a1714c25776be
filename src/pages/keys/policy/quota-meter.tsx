import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { q } from '#src/api/queries.ts'
import { Meter } from '#src/components/ui/meter.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './policy.module.css'
import { accessQuota, forecastQuota, type QuotaForecast } from './quota-forecast.ts'

/** What naming these accounts does to an instance's access management quota. */
export function QuotaMeter(props: {
  region: string
  instanceId: string
  /** Accounts of the cross-account users that the policy would name. */
  accounts: readonly string[]
  /** Accounts that cost nothing: the caller's and the instance's owner. */
  members: readonly string[]
  /** Accounts that the policy names no longer. */
  withdrawn?: readonly string[]
}): ReactNode {
  const { region, instanceId, accounts, members, withdrawn = [] } = props
  const api = useApi()
  const t = useText('policy.quota')
  const quotas = useQuery(
    q(api, region, 'GetKmsInstanceQuotaInfos', { KmsInstanceId: instanceId, ResourceType: 'vpc' }),
  )
  const info = quotas.data && accessQuota(quotas.data)
  if (quotas.isPending)
    return (
      <div className={styles.quota}>
        <Skeleton width="full" />
      </div>
    )
  if (!info) return <p className={styles.hint}>{t(isDenied(quotas.error) ? 'denied' : 'unknown')}</p>
  const forecast = forecastQuota(info, accounts, members)
  return (
    <div className={styles.quota}>
      <Meter label={t('label')} total={forecast.total} used={forecast.used} added={forecast.added.length} />
      <Forecast forecast={forecast} withdrawn={withdrawn} />
    </div>
  )
}

function Forecast(props: { forecast: QuotaForecast; withdrawn: readonly string[] }): ReactNode {
  const { forecast, withdrawn } = props
  const { total, used, added, counted, exceeds, certain, returning } = forecast
  const t = useText('policy.quota')
  return (
    <div className={styles.quotaNotes}>
      <p role="status" className={exceeds ? styles.over : undefined}>
        {exceeds ? t('exceeds', { over: used + added.length - total }) : null}
      </p>
      {added.length > 0 ? (
        <p>{t(certain ? 'added' : 'addedAtMost', { count: added.length, accounts: added.join(t('separator')) })}</p>
      ) : null}
      {counted.length > 0 ? (
        <p>{t('counted', { count: counted.length, accounts: counted.join(t('separator')) })}</p>
      ) : null}
      {withdrawn.length > 0 ? (
        <p>{t('withdrawn', { count: withdrawn.length, accounts: withdrawn.join(t('separator')) })}</p>
      ) : null}
      {returning.map(({ AccountId, ReturnsAt }) => (
        <p key={AccountId}>
          {t.rich('returning', { account: AccountId, time: () => <Time value={ReturnsAt} seconds /> })}
        </p>
      ))}
      <p>{t('rule')}</p>
    </div>
  )
}
