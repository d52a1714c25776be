import { useState, type FormEvent, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import {
  cellStates,
  isFiltered,
  permissionGroups,
  readKeyAccessSearch,
  type KeyAccessSearch,
} from '#src/pages/access/access-search.ts'
import { columnsOf } from './columns.ts'
import styles from './filters.module.css'

/** Narrows the matrix: whom and whose it shows, which permissions, and only principals that hold a certain answer. */
export function Filters(props: {
  search: KeyAccessSearch
  accountIds: readonly string[]
  permissions: readonly string[]
  onSearch: (next: KeyAccessSearch) => void
}): ReactNode {
  const { search, accountIds, permissions, onSearch } = props
  const t = useText('access')
  const own = useApi().identity.accountId
  const narrow = (part: Readonly<Record<string, string>>): void =>
    onSearch(readKeyAccessSearch({ ...search, ...part, page: undefined }))
  const known = accountIds.includes(search.account ?? '') || search.account === undefined
  return (
    <div className={styles.filters} role="group" aria-label={t('filter.label')}>
      <WhoSearch key={search.who} who={search.who ?? ''} onSearch={(who) => narrow({ who })} />
      {accountIds.length > 1 || search.account !== undefined ? (
        <label className={styles.filter}>
          <span>{t('filter.account')}</span>
          <Select
            value={search.account ?? ''}
            options={[
              { value: '', label: t('filter.any') },
              ...[...accountIds, ...(known ? [] : [search.account!])].map((accountId) => ({
                value: accountId,
                label: t(accountId === own ? 'filter.ownAccount' : 'filter.otherAccount', { accountId }),
              })),
            ]}
            onChange={(event) => narrow({ account: event.target.value })}
          />
        </label>
      ) : null}
      <label className={styles.filter}>
        <span>{t('filter.show')}</span>
        <Select
          value={search.show ?? ''}
          options={[
            { value: '', label: t('filter.any') },
            ...permissionGroups.map((group) => ({ value: group as string, label: t(`group.${group}`) })),
            ...columnsOf(permissions).map(({ permission }) => ({ value: permission, label: permission })),
          ]}
          onChange={(event) => narrow({ show: event.target.value })}
        />
      </label>
      <label className={styles.filter}>
        <span>{t('filter.verdict')}</span>
        <Select
          value={search.verdict ?? ''}
          options={[
            { value: '', label: t('filter.anyVerdict') },
            ...cellStates.map((state) => ({ value: state as string, label: t(`state.${state}`) })),
          ]}
          onChange={(event) => narrow({ verdict: event.target.value })}
        />
      </label>
      {isFiltered(search) ? (
        <Button variant="link" onClick={() => onSearch({})}>
          {t('filter.clear')}
        </Button>
      ) : null}
    </div>
  )
}

function WhoSearch(props: { who: string; onSearch: (who: string) => void }): ReactNode {
  const t = useText('access.filter')
  const [typed, setTyped] = useState(props.who)
  function submit(event: FormEvent): void {
    event.preventDefault()
    props.onSearch(typed.trim())
  }
  return (
    <form role="search" aria-label={t('who')} onSubmit={submit}>
      <label className={styles.filter}>
        <span>{t('who')}</span>
        <TextInput value={typed} placeholder={t('whoHint')} onChange={(event) => setTyped(event.target.value)} />
      </label>
    </form>
  )
}
