import { useMemo, type ReactNode } from 'react'
import { isProblem, limits } from '#src/api/contract/rules.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextArea, TextInput } from '#src/components/ui/inputs.tsx'
import { MultiCombobox } from '#src/components/ui/multi-combobox.tsx'
import type { PickOption } from '#src/components/ui/options.ts'
import { LocalAndUtc } from '#src/components/ui/time.tsx'
import { TokenInput } from '#src/components/ui/token-input.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { TagRowsField } from '#src/pages/keys/labels/tag-rows-field.tsx'
import { tagRowsProblems } from '#src/pages/keys/labels/tag-rows.ts'
import { deletionTime, readDays } from '#src/pages/keys/life/deletion.ts'
import type { Row } from './runner.ts'
import type { Draft, Session } from './session.tsx'

interface DraftProps {
  readonly session: Session
  readonly draft: Draft
  /** Null until they are checked. */
  readonly rows: readonly Row[] | null
  readonly onChange: (part: Partial<Draft>) => void
}

/** What a verb needs besides the keys. */
export function DraftFields(props: DraftProps): ReactNode {
  switch (props.session.verb) {
    case 'protect':
      return <Description {...props} />
    case 'tag':
      return <Tags {...props} />
    case 'untag':
      return <TagKeys {...props} />
    case 'schedule':
      return <Days {...props} />
    default:
      return null
  }
}

function Description({ draft, onChange }: DraftProps): ReactNode {
  const t = useText('bulk.fields')
  return (
    <Field label={t('description')} hint={t('descriptionHint')}>
      <TextArea value={draft.description} onChange={(event) => onChange({ description: event.target.value })} />
    </Field>
  )
}

function Tags({ draft, onChange }: DraftProps): ReactNode {
  const problemText = useProblemText()
  const problems = tagRowsProblems(draft.rows)
  return (
    <TagRowsField
      rows={draft.rows}
      onChange={(rows) => onChange({ rows })}
      problems={problems.rows.filter(({ problem }) => problem.code !== 'required')}
      error={problems.list ? problemText(problems.list) : null}
    />
  )
}

/** Tag keys that stand on the keys are offered; where tags may not be read, they are typed. */
function TagKeys({ draft, rows, onChange }: DraftProps): ReactNode {
  const t = useText('bulk.fields')
  const counts = useMemo(() => tagKeyCounts(rows), [rows])
  const isUnknown = rows !== null && counts === null
  const options = [...(counts ?? [])].map(([tagKey, count]): PickOption => ({
    value: tagKey,
    label: tagKey,
    detail: t('onKeys', { count }),
  }))
  return (
    <Field label={t('tagKeys')} required hint={isUnknown ? t('tagKeysTyped') : t('tagKeysHint')}>
      {isUnknown ? (
        <TokenInput
          mono
          tokens={draft.tagKeys.map((value) => ({ value }))}
          onAdd={(values) =>
            onChange({ tagKeys: [...new Set([...draft.tagKeys, ...values])].slice(0, limits.tagsPerKey) })
          }
          onRemove={(value) => onChange({ tagKeys: draft.tagKeys.filter((one) => one !== value) })}
        />
      ) : (
        <MultiCombobox
          options={options}
          value={draft.tagKeys}
          onChange={(tagKeys) => onChange({ tagKeys: tagKeys.slice(0, limits.tagsPerKey) })}
          placeholder={t('tagKeysPlaceholder')}
          emptyText={rows === null ? t('tagKeysLater') : t('tagKeysNone')}
        />
      )}
    </Field>
  )
}

/** On how many of the keys each tag key stands; null where no key's tags are known. */
function tagKeyCounts(rows: readonly Row[] | null): ReadonlyMap<string, number> | null {
  const counts = new Map<string, number>()
  let known = false
  for (const { checked } of rows ?? []) {
    if (!checked || 'problem' in checked || !checked.tags) continue
    known = true
    for (const { TagKey } of checked.tags) counts.set(TagKey, (counts.get(TagKey) ?? 0) + 1)
  }
  return known ? new Map([...counts].sort(([one], [other]) => (one < other ? -1 : 1))) : null
}

function Days({ session, draft, onChange }: DraftProps): ReactNode {
  const t = useText('bulk.fields')
  const problemText = useProblemText()
  const days = readDays(draft.days)
  const { min, max, preset } = limits.deletionDays
  return (
    <>
      <Field
        label={t('days', { min, max })}
        required
        error={isProblem(days) ? problemText(days) : undefined}
        hint={t('daysHint', { preset, provider: max })}
      >
        <TextInput
          inputMode="numeric"
          maxLength={4}
          value={draft.days}
          onChange={(event) => onChange({ days: event.target.value })}
        />
      </Field>
      {isProblem(days) ? null : (
        <p>
          {t('date')} <LocalAndUtc value={deletionTime(session.now(), days)} />
        </p>
      )}
    </>
  )
}
