/** The region's default key, with the way to enable it, and the keys that cloud services made, to be read only. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import Inbox from 'lucide-react/icons/inbox'
import Plus from 'lucide-react/icons/plus'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { defaultKeys, type DefaultKeys as Keys } from '#src/api/default-keys.ts'
import type { KeyEntry } from '#src/api/queries.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import { defaultKeyTarget } from '#src/pages/keys/create/panel-parts.ts'
import { pageCount } from '#src/pages/keys/key-search.ts'
import { CreatedNotice, type CreatedKey } from './created-notice.tsx'
import { KeyTable } from './key-table.tsx'
import { ListFoot } from './list-foot.tsx'
import { ListFailure, Message, PageBeyondEnd } from './list-states.tsx'
import { ExportButton } from './export-button.tsx'
import styles from './list.module.css'
import { LookButton } from './look-button.tsx'
import { MissingColumns } from './missing-columns.tsx'
import { RefreshList } from './refresh-list.tsx'
import { useKeyRows } from './use-key-rows.ts'
import type { ListProps } from './user-keys.tsx'

const loadPanel = () =>
  withMessages(['create', 'labels', 'policy', 'rotation'], import('#src/pages/keys/create/create-key-panel.tsx'))
const CreateKeyPanel = lazy(async () => ({ default: (await loadPanel()).CreateKeyPanel }))

const noKeys: readonly KeyEntry[] = []

export function DefaultKeys(props: ListProps): ReactNode {
  const { region, search, onSearch } = props
  const api = useApi()
  const t = useText('defaultkey')
  const [created, setCreated] = useState<CreatedKey | null>(null)
  const list = useQuery(defaultKeys(api, region))
  const refusal = enablingRefusal(list.data)
  const keyIds = useMemo(
    () => [...(list.data?.master ?? noKeys), ...(list.data?.service ?? noKeys)].map(({ KeyId }) => KeyId),
    [list.data],
  )
  const isPanelOpen = useKeptOpen(search.panel === 'create', refusal === null)
  return (
    <>
      <Notice>{t('note')}</Notice>
      <div className={styles.toolbar}>
        <Button
          variant="primary"
          icon={<Plus size={16} aria-hidden />}
          disabledReason={refusal === null ? undefined : t(`refusal.${list.isError ? 'failed' : refusal}`)}
          onPointerEnter={refusal === null ? () => void loadPanel() : undefined}
          onClick={() => onSearch({ ...search, panel: 'create' })}
        >
          {t('enable')}
        </Button>
        <span className={styles.refresh}>
          <ExportButton region={region} instanceId={null} filters={[]} keyIds={keyIds} total={keyIds.length} />
          <LookButton kind="default" />
          <RefreshList />
        </span>
      </div>
      {created ? <CreatedNotice created={created} region={region} onDismiss={() => setCreated(null)} /> : null}
      <List {...props} list={list} created={created} />
      {isPanelOpen ? (
        <Suspense>
          <CreateKeyPanel
            target={defaultKeyTarget}
            region={region}
            onClose={() => onSearch({ ...search, panel: undefined }, { replace: true })}
            onCreated={(made) => {
              setCreated({ ...made, isExternal: false })
              onSearch({ tab: 'default', size: search.size }, { replace: true })
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}

/** A panel that could be opened stays until it is closed: its own deed is what makes another one impossible, and its alias may be left to set. */
function useKeptOpen(isWanted: boolean, isPossible: boolean): boolean {
  const [isOpen, setIsOpen] = useState(false)
  const next = isWanted && (isOpen || isPossible)
  if (next !== isOpen) setIsOpen(next)
  return next
}

/** Why the default key cannot be enabled here; null: it can (KMS user guide, Manage keys: one for each account and region). */
function enablingRefusal(keys: Keys | undefined): 'reading' | 'exists' | null {
  if (!keys) return 'reading'
  return keys.master.length === 0 ? null : 'exists'
}

function List(props: ListProps & { list: UseQueryResult<Keys, ApiError>; created: CreatedKey | null }): ReactNode {
  const { region, search, onSearch, life, list, created } = props
  const { page = 1, size = 10 } = search
  const t = useText('defaultkey')
  const keysText = useText('keys')
  const { data, isPending } = list
  const keys = useMemo(() => (data ? [...data.master, ...data.service] : noKeys), [data])
  const serviceIds = useMemo(() => new Set(data?.service.map(({ KeyId }) => KeyId)), [data])
  const shown = useMemo(() => keys.slice((page - 1) * size, page * size), [keys, page, size])
  const { rows, missing } = useKeyRows(region, shown, null)

  if (list.error)
    return <ListFailure error={list.error} title={keysText('error.keys')} onRetry={() => void list.refetch()} />
  if (!isPending && keys.length === 0)
    return (
      <Message icon={Inbox} title={t('empty.title')}>
        {t('empty.body')}
      </Message>
    )
  const last = pageCount(keys.length, size)
  if (!isPending && page > last)
    return <PageBeyondEnd page={page} last={last} onGoToLast={() => onSearch({ ...search, page: last })} />
  return (
    <>
      <MissingColumns {...missing} />
      <KeyTable
        label={t('table')}
        kind="default"
        rows={rows.map((row) => ({
          ...row,
          region,
          isNew: row.keyId === created?.keyId,
          isService: serviceIds.has(row.keyId),
          isBusy: row.keyId === life.busyKeyId,
          onAct: life.act,
        }))}
        skeletons={isPending ? 3 : 0}
        selection={null}
        foot={isPending ? null : <ListFoot search={search} total={keys.length} onSearch={onSearch} />}
      />
    </>
  )
}
