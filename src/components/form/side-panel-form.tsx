import { useId, useRef, type ReactNode } from 'react'
import { FormProvider, type FieldValues, type UseFormReturn } from 'react-hook-form'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { SidePanel } from '#src/components/ui/side-panel.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './side-panel-form.module.css'
import type { DraftForm } from './use-draft-form.ts'

/**
 * A form in a side panel. It owns what every such form must do alike: one submission at a time, the error at the top and in sight, closing.
 * Escape, the veil and the cross close the panel and keep the input; Cancel gives the input up, and asks first only if there is any.
 */
export function SidePanelForm<T extends FieldValues>(props: {
  draft: DraftForm<T>
  title: string
  subtitle?: ReactNode
  submitLabel: string
  /** Why it cannot be submitted now, apart from what stands in the fields. */
  submitDisabledReason?: string | undefined
  /** Resolves when the deed is done or its failure is in `submitError` or at a field. The panel's owner closes it. */
  onSubmit: (values: T, form: UseFormReturn<T>) => Promise<void>
  /** What the last submission failed with, where no field shows it. Required so that it cannot be forgotten. */
  submitError: unknown
  /** What the failure means here, where its own words are more general. */
  submitErrorTitle?: string | undefined
  onClose: () => void
  /** Right of the buttons, e.g. a link that shows the document. */
  footAside?: ReactNode
  children: ReactNode
}): ReactNode {
  const {
    draft,
    title,
    subtitle,
    submitLabel,
    submitDisabledReason,
    onSubmit,
    submitError,
    submitErrorTitle,
    onClose,
  } = props
  const { form, restored, discard } = draft
  const t = useText('ui')
  const confirm = useConfirm()
  const formId = useId()
  const errors = useRef<HTMLDivElement>(null)
  const running = useRef(false)
  const { isSubmitting, isDirty } = form.formState

  const submit = form.handleSubmit(async (values) => {
    // A second press may come before React has drawn the first one's state.
    if (running.current) return
    running.current = true
    try {
      await onSubmit(values, form)
    } finally {
      running.current = false
      errors.current?.scrollIntoView({ block: 'nearest' })
    }
  })

  function giveUp(): void {
    discard()
    onClose()
  }

  function cancel(): void {
    if (!isDirty) return giveUp()
    confirm({
      title: t('discard.title'),
      body: t('discard.text'),
      confirmLabel: t('discard.confirm'),
      cancelLabel: t('discard.cancel'),
      danger: true,
      run: giveUp,
    })
  }

  return (
    <SidePanel
      open
      title={title}
      subtitle={subtitle}
      onRequestClose={() => {
        if (!isSubmitting) onClose()
      }}
      foot={
        <>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={isSubmitting}
            disabledReason={submitDisabledReason}
          >
            {submitLabel}
          </Button>
          <Button onClick={cancel} disabledReason={isSubmitting ? t('submitting') : undefined}>
            {t('cancel')}
          </Button>
          {props.footAside === undefined ? null : <div className={styles.aside}>{props.footAside}</div>}
        </>
      }
    >
      <FormProvider {...form}>
        <form
          id={formId}
          noValidate
          aria-label={title}
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <div className={styles.fields}>
            <div ref={errors} className={styles.errors}>
              {submitError === null || submitError === undefined ? null : (
                <ErrorNotice
                  error={submitError}
                  {...(submitErrorTitle === undefined ? {} : { title: submitErrorTitle })}
                />
              )}
            </div>
            {restored ? (
              <Notice
                actions={
                  <Button variant="link" onClick={discard}>
                    {t('draft.startOver')}
                  </Button>
                }
              >
                {t('draft.restored')}
              </Notice>
            ) : null}
            {props.children}
          </div>
        </form>
      </FormProvider>
    </SidePanel>
  )
}
