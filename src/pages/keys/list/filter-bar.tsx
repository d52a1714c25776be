/** Filters of the key list: pick what to filter by, then one of the values that exist. What is in force stands as chips. */
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { keyUsages } from '#src/api/contract/keys.ts'
import { limits } from '#src/api/contract/rules.ts'
import { keyStates } from '#src/api/contract/states.ts'
import { allAliases, tagsOf } from '#src/api/queries.ts'
import { Chip } from '#src/components/ui/badge.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { useKeyStateText } from '#src/components/ui/key-state-mark.tsx'
import type { PickOption } from '#src/components/ui/options.ts'
import { Picker } from '#src/components/ui/picker.tsx'
import { useText } from '#src/i18n/use-text.ts'
import {
  activeFilters,
  filterFieldNames,
  filterFields,
  type ActiveFilter,
  type FilterField,
  type FilterSearch,
} from '#src/pages/keys/key-search.ts'
import styles from './filter-bar.module.css'

interface FilterProps {
  readonly region: string
  readonly search: FilterSearch
  readonly onAdd: (filter: ActiveFilter) => void
}

export function FilterBar(props: FilterProps): ReactNode {
  const t = useText('keys.filter')
  const [field, setField] = useState<FilterField>('state')
  const fields = filterFieldNames.map((name) => ({ value: name, label: t(`field.${name}`) }))
  return (
    <div className={styles.bar} role="search" aria-label={t('label')}>
      <span className={styles.field}>
        <Select
          aria-label={t('by')}
          value={field}
          options={fields}
          onChange={(event) => setField(filterFieldNames.find((name) => name === event.target.value) ?? field)}
        />
      </span>
      <ValueControl key={field} field={field} {...props} />
    </div>
  )
}

function ValueControl(props: FilterProps & { field: FilterField }): ReactNode {
  const { region, search, field, onAdd } = props
  const t = useText('keys.filter')
  const label = useValueLabel()
  const { values, failed } = useValues(region, field)
  const taken = search[field] ?? []
  const add = (value: string): void => onAdd({ field, value })
  const name = t(`field.${field}`)
  const full = taken.length >= limits.filters.values ? t('full', { max: limits.filters.values }) : undefined

  if (values === null) return <TypedValue label={t('type', { field: name })} failed={failed} full={full} onAdd={add} />
  const options = values
    .filter((value) => !taken.includes(value))
    .map((value): PickOption => ({ value, label: label(field, value) }))
  return (
    <span className={styles.value}>
      <Picker
        wide
        label={t('choose', { field: name })}
        searchLabel={t('choose', { field: name })}
        value={null}
        options={options}
        disabledReason={full}
        onChange={add}
      >
        <span aria-hidden>{t('chooseValue', { field: name })}</span>
      </Picker>
    </span>
  )
}

/** The values to choose from; null where one types: the field has no list, or the call that would tell was refused. */
function useValues(region: string, field: FilterField): { values: readonly string[] | null; failed: boolean } {
  const api = useApi()
  const isTag = field === 'tagKey' || field === 'tagValue'
  const aliases = useQuery({ ...allAliases(api, region), enabled: field === 'alias' })
  const tags = useQuery({ ...tagsOf(api, region, null), enabled: isTag })
  const { allowed } = filterFields[field]

  if (allowed) return { values: allowed, failed: false }
  if (field === 'alias')
    return {
      values: aliases.isError ? null : distinct(aliases.data, (alias) => alias.AliasName),
      failed: aliases.isError,
    }
  if (isTag) {
    const partOf = field === 'tagKey' ? 'TagKey' : 'TagValue'
    return { values: tags.isError ? null : distinct(tags.data, (tag) => tag[partOf]), failed: tags.isError }
  }
  return { values: null, failed: false }
}

function distinct<T>(entries: readonly T[] | undefined, textOf: (entry: T) => string): readonly string[] {
  return [...new Set(entries?.map(textOf))].filter((text) => text !== '').sort()
}

/** Enumerated values in the person's words, anything else as it is. */
function useValueLabel(): (field: FilterField, value: string) => string {
  const stateText = useKeyStateText()
  const usageText = useText('keys.usage')
  return (field, value) => {
    const state = keyStates.find((known) => known === value)
    if (field === 'state' && state) return stateText(state)
    const usage = keyUsages.find((known) => known === value)
    return field === 'usage' && usage ? usageText(usage) : value
  }
}

function TypedValue(props: {
  label: string
  failed: boolean
  full: string | undefined
  onAdd: (value: string) => void
}): ReactNode {
  const { label, failed, full, onAdd } = props
  const t = useText('keys.filter')
  const [typed, setTyped] = useState('')

  function submit(event: FormEvent): void {
    event.preventDefault()
    const value = typed.trim()
    if (value === '' || full !== undefined) return
    onAdd(value)
    setTyped('')
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <span className={styles.value}>
        <TextInput
          mono
          aria-label={label}
          placeholder={failed ? t('suggestionsFailed') : label}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </span>
      <Button type="submit" disabledReason={full}>
        {t('apply')}
      </Button>
    </form>
  )
}

/** What narrows the list, each to be taken away, and all at once. */
export function ActiveFilters(props: {
  search: FilterSearch
  onRemove: (filter: ActiveFilter) => void
  onClear: () => void
}): ReactNode {
  const { search, onRemove, onClear } = props
  const t = useText('keys.filter')
  const label = useValueLabel()
  const active = activeFilters(search)
  if (active.length === 0) return null
  return (
    <div className={styles.chips} role="group" aria-label={t('active')}>
      {active.map((filter) => {
        const text = t('chip', { field: t(`field.${filter.field}`), value: label(filter.field, filter.value) })
        return (
          <Chip key={`${filter.field} ${filter.value}`} tone="accent" name={text} onRemove={() => onRemove(filter)}>
            {text}
          </Chip>
        )
      })}
      <Button variant="link" onClick={onClear}>
        {t('clear')}
      </Button>
    </div>
  )
}
