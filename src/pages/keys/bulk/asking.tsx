/** Before the order is given: its warnings and fields, and the check that says which keys are passed over and why. */
import { useDeferredValue, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { descriptionProblem, isProblem, tagProblems, type Tag } from '#src/api/contract/rules.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { tagsOfRows } from '#src/pages/keys/labels/tag-rows.ts'
import { readDays } from '#src/pages/keys/life/deletion.ts'
import { CheckPart } from './check-part.tsx'
import { DraftFields } from './draft-fields.tsx'
import { barOf, overwrites, skipOf, type Checked, type Order, type Skip } from './orders.ts'
import type { BulkState, Row } from './runner.ts'
import type { Draft, Session } from './session.tsx'

/** An order, or why there is none yet. */
function useOrderOf(session: Session): (draft: Draft) => Order | { readonly wait: string } {
  const t = useText('bulk.wait')
  const problemText = useProblemText()
  const { verb } = session
  return (draft) => {
    switch (verb) {
      case 'enable':
      case 'disable':
      case 'unprotect':
      case 'cancel':
        return { verb }
      case 'protect': {
        const problem = descriptionProblem(draft.description)
        return problem ? { wait: problemText(problem) } : { verb, description: draft.description }
      }
      case 'tag': {
        const tags: readonly Tag[] = tagsOfRows(draft.rows)
        if (tags.length === 0) return { wait: t('tags') }
        return tagProblems(tags).length > 0 ? { wait: t('wrongTags') } : { verb, tags }
      }
      case 'untag':
        return draft.tagKeys.length === 0 ? { wait: t('tagKeys') } : { verb, tagKeys: draft.tagKeys }
      case 'schedule': {
        const days = readDays(draft.days)
        return isProblem(days) ? { wait: problemText(days) } : { verb, days }
      }
    }
  }
}

export interface SkippedRow {
  readonly row: Row
  readonly skip: Skip
}

export interface Verdict {
  readonly ready: number
  readonly skipped: readonly SkippedRow[]
  /** Keys on which a tag has another value by now. */
  readonly overwritten: number
}

/** What the order would do with the rows; without an order, what bars them in any case. */
function verdictOf(session: Session, rows: readonly Row[], order: Order | null): Verdict {
  const skipped: SkippedRow[] = []
  let ready = 0
  let overwritten = 0
  const skipOfRow = (checked: Checked): Skip | null => (order ? skipOf(order, checked) : barOf(session.verb, checked))
  for (const row of rows) {
    if (!row.checked) continue
    const skip = 'problem' in row.checked ? row.checked.problem : skipOfRow(row.checked)
    if (skip) skipped.push({ row, skip })
    else {
      ready += 1
      if (order?.verb === 'tag' && !('problem' in row.checked) && overwrites(row.checked.tags, order.tags) > 0)
        overwritten += 1
    }
  }
  return { ready, skipped, overwritten }
}

const dangerous: ReadonlySet<string> = new Set(['disable', 'schedule'])

export interface Asking {
  readonly isDanger: boolean
  /** How many keys the order would be carried out for. */
  readonly ready: number
  /** Why it cannot be given yet. */
  readonly wait: string | undefined
  readonly begin: () => void
  readonly body: ReactNode
}

export function useAsking(session: Session, state: BulkState): Asking {
  const { verb, run } = session
  const t = useText('bulk')
  const draft = useSyncExternalStore(session.draft.subscribe, session.draft.state)
  const orderOf = useOrderOf(session)
  const made = orderOf(draft)
  const order = 'wait' in made ? null : made
  // Ten thousand keys are judged behind what is typed, not before it.
  const judged = useDeferredValue(JSON.stringify(order))
  const isChecked = state.phase === 'checked'
  const { rows } = state
  const verdict = useMemo(
    () => (isChecked ? verdictOf(session, rows, JSON.parse(judged) as Order | null) : null),
    [isChecked, session, rows, judged],
  )
  const ready = verdict?.ready ?? 0

  function wait(): string | undefined {
    if (!isChecked) return t('wait.check')
    if ('wait' in made) return made.wait
    if (ready === 0) return t('wait.nothing')
    return verb === 'schedule' && draft.typed.trim() !== String(ready) ? t('wait.typed') : undefined
  }

  return {
    isDanger: dangerous.has(verb),
    ready,
    wait: wait(),
    begin: () => {
      if (order) run.start(order)
    },
    body: (
      <>
        {verb === 'disable' || verb === 'schedule' ? (
          <Notice tone="warn" title={t(`warn.${verb}.title`)}>
            <p>{t(`warn.${verb}.body`)}</p>
            <p>{t(`warn.${verb}.safer`)}</p>
            <p>{t('warn.dependants')}</p>
          </Notice>
        ) : null}
        <DraftFields session={session} draft={draft} rows={isChecked ? rows : null} onChange={session.draft.change} />
        <CheckPart session={session} state={state} verdict={verdict} />
        {verb === 'schedule' && ready > 0 ? (
          <Field label={t('confirm.label', { count: ready })} required hint={t('confirm.hint')}>
            <TextInput
              inputMode="numeric"
              maxLength={8}
              value={draft.typed}
              onChange={(event) => session.draft.change({ typed: event.target.value })}
            />
          </Field>
        ) : null}
      </>
    ),
  }
}
