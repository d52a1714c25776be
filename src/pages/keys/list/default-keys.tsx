/** The default master key and the service keys of the region: keys outside every instance. To be read only. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { ApiError } from '#src/api/api-error.ts'
import { allInstances, allKeys, type KeyEntry } from '#src/api/queries.ts'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { defaultKeys, instanceFilters } from '#src/pages/keys/default-keys.ts'
import { pageCount } from '#src/pages/keys/key-search.ts'
import { KeyTable } from './key-table.tsx'
import { ListFoot } from './list-foot.tsx'
import { ListFailure, NoDefaultKeys, PageBeyondEnd } from './list-states.tsx'
import { MissingColumns } from './missing-columns.tsx'
import { useKeyRows } from './use-key-rows.ts'
import type { ListProps } from './user-keys.tsx'

const noKeys: readonly KeyEntry[] = []

export function DefaultKeys({ region, search, onSearch }: ListProps): ReactNode {
  const { page = 1, size = 10 } = search
  const t = useText('keys')
  const { keys, serviceIds, isPending, error, retry } = useDefaultKeys(region)
  const shown = useMemo(() => keys.slice((page - 1) * size, page * size), [keys, page, size])
  const { rows, missing } = useKeyRows(region, shown, null)

  function list(): ReactNode {
    if (error) return <ListFailure error={error} title={t('error.keys')} onRetry={retry} />
    if (!isPending && keys.length === 0) return <NoDefaultKeys />
    const last = pageCount(keys.length, size)
    if (!isPending && page > last)
      return <PageBeyondEnd page={page} last={last} onGoToLast={() => onSearch({ ...search, page: last })} />
    return (
      <KeyTable
        label={t('default.table')}
        columns="default"
        rows={rows.map((row) => ({
          ...row,
          region,
          isNew: false,
          isService: serviceIds.has(row.keyId),
          isBusy: false,
          onToggle: undefined,
        }))}
        skeletons={isPending ? 3 : 0}
        foot={isPending ? null : <ListFoot search={search} total={keys.length} onSearch={onSearch} />}
      />
    )
  }

  return (
    <>
      <Notice>{t('default.note')}</Notice>
      <MissingColumns {...missing} />
      {list()}
    </>
  )
}

/** No published filter names keys without an instance: they are all keys less those of the instances. */
function useDefaultKeys(region: string): {
  keys: readonly KeyEntry[]
  serviceIds: ReadonlySet<string>
  isPending: boolean
  error: ApiError | null
  retry: () => void
} {
  const api = useApi()
  const instances = useQuery(allInstances(api, region))
  const filters = instances.data && instanceFilters(instances.data.map(({ InstanceId }) => InstanceId))
  const all = useQuery(allKeys(api, region, undefined))
  const service = useQuery(allKeys(api, region, [{ Key: 'CreatorType', Values: ['Service'] }]))
  const onInstances = useQuery({
    ...allKeys(api, region, filters),
    enabled: filters !== undefined && filters.length > 0,
  })
  const inInstances = filters?.length === 0 ? noKeys : onInstances.data
  const serviceIds = useMemo(() => new Set(service.data?.map(({ KeyId }) => KeyId)), [service.data])
  const keys = useMemo(
    () => (all.data && inInstances ? defaultKeys(all.data, inInstances, serviceIds) : noKeys),
    [all.data, inInstances, serviceIds],
  )
  const queries = [instances, all, service, onInstances]
  return {
    keys,
    serviceIds,
    isPending: !all.data || !service.data || !inInstances,
    error: queries.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch()
    },
  }
}
