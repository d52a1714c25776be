import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { errorHops } from '#src/api/contract/errors.ts'
import { requestResults } from '#src/api/contract/requests.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { localStamp } from '#src/components/ui/stamp.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './activity.module.css'
import { readRequestsSearch, type RequestsSearch } from './requests-search.ts'

/** Minutes before now that the list can be narrowed to. */
const spans = [1, 5, 15, 60] as const

/** Narrows the requests by what occurs among them, and opens one by its ID. */
export function Filters(props: {
  search: RequestsSearch
  region: string
  actions: readonly string[]
  principals: readonly string[]
  isFiltered: boolean
  onSearch: (next: RequestsSearch) => void
}): ReactNode {
  const { search, region, actions, principals, isFiltered, onSearch } = props
  const { backend } = useApi()
  const t = useText('requests')
  const narrow = (part: Readonly<Record<string, string>>): void => onSearch(readRequestsSearch({ ...search, ...part }))
  const any = { value: '', label: t('any') }
  const choices = (values: readonly string[], chosen: string | undefined) => [
    any,
    ...[...new Set(chosen === undefined ? values : [...values, chosen])]
      .filter((value) => value !== '')
      .map((value) => ({ value, label: value })),
  ]
  const since = (value: string): string =>
    /^[0-9]+$/.test(value) ? new Date(backend.now() - Number(value) * 60_000).toISOString() : value
  return (
    <div className={styles.filters} role="group" aria-label={t('filters')}>
      <RequestSearch region={region} />
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
          value={requestResults.find((known) => known === search.outcome) ?? ''}
          options={[any, ...requestResults.map((value) => ({ value, label: t(`outcome.${value}`) }))]}
          onChange={(event) => narrow({ outcome: event.target.value })}
        />
      </label>
      <label className={styles.filter}>
        <span>{t('hop')}</span>
        <Select
          value={errorHops.find((known) => known === search.hop) ?? ''}
          options={[any, ...errorHops.map((value) => ({ value, label: t(`hops.${value}`) }))]}
          onChange={(event) => narrow({ hop: event.target.value })}
        />
      </label>
      <label className={styles.filter}>
        <span>{t('since')}</span>
        <Select
          value={search.since ?? ''}
          options={[
            any,
            ...spans.map((count) => ({ value: String(count), label: t('sinceMinutes', { count }) })),
            ...(search.since === undefined
              ? []
              : [{ value: search.since, label: t('sinceTime', { time: stampOf(search.since) }) }]),
          ]}
          onChange={(event) => narrow({ since: since(event.target.value) })}
        />
      </label>
      {isFiltered ? (
        <Button variant="link" onClick={() => onSearch({ until: search.until })}>
          {t('clear')}
        </Button>
      ) : null}
    </div>
  )
}

function stampOf(text: string): string {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : localStamp(date, true)
}

function RequestSearch({ region }: { region: string }): ReactNode {
  const t = useText('requests')
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    const requestId = typed.trim()
    if (requestId !== '') void navigate({ to: '/activity/$requestId', params: { requestId }, search: { region } })
  }
  return (
    <form className={styles.find} role="search" aria-label={t('find')} onSubmit={submit}>
      <label className={styles.filter}>
        <span>{t('findHint')}</span>
        <TextInput mono value={typed} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <Button type="submit">{t('open')}</Button>
    </form>
  )
}
