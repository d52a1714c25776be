/** User master keys: the keys of one instance of the region. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { allInstances } from '#src/api/queries.ts'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { chosenInstance } from '#src/pages/keys/instances.ts'
import type { KeySearch } from '#src/pages/keys/key-search.ts'
import type { KeyLife } from '#src/pages/keys/life/use-key-life.tsx'
import { InstanceBar } from './instance-bar.tsx'
import { InstanceKeys } from './instance-keys.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { InstanceGone, ListFailure, NoInstance } from './late-parts.tsx'

export interface ListProps {
  readonly region: string
  readonly search: KeySearch
  /** Moves to another place of the list. `replace`: not a step of its own in the browser's history. */
  readonly onSearch: (next: KeySearch, options?: { replace: boolean }) => void
  readonly life: KeyLife
}

export function UserKeys(props: ListProps): ReactNode {
  const { region, search, onSearch } = props
  const api = useApi()
  const t = useText('keys')
  const instances = useQuery(allInstances(api, region))

  if (instances.isPending) return <ListSkeleton rows={search.size ?? 10} />
  if (instances.isError)
    return <ListFailure error={instances.error} title={t('error.instances')} onRetry={() => void instances.refetch()} />
  if (instances.data.length === 0) return <NoInstance />

  const instance = chosenInstance(instances.data, search.instance)
  const choose = (id: string): void => onSearch({ size: search.size, instance: id })
  if (!instance)
    return (
      <>
        <InstanceBar
          region={region}
          instances={instances.data}
          instance={null}
          latencyMs={undefined}
          onChoose={choose}
        />
        <InstanceGone id={search.instance ?? ''} onShowOthers={() => onSearch({ size: search.size })} />
      </>
    )
  return (
    <>
      {instances.data.some(({ InstanceType }) => InstanceType === 'External' || InstanceType === undefined) ? null : (
        <Notice title={t('empty.noExternal.title')}>{t('empty.noExternal.body')}</Notice>
      )}
      <InstanceKeys
        key={instance.InstanceId}
        instances={instances.data}
        instance={instance}
        onChoose={choose}
        {...props}
      />
    </>
  )
}
