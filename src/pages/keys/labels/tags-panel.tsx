import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useController } from 'react-hook-form'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { limits, type Tag } from '#src/api/contract/rules.ts'
import { tagsOf } from '#src/api/queries.ts'
import { afterGesture } from '#src/components/form/after-gesture.ts'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { Notice } from '#src/components/ui/notice.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf, type KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText, useKeyFacts } from '#src/pages/keys/use-offers.ts'
import { KeyGone } from './key-gone.tsx'
import styles from './labels.module.css'
import {
  isNoDifference,
  keysOf,
  tagDifference,
  tagSteps,
  takeOver,
  withDifference,
  type TagDifference,
} from './tag-difference.ts'
import { IncomingTags, TagOutcomeNotice } from './tag-notices.tsx'
import { rowsOfTags, tagRowsProblems, tagsOfRows, type TagRow, type TagRowsProblems } from './tag-rows.ts'
import { TagRowsField } from './tag-rows-field.tsx'
import { useTagWriter, type TagOutcome } from './use-tag-writer.ts'

interface TagsForm {
  /** The key's tags when the edit began: what is sent is the difference to them. */
  base: readonly Tag[]
  rows: readonly TagRow[]
}

const formOf = (tags: readonly Tag[]): TagsForm => ({
  base: tags.map(({ TagKey, TagValue }) => ({ TagKey, TagValue })),
  rows: rowsOfTags(tags),
})

/** Edits the tags of a key. What others change meanwhile is shown and stays: only the difference is sent. */
export function TagsPanel(props: { keyMetadata: KeyMetadata; region: string; onClose: () => void }): ReactNode {
  const api = useApi()
  const tags = useQuery(tagsOf(api, props.region, [props.keyMetadata.KeyId]))
  return tags.data ? <TagsEditor {...props} current={tags.data} /> : null
}

function TagsEditor(props: {
  keyMetadata: KeyMetadata
  region: string
  /** The key's tags as they are now, whoever changed them. */
  current: readonly Tag[]
  onClose: () => void
}): ReactNode {
  const { keyMetadata: key, region, current, onClose } = props
  const { identity } = useApi()
  const facts = useKeyFacts(key, region)
  const t = useText('labels.tags')
  const problemText = useProblemText()
  const draft = useDraftForm<TagsForm>(`tags/${identity.id}/${key.KeyId}`, formOf(current))
  const { control, reset, getValues, formState } = draft.form
  const write = useTagWriter(key.KeyId, region)
  const [outcome, setOutcome] = useState<TagOutcome | null>(null)
  const permission = usePermission(facts)
  const { field: base } = useController({ control, name: 'base' })
  const { field: rows, fieldState } = useController({
    control,
    name: 'rows',
    rules: { validate: (value) => isRight(judge(value, getValues('base'), current)) },
  })
  const edit = tagDifference(base.value, tagsOfRows(rows.value))
  const incoming = tagDifference(base.value, current)
  const problems = fieldState.error ? judge(rows.value, base.value, current) : null

  /** What was edited begins anew from these tags. */
  function beginFrom(tags: readonly Tag[], edited: readonly TagRow[]): void {
    reset(formOf(tags))
    reset({ ...formOf(tags), rows: edited }, { keepDefaultValues: true })
  }

  async function submit(form: TagsForm): Promise<void> {
    setOutcome(null)
    const steps = tagSteps(tagDifference(form.base, tagsOfRows(form.rows)), current)
    const result = await write(steps, current)
    if (result.failed) {
      beginFrom(result.tags, takeOver(form.rows, form.base, tagDifference(form.base, result.tags)))
      return setOutcome(result)
    }
    showToast({ tone: 'ok', title: t('done') })
    draft.discard()
    onClose()
  }

  return (
    <SidePanelForm
      draft={draft}
      title={t('edit')}
      subtitle={t('subtitle', { keyId: key.KeyId })}
      submitLabel={t('submit')}
      submitDisabledReason={isNoDifference(edit) ? t('nothing') : permission.against(edit)}
      submitError={null}
      onSubmit={submit}
      onClose={onClose}
    >
      <KeyGone keyId={key.KeyId} region={region} />
      {outcome?.failed ? <TagOutcomeNotice outcome={outcome} failed={outcome.failed} /> : null}
      {/* While it is being saved, what comes in is one's own. */}
      {isNoDifference(incoming) || formState.isSubmitting ? null : (
        <IncomingTags
          incoming={incoming}
          contested={[...keysOf(edit)].filter((tagKey) => keysOf(incoming).has(tagKey))}
          onTakeOver={() => beginFrom(current, takeOver(rows.value, base.value, incoming))}
        />
      )}
      {permission.notices.map((text) => (
        <Notice key={text}>{text}</Notice>
      ))}
      <div className={styles.words}>
        <TagRowsField
          rows={rows.value}
          onChange={rows.onChange}
          onBlur={() => afterGesture(rows.onBlur)}
          onElement={(element) =>
            rows.ref(
              element && {
                focus: () => element.querySelector<HTMLElement>('[aria-invalid], input, button')?.focus(),
              },
            )
          }
          problems={problems?.rows ?? []}
          keptReason={({ key: tagKey }) =>
            base.value.some(({ TagKey }) => TagKey === tagKey) ? permission.removing : undefined
          }
          error={
            problems?.list
              ? problemText(problems.list)
              : problems?.total
                ? t('tooManyTogether', { total: problems.total, max: limits.tagsPerKey })
                : null
          }
        />
      </div>
    </SidePanelForm>
  )
}

interface Verdict extends TagRowsProblems {
  /** How many tags the key would have together with those that came in from elsewhere, where that is too many; else null. */
  readonly total: number | null
}

function judge(rows: readonly TagRow[], base: readonly Tag[], current: readonly Tag[]): Verdict {
  const after = withDifference(current, tagDifference(base, tagsOfRows(rows)))
  return { ...tagRowsProblems(rows, base), total: after.length > limits.tagsPerKey ? after.length : null }
}

const isRight = ({ list, rows, total }: Verdict): boolean => list === null && rows.length === 0 && total === null

/** Adding and taking away are two permissions: what one of them forbids is said beforehand. */
function usePermission(facts: KeyFacts) {
  const t = useText('labels.tags')
  const blockerText = useBlockerText()
  const adding = blockerOf('TagResource', facts)
  const removing = blockerOf('UntagResource', facts)
  return {
    /** Why no tag can be taken away; undefined: it can. */
    removing: removing ? blockerText(removing) : undefined,
    notices: [
      ...(adding ? [t('noAdding', { reason: blockerText(adding) })] : []),
      ...(removing ? [t('noRemoving', { reason: blockerText(removing) })] : []),
    ],
    against: ({ added, changed, removed }: TagDifference): string | undefined => {
      if (adding && added.length + changed.length > 0) return blockerText(adding)
      if (removing && removed.length > 0) return blockerText(removing)
      return undefined
    },
  }
}
