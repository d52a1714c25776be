/** The keys of one instance, a page at a time. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q, type KeyEntry } from '#src/api/queries.ts'
import { Button } from '#src/components/ui/button.tsx'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import { targetOf } from '#src/pages/keys/create/panel-parts.ts'
import { createRefusal } from '#src/pages/keys/instances.ts'
import { withCreatedFirst } from '#src/pages/keys/key-row.ts'
import {
  activeFilters,
  addFilter,
  clearFilters,
  listFilters,
  pageCount,
  removeFilter,
} from '#src/pages/keys/key-search.ts'
import type { CreatedKey } from './created-notice.tsx'
import { ExportButton } from './export-button.tsx'
import { ActiveFilters, FilterBar } from './filter-bar.tsx'
import { InstanceBar } from './instance-bar.tsx'
import { KeyTable } from './key-table.tsx'
import { LookButton } from './look-button.tsx'
import { ListFoot } from './list-foot.tsx'
import { CreatedNotice, InstanceNotEnabled, ListFailure, NoKeys, NoMatch, PageBeyondEnd } from './late-parts.tsx'
import styles from './list.module.css'
import type { ListKind } from './look.ts'
import { MissingColumns } from './missing-columns.tsx'
import { RefreshList } from './refresh-list.tsx'
import { SelectionPlace } from './selection-place.tsx'
import { selectionOf, type Selection } from './selection.ts'
import { isReady, useKeyRows } from './use-key-rows.ts'
import type { ListProps } from './user-keys.tsx'
import { useWarmUp } from './warm-up.ts'

const loadPanel = () =>
  withMessages(['create', 'labels', 'policy', 'rotation'], import('#src/pages/keys/create/create-key-panel.tsx'))
const CreateKeyPanel = lazy(async () => ({ default: (await loadPanel()).CreateKeyPanel }))

const noKeys: readonly KeyEntry[] = []

interface InstanceKeysProps extends ListProps {
  readonly instances: readonly KmsInstance[]
  readonly instance: KmsInstance
  readonly onChoose: (instanceId: string) => void
}

export function InstanceKeys(props: InstanceKeysProps): ReactNode {
  const { region, search, onSearch, instances, instance, onChoose } = props
  const [created, setCreated] = useState<CreatedKey | null>(null)
  const refusal = createRefusal(instance)
  const target = refusal === null ? targetOf(instance) : undefined
  const list = useKeyList(props, created)
  useWarmUp(list.ids.isSuccess && !list.isStale && list.rows.every(isReady))

  function keyMade(made: Omit<CreatedKey, 'isExternal'>): void {
    setCreated({ ...made, isExternal: instance.InstanceType === 'External' })
    onSearch({ instance: search.instance, size: search.size }, { replace: true })
  }

  return (
    <>
      <InstanceBar
        region={region}
        instances={instances}
        instance={instance}
        latencyMs={list.external?.LatencyMs}
        onChoose={onChoose}
      />
      <Toolbar {...props} total={list.ids.data?.TotalCount ?? 0} />
      {created ? <CreatedNotice created={created} region={region} onDismiss={() => setCreated(null)} /> : null}
      <MissingColumns {...list.missing} />
      <List {...props} list={list} created={created} />
      {search.panel === 'create' && target ? (
        <Suspense>
          <CreateKeyPanel
            target={target}
            region={region}
            onClose={() => onSearch({ ...search, panel: undefined }, { replace: true })}
            onCreated={keyMade}
          />
        </Suspense>
      ) : null}
    </>
  )
}

/** The page of IDs that the filters name, and what is known of each key. */
function useKeyList({ region, search, instance }: InstanceKeysProps, created: CreatedKey | null) {
  const { page = 1, size = 10 } = search
  const api = useApi()
  const ids = useQuery({
    ...q(api, region, 'ListKeys', {
      PageNumber: page,
      PageSize: size,
      Filters: listFilters(search, instance.InstanceId),
    }),
    enabled: instance.Status !== 'Uninitialized',
    placeholderData: keepPreviousData,
  })
  const isStale = ids.isPlaceholderData
  const listed = ids.data?.Keys.Key ?? noKeys
  const pinned = page === 1 && ids.isSuccess && !isStale && activeFilters(search).length === 0 ? created : null
  const keys = useMemo(
    () => withCreatedFirst(listed, pinned && { KeyId: pinned.keyId, KeyArn: pinned.arn }, size),
    [listed, pinned, size],
  )
  const isExternal = instance.InstanceType === 'External'
  return { ids, isStale, ...useKeyRows(region, keys, isExternal ? instance : null) }
}

const kindOfList = ({ InstanceType }: KmsInstance): ListKind => (InstanceType === 'External' ? 'external' : 'other')

function Toolbar(props: InstanceKeysProps & { total: number }): ReactNode {
  const { region, search, onSearch, instance, total } = props
  const t = useText('keys.create')
  const refusal = createRefusal(instance)
  return (
    <div className={styles.tools}>
      <div className={styles.toolbar}>
        <Button
          variant="primary"
          icon={<Plus size={16} aria-hidden />}
          disabledReason={refusal === null ? undefined : t(`refusal.${refusal}`)}
          onPointerEnter={refusal === null ? () => void loadPanel() : undefined}
          onClick={() => onSearch({ ...search, panel: 'create' })}
        >
          {t('button')}
        </Button>
        {instance.Status === 'Uninitialized' ? null : (
          <FilterBar region={region} search={search} onAdd={(filter) => onSearch(addFilter(search, filter))} />
        )}
        <span className={styles.refresh}>
          <ExportButton
            region={region}
            instanceId={instance.InstanceId}
            filters={listFilters(search, instance.InstanceId)}
            keyIds={null}
            total={total}
          />
          <LookButton kind={kindOfList(instance)} />
          <RefreshList />
        </span>
      </div>
      <ActiveFilters
        search={search}
        onRemove={(filter) => onSearch(removeFilter(search, filter))}
        onClear={() => onSearch(clearFilters(search))}
      />
    </div>
  )
}

/** Another instance or filter names other keys: what was selected is dropped. */
function useSelection({ region, search, instance }: InstanceKeysProps): Selection {
  const { client } = useApi()
  const filters = JSON.stringify(listFilters(search, instance.InstanceId))
  return useMemo(() => selectionOf(client, `${region} ${filters}`), [client, region, filters])
}

function List(
  props: InstanceKeysProps & { list: ReturnType<typeof useKeyList>; created: CreatedKey | null },
): ReactNode {
  const { region, search, onSearch, instance, list, life, created } = props
  const { page = 1, size = 10 } = search
  const t = useText('keys')
  const selection = useSelection(props)
  const { ids, isStale, rows } = list

  if (instance.Status === 'Uninitialized') return <InstanceNotEnabled />
  if (ids.isError) return <ListFailure error={ids.error} title={t('error.keys')} onRetry={() => void ids.refetch()} />
  const total = ids.data?.TotalCount ?? 0
  if (ids.data && !isStale && rows.length === 0) {
    if (total > 0) {
      const last = pageCount(total, size)
      return <PageBeyondEnd page={page} last={last} onGoToLast={() => onSearch({ ...search, page: last })} />
    }
    if (activeFilters(search).length > 0) return <NoMatch onClear={() => onSearch(clearFilters(search))} />
    return <NoKeys instance={instance} />
  }
  return (
    <>
      <KeyTable
        label={t('table.label')}
        kind={kindOfList(instance)}
        rows={rows.map((row) => ({
          ...row,
          region,
          isNew: row.keyId === created?.keyId,
          isService: false,
          isBusy: row.keyId === life.busyKeyId,
          onAct: life.act,
        }))}
        skeletons={ids.data && rows.length > 0 ? 0 : size}
        stale={isStale}
        selection={selection}
        foot={ids.data ? <ListFoot search={search} total={total} onSearch={onSearch} /> : null}
      />
      <SelectionPlace
        selection={selection}
        total={total}
        region={region}
        filters={listFilters(search, instance.InstanceId)}
      />
    </>
  )
}
