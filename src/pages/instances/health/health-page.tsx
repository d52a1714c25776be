/** How the way to an external instance's proxy has done: its states, its requests, how long it took, and what failed. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { InstanceStanding } from '#src/components/instance-mark.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Card } from '#src/components/ui/card.tsx'
import { Select } from '#src/components/ui/inputs.tsx'
import { RefreshButton } from '#src/components/ui/refresh-button.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { InstanceFailure } from '#src/pages/instances/instance-failure.tsx'
import styles from '#src/pages/instances/instances.module.css'
import { Failures } from './failures.tsx'
import { isPeriod, periods, readHealthSearch } from './health-search.ts'
import { Measures } from './measures.tsx'
import { States } from './states.tsx'
import { Summary } from './summary.tsx'

const route = '/instances/$instanceId/health'

/** Checks come once a minute, and requests are told of as they end: this is for what nothing tells of, ms. */
const pollMs = 10_000

export function HealthPage(): ReactNode {
  const { instanceId } = useParams({ from: route })
  const region = useRegion()
  const api = useApi()
  const t = useText('instances.health')
  const asked = useQuery(q(api, region, 'GetKmsInstance', { KmsInstanceId: instanceId }))
  const instance = asked.data?.KmsInstance
  const parent = { instanceId, label: instance?.InstanceName || instanceId }
  if (asked.isError)
    return (
      <InstanceFailure
        title={t('title')}
        error={asked.error}
        instanceId={instanceId}
        region={region}
        onRetry={() => void asked.refetch()}
      />
    )
  if (!instance)
    return (
      <div aria-busy className={styles.stack}>
        <PageHeader title={t('title')} parent={parent} />
        <Skeleton width="full" />
      </div>
    )
  return <Health instance={instance} region={region} parent={parent} />
}

function Health(props: {
  instance: KmsInstance
  region: string
  parent: { readonly instanceId: string; readonly label: string }
}): ReactNode {
  const { instance, region, parent } = props
  const { period = '1h' } = useSearch({ from: route })
  const navigate = useNavigate({ from: route })
  const api = useApi()
  const t = useText('instances.health')
  const asked = useQuery({
    ...q(api, region, 'DescribeConnectionHealth', { KmsInstanceId: instance.InstanceId, Minutes: periods[period] }),
    placeholderData: keepPreviousData,
    refetchInterval: pollMs,
  })
  const health = asked.data
  return (
    <div className={styles.stack}>
      <PageHeader
        title={t('title')}
        parent={parent}
        aside={
          <>
            <Select
              aria-label={t('period.label')}
              value={period}
              options={(['15m', '1h', '6h', '24h'] as const).map((value) => ({ value, label: t(`period.${value}`) }))}
              onChange={({ target: { value } }) => {
                if (isPeriod(value))
                  void navigate({
                    search: { region, ...readHealthSearch({ period: value }) },
                    replace: true,
                    resetScroll: false,
                  })
              }}
            />
            <RefreshButton label={t('refresh')} busy={asked.isFetching} onRefresh={() => void asked.refetch()} />
          </>
        }
      >
        <InstanceStanding instance={instance} />
      </PageHeader>
      {asked.isError ? <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
      {asked.isPending ? <Skeleton width="full" /> : null}
      {health ? (
        <>
          <Summary health={health} instance={instance} region={region} />
          <Card title={t('states.title')}>
            <States health={health} />
          </Card>
          <Measures health={health} />
          <Card title={t('failures.title')}>
            <Failures failures={health.Failures} region={region} />
          </Card>
        </>
      ) : null}
    </div>
  )
}
