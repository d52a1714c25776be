import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { isFiltered, readActivitySearch, results, type ActivitySearch } from './activity-search.ts'
import styles from './activity.module.css'

/** Narrows a key's activity by what occurs in it, and finds one request by its ID. */
export function ActivityFilters(props: {
  search: ActivitySearch
  actions: readonly string[]
  principals: readonly string[]
  onSearch: (next: ActivitySearch) => void
}): ReactNode {
  const { search, actions, principals, onSearch } = props
  const t = useText('activity')
  const narrow = (part: Readonly<Record<string, string>>): void =>
    onSearch(readActivitySearch({ ...search, ...part, page: 1 }))
  const choices = (values: readonly string[], chosen: string | undefined) => [
    { value: '', label: t('any') },
    ...[...new Set(chosen === undefined ? values : [...values, chosen])].map((value) => ({ value, label: value })),
  ]
  return (
    <div className={styles.filters} role="group" aria-label={t('filters')}>
      <label className={styles.filter}>
        <span>{t('action')}</span>
        <Select
          value={search.action ?? ''}
          options={choices(actions, search.action)}
          onChange={(event) => narrow({ action: event.target.value })}
        />
      </label>
      <label className={styles.filter}>
        <span>{t('principal')}</span>
        <Select
          value={search.principal ?? ''}
          options={choices(principals, search.principal)}
          onChange={(event) => narrow({ principal: event.target.value })}
        />
      </label>
      <label className={styles.filter}>
        <span>{t('result')}</span>
        <Select
          value={search.result ?? ''}
          options={[
            { value: '', label: t('any') },
            ...results.map((value) => ({ value, label: t(value === 'Success' ? 'success' : 'refused') })),
          ]}
          onChange={(event) => narrow({ result: event.target.value })}
        />
      </label>
      <RequestSearch key={search.request} request={search.request ?? ''} onSearch={(request) => narrow({ request })} />
      {isFiltered(search) ? (
        <Button variant="link" onClick={() => onSearch(readActivitySearch({ size: search.size }))}>
          {t('clear')}
        </Button>
      ) : null}
    </div>
  )
}

function RequestSearch(props: { request: string; onSearch: (request: string) => void }): ReactNode {
  const t = useText('activity')
  const [typed, setTyped] = useState(props.request)
  function submit(event: FormEvent): void {
    event.preventDefault()
    props.onSearch(typed.trim())
  }
  return (
    <form className={styles.filter} role="search" aria-label={t('findRequest')} onSubmit={submit}>
      <label className={styles.filter}>
        <span>{t('request')}</span>
        <TextInput mono value={typed} onChange={(event) => setTyped(event.target.value)} />
      </label>
    </form>
  )
}
