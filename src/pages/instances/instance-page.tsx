import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q } from '#src/api/queries.ts'
import { InstanceStanding } from '#src/components/instance-mark.tsx'
import { PlaceFailure } from '#src/components/place-failure.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Badge } from '#src/components/ui/badge.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { BasicsCard } from './basics-card.tsx'
import styles from './instances.module.css'
import { QuotaCard } from './quota-card.tsx'
import { ReceivedCard } from './sharing/received-card.tsx'
import { SharingCard } from './sharing/sharing-card.tsx'

/** One instance: what it is, what its access management quota is spent on, and with whom it is shared. */
export function InstancePage(): ReactNode {
  const { instanceId } = useParams({ from: '/instances/$instanceId' })
  const region = useRegion()
  const api = useApi()
  const t = useText('instances')
  const asked = useQuery(q(api, region, 'GetKmsInstance', { KmsInstanceId: instanceId }))
  const parent = { to: '/keys', label: t('back') } as const
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
      <>
        <PageHeader title={t('title')} parent={parent} />
        <PlaceFailure
          error={asked.error}
          what="instance"
          region={region}
          notFound={{
            title: t('notFound.title'),
            body: t('notFound.body', { instanceId, region }),
            back: t('notFound.back'),
          }}
          onRetry={() => void asked.refetch()}
        />
      </>
    )
  const instance = asked.data.KmsInstance
  const isReceived = instance.Sharing?.State === 'SharedToThisAccount'
  return (
    <div className={styles.stack}>
      <PageHeader
        title={instance.InstanceName || instance.InstanceId}
        parent={parent}
        aside={
          <Button
            iconOnly
            aria-label={t('refresh')}
            busy={asked.isFetching}
            icon={<RefreshCw size={16} aria-hidden />}
            onClick={() => void asked.refetch()}
          />
        }
      >
        <InstanceStanding instance={instance} />
        {isReceived ? <Badge tone="accent">{t('received.tag')}</Badge> : null}
      </PageHeader>
      <Cards key={instance.InstanceId} instance={instance} region={region} />
    </div>
  )
}

function Cards(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const isReceived = instance.Sharing?.State === 'SharedToThisAccount'
  return (
    <>
      <BasicsCard instance={instance} />
      {isReceived ? <ReceivedCard instance={instance} region={region} /> : null}
      {instance.Status === 'Uninitialized' ? null : <QuotaCard instance={instance} region={region} />}
      {isReceived ? null : <SharingCard instance={instance} region={region} />}
    </>
  )
}
