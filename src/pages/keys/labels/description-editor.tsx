import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useController } from 'react-hook-form'
import { isApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { descriptionProblem, limits } from '#src/api/contract/rules.ts'
import { q, useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { Button } from '#src/components/ui/button.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TextArea } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { descriptionDraft } from './draft-keys.ts'
import styles from './labels.module.css'

interface DescriptionForm {
  /** The description when the edit began. */
  base: string
  description: string
}

/**
 * A description being edited. Escape closes and keeps what was typed, as a panel does; Cancel gives it up, and asks first if there is any.
 * What somebody else saved meanwhile is shown before it is written over.
 */
export function DescriptionEditor(props: { keyMetadata: KeyMetadata; region: string; onClose: () => void }): ReactNode {
  const { keyMetadata: key, region, onClose } = props
  const current = key.Description ?? ''
  const api = useApi()
  const queryClient = useQueryClient()
  const t = useText('labels.description')
  const ui = useText('ui')
  const problemText = useProblemText()
  const confirm = useConfirm()
  const draft = useDraftForm<DescriptionForm>(descriptionDraft(api.identity.id, key.KeyId), {
    base: current,
    description: current,
  })
  const { control, formState, handleSubmit, setValue } = draft.form
  const update = useWrite('UpdateKeyDescription', region)
  const [error, setError] = useState<unknown>(null)
  const { field: base } = useController({ control, name: 'base' })
  const { field } = useController({
    control,
    name: 'description',
    rules: { validate: (text) => descriptionProblem(text) === null },
  })
  const problem = descriptionProblem(field.value)
  const changedElsewhere = current !== base.value && current !== field.value && !formState.isSubmitting

  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])

  async function save({ description }: DescriptionForm): Promise<void> {
    setError(null)
    try {
      await update.mutateAsync({ KeyId: key.KeyId, Description: description })
    } catch (failure) {
      if (!(await isSaved(description, failure))) return setError(failure)
    }
    showToast({ tone: 'ok', title: t('done') })
    draft.discard()
    onClose()
  }

  /** After a lost answer: whether it was carried out all the same. */
  async function isSaved(description: string, failure: unknown): Promise<boolean> {
    if (!isApiError(failure) || failure.kind === 'refused') return false
    const read = q(api, region, 'DescribeKey', { KeyId: key.KeyId })
    const now = await queryClient.fetchQuery({ ...read, staleTime: 0 }).catch(() => null)
    return now !== null && (now.KeyMetadata.Description ?? '') === description
  }

  function giveUp(): void {
    draft.discard()
    onClose()
  }

  function cancel(): void {
    if (!formState.isDirty) return giveUp()
    confirm({
      title: ui('discard.title'),
      body: ui('discard.text'),
      confirmLabel: ui('discard.confirm'),
      cancelLabel: ui('discard.cancel'),
      danger: true,
      run: giveUp,
    })
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || formState.isSubmitting) return
    event.preventDefault()
    onClose()
  }

  return (
    <form
      className={styles.editor}
      noValidate
      aria-label={t('edit')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!formState.isSubmitting) void handleSubmit(save)()
      }}
    >
      {error === null ? null : <ErrorNotice error={error} />}
      {draft.restored ? (
        <Notice
          actions={
            <Button variant="link" onClick={draft.discard}>
              {ui('draft.startOver')}
            </Button>
          }
        >
          {ui('draft.restored')}
        </Notice>
      ) : null}
      {changedElsewhere ? (
        <Notice
          tone="warn"
          live
          title={t('changed')}
          actions={
            <Button
              variant="link"
              onClick={() => {
                setValue('base', current)
                setValue('description', current, { shouldDirty: true })
              }}
            >
              {t('takeOver')}
            </Button>
          }
        >
          <span dir="auto">{current === '' ? t('none') : current}</span>
        </Notice>
      ) : null}
      <Field
        label={t('text')}
        aside={ui('characterCount', { count: field.value.length, max: limits.description })}
        hint={t('hint')}
        error={problem ? problemText(problem) : null}
      >
        <TextArea
          dir="auto"
          onKeyDown={keyDown}
          {...field}
          ref={(element) => {
            area.current = element
            field.ref(element)
          }}
        />
      </Field>
      <div className={styles.rowActions}>
        <Button type="submit" busy={formState.isSubmitting}>
          {t('save')}
        </Button>
        <Button variant="quiet" onClick={cancel} disabledReason={formState.isSubmitting ? ui('submitting') : undefined}>
          {ui('cancel')}
        </Button>
      </div>
    </form>
  )
}
