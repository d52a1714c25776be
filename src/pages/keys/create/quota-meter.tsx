import { useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'
import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { q } from '#src/api/queries.ts'
import { Meter } from '#src/components/ui/meter.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'
import { useCreateScope, useTargetInstance } from './create-scope.ts'
import type { CreateForm } from './form-model.ts'
import { groupByAccount, refusedEntries } from './principals.ts'
import { accessQuota, forecastQuota, type QuotaForecast } from './quota-forecast.ts'

/** What the cross-account users picked so far do to the instance's access management quota. */
export function QuotaMeter(): ReactNode {
  const api = useApi()
  const t = useText('create.quota')
  const { region, ownAccountId } = useCreateScope()
  const instance = useTargetInstance()
  const { control } = useFormContext<CreateForm>()
  const entries = useWatch({ control, name: 'crossAccountUsers' })
  const quotas = useQuery(
    q(api, region, 'GetKmsInstanceQuotaInfos', { KmsInstanceId: instance.InstanceId, ResourceType: 'vpc' }),
  )
  const info = quotas.data && accessQuota(quotas.data)
  if (quotas.isPending)
    return (
      <div className={styles.quota}>
        <Skeleton width="full" />
      </div>
    )
  if (!info) return <p className={styles.hint}>{t(isDenied(quotas.error) ? 'denied' : 'unknown')}</p>

  const wrong = new Set(refusedEntries(entries, ownAccountId).map(({ text }) => text))
  const accounts = groupByAccount(entries.filter((entry) => !wrong.has(entry))).map(({ accountId }) => accountId)
  const owner = instance.Sharing?.OwnerAccountId
  const forecast = forecastQuota(info, accounts, owner === undefined ? [ownAccountId] : [ownAccountId, owner])
  return (
    <div className={styles.quota}>
      <Meter label={t('label')} total={forecast.total} used={forecast.used} added={forecast.added.length} />
      <Forecast forecast={forecast} />
    </div>
  )
}

function Forecast({ forecast }: { forecast: QuotaForecast }): ReactNode {
  const { total, used, added, counted, exceeds, certain, returning } = forecast
  const t = useText('create.quota')
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
      {returning.map(({ AccountId, ReturnsAt }) => (
        <p key={AccountId}>
          {t.rich('returning', { account: AccountId, time: () => <Time value={ReturnsAt} seconds /> })}
        </p>
      ))}
      <p>{t('rule')}</p>
    </div>
  )
}
