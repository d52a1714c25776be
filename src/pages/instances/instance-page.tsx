import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q } from '#src/api/queries.ts'
import { InstanceStanding } from '#src/components/instance-mark.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Badge } from '#src/components/ui/badge.tsx'
import { RefreshButton } from '#src/components/ui/refresh-button.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { InstanceFailure } from './instance-failure.tsx'
import { BasicsCard } from './basics-card.tsx'
import { ConnectionCard, EnableCard } from './connection-card.tsx'
import { InstanceActs } from './life/instance-acts.tsx'
import styles from './instances.module.css'
import { QuotaCard } from './quota-card.tsx'
import { ReceivedCard } from './sharing/received-card.tsx'
import { SharingCard } from './sharing/sharing-card.tsx'
import { canConnect, isReceived } from './standing.ts'

const ConnectPanel = lazy(() =>
  import('./connect/connect-panel.tsx').then((module) => ({ default: module.ConnectPanel })),
)

/** While it is being enabled its status is asked for again, ms. */
const enablingPollMs = 1000

/** One instance: what it is, what its access management quota is spent on, and with whom it is shared. */
export function InstancePage(): ReactNode {
  const { instanceId } = useParams({ from: '/instances/$instanceId' })
  const region = useRegion()
  const api = useApi()
  const t = useText('instances')
  const asked = useQuery({
    ...q(api, region, 'GetKmsInstance', { KmsInstanceId: instanceId }),
    refetchInterval: ({ state }) => (state.data?.KmsInstance.Status === 'Connecting' ? enablingPollMs : false),
  })
  const parent = { to: '/instances', label: t('back') } as const
  if (asked.isPending)
    return (
      <div aria-busy className={styles.stack}>
        <PageHeader title={instanceId} parent={parent} />
        <Skeleton width="full" />
        <Skeleton width="long" />
      </div>
    )
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
  const instance = asked.data.KmsInstance
  return (
    <div className={styles.stack}>
      <PageHeader
        title={instance.InstanceName || instance.InstanceId}
        parent={parent}
        aside={
          <>
            <RefreshButton label={t('refresh')} busy={asked.isFetching} onRefresh={() => void asked.refetch()} />
            <InstanceActs instance={instance} region={region} />
          </>
        }
      >
        <InstanceStanding instance={instance} />
        {isReceived(instance) ? <Badge tone="accent">{t('received.tag')}</Badge> : null}
      </PageHeader>
      <Cards key={instance.InstanceId} instance={instance} region={region} />
    </div>
  )
}

function Cards(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const received = isReceived(instance)
  const { panel } = useSearch({ from: '/instances/$instanceId' })
  const navigate = useNavigate()
  const setPanel = (next: 'connect' | undefined): void =>
    void navigate({
      to: '/instances/$instanceId',
      params: { instanceId: instance.InstanceId },
      search: { region, panel: next },
      replace: next === undefined,
    })
  // It stays while the attempt that was begun in it goes on.
  const [open, setOpen] = useState(false)
  const wanted = panel === 'connect' && canConnect(instance)
  if (wanted && !open) setOpen(true)
  return (
    <>
      <BasicsCard instance={instance} />
      {received ? <ReceivedCard instance={instance} region={region} /> : null}
      {instance.InstanceType === 'External' && !received ? (
        <ConnectionCard instance={instance} region={region} onConnect={() => setPanel('connect')} />
      ) : null}
      {instance.InstanceType === 'Software' && canConnect(instance) ? (
        <EnableCard onEnable={() => setPanel('connect')} />
      ) : null}
      {instance.Status === 'Uninitialized' ? null : <QuotaCard instance={instance} region={region} />}
      {received ? null : <SharingCard instance={instance} region={region} />}
      {open ? (
        <Suspense>
          <ConnectPanel
            instance={instance}
            region={region}
            onClose={() => {
              setOpen(false)
              setPanel(undefined)
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}
