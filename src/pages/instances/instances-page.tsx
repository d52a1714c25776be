import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import Inbox from 'lucide-react/icons/inbox'
import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import type { InstanceType } from '#src/api/contract/states.ts'
import { allInstances, q } from '#src/api/queries.ts'
import { DeniedPlace } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { InstanceStatusMark } from '#src/components/instance-mark.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { RefreshButton } from '#src/components/ui/refresh-button.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { CellLines, RowActions, Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Tabs } from '#src/components/ui/tabs.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './instances.module.css'
import { typesInOrder } from './instances-search.ts'
import { canConnect } from './standing.ts'

/** While something is being enabled its status is asked for again, ms. */
const enablingPollMs = 1000

/** The region's instances by type, with how they stand and what is left of their quotas. */
export function InstancesPage(): ReactNode {
  const { type = 'External' } = useSearch({ from: '/instances' })
  const region = useRegion()
  const api = useApi()
  const navigate = useNavigate()
  const t = useText('instances.list')
  const words = useText('keys.instance')
  const instances = useQuery({
    ...allInstances(api, region),
    refetchInterval: ({ state }) =>
      state.data?.some(({ Status }) => Status === 'Connecting') === true ? enablingPollMs : false,
  })
  const countOf = (one: InstanceType): number =>
    instances.data?.filter(({ InstanceType }) => InstanceType === one).length ?? 0
  return (
    <div className={styles.stack}>
      <PageHeader
        title={t('title')}
        aside={
          <RefreshButton label={t('refresh')} busy={instances.isFetching} onRefresh={() => void instances.refetch()} />
        }
      />
      <Tabs
        label={t('types')}
        tabs={typesInOrder.map((value) => ({
          value,
          label: instances.data
            ? t('tab', { type: words(`type.${value}`), count: countOf(value) })
            : words(`type.${value}`),
        }))}
        value={type}
        onChange={(value) =>
          void navigate({ to: '/instances', search: { region, type: value === 'External' ? undefined : value } })
        }
      >
        {instances.isError ? (
          isDenied(instances.error) ? (
            <DeniedPlace error={instances.error} what="list" framed />
          ) : (
            <ErrorNotice error={instances.error} title={t('failed')} onRetry={() => void instances.refetch()} />
          )
        ) : (
          <OfType
            type={type}
            region={region}
            instances={instances.data?.filter(({ InstanceType }) => InstanceType === type)}
          />
        )}
      </Tabs>
    </div>
  )
}

/** `instances` undefined: they are on their way. */
function OfType(props: {
  type: InstanceType
  region: string
  instances: readonly KmsInstance[] | undefined
}): ReactNode {
  const { type, region, instances } = props
  const t = useText('instances.list')
  const words = useText('keys.instance')
  if (instances?.length === 0)
    return (
      <EmptyState
        icon={<Inbox size={28} aria-hidden />}
        title={t('empty.title', { type: words(`type.${type}`) })}
        external={type === 'External'}
      >
        {t('empty.body')}
      </EmptyState>
    )
  const columns = [
    { id: 'name', label: t('columns.name') },
    { id: 'status', label: t('columns.status') },
    { id: 'keys', label: t('columns.keys') },
    { id: 'access', label: t('columns.access') },
    { id: 'ends', label: t('columns.ends') },
    { id: 'actions', label: t('columns.actions'), end: true },
  ]
  return (
    <Table label={words(`type.${type}`)} busy={instances === undefined}>
      <TableHead columns={columns} />
      <tbody>
        {instances === undefined
          ? [1, 2, 3].map((row) => (
              <TableRow key={row}>
                {columns.map(({ id }) => (
                  <TableCell key={id}>
                    <Skeleton />
                  </TableCell>
                ))}
              </TableRow>
            ))
          : instances.map((instance) => <Row key={instance.InstanceId} instance={instance} region={region} />)}
      </tbody>
    </Table>
  )
}

function Row(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const { InstanceId: instanceId, InstanceName, Status, EndDate, ChargeType, Sharing } = instance
  const t = useText('instances.list')
  const words = useText('keys.instance')
  const name = InstanceName || words('unnamed')
  const way = Status === 'Uninitialized' ? 'enable' : 'connect'
  return (
    <TableRow>
      <TableCell header>
        <CellLines apart>
          <Link to="/instances/$instanceId" params={{ instanceId }} search={{ region }}>
            {name}
          </Link>
          <Identifier text={instanceId} thing={t('id')} />
        </CellLines>
      </TableCell>
      <TableCell>
        <CellLines>
          <InstanceStatusMark status={Status} />
          {Sharing?.State === 'SharedToThisAccount' ? (
            <span className={styles.hint}>
              {words('sharing.SharedToThisAccount', { count: 0, account: Sharing.OwnerAccountId })}
            </span>
          ) : null}
        </CellLines>
      </TableCell>
      <TableCell noWrap>
        {Status === 'Uninitialized' ? '–' : <Quota region={region} instanceId={instanceId} type="key" />}
      </TableCell>
      <TableCell noWrap>
        {Status === 'Uninitialized' ? '–' : <Quota region={region} instanceId={instanceId} type="vpc" />}
      </TableCell>
      <TableCell noWrap>
        {ChargeType === 'POSTPAY' ? t('payAsYouGo') : EndDate === undefined ? '–' : <Time value={EndDate} />}
      </TableCell>
      <TableCell end>
        <RowActions>
          {canConnect(instance) ? (
            <Link
              to="/instances/$instanceId"
              params={{ instanceId }}
              search={{ region, panel: 'connect' }}
              aria-label={t(`${way}Of`, { name })}
            >
              {t(way)}
            </Link>
          ) : null}
          <Link to="/keys" search={{ region, instance: instanceId }} aria-label={t('keysOf', { name })}>
            {t('keys')}
          </Link>
        </RowActions>
      </TableCell>
    </TableRow>
  )
}

/** Used and whole, in figures: the page of the instance says what each unit is spent on. */
function Quota(props: { region: string; instanceId: string; type: 'key' | 'vpc' }): ReactNode {
  const { region, instanceId, type } = props
  const api = useApi()
  const t = useText('keys.instance.quota')
  const asked = useQuery(q(api, region, 'GetKmsInstanceQuotaInfos', { KmsInstanceId: instanceId }))
  const quota = asked.data?.KmsInstanceQuotaInfos.find(({ ResourceType }) => ResourceType === type)
  if (asked.isPending) return <Skeleton />
  if (!quota) return '–'
  const { UsedQuantity: used, ResourceQuota: total } = quota
  return <span className={used >= total ? styles.over : undefined}>{t('used', { used, total })}</span>
}
