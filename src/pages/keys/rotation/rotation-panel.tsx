import { useController } from 'react-hook-form'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { useWrite } from '#src/api/queries.ts'
import { dropDraft } from '#src/components/form/drafts.ts'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { Notice } from '#src/components/ui/notice.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { KeyFacts } from '#src/pages/keys/offers.ts'
import { choiceOf, periodsOf, rotationPolicy, rotationProblem, type RotationChoice } from './rotation-choice.ts'
import { RotationField, rotationInput } from './rotation-field.tsx'
import styles from './rotation.module.css'

interface RotationForm {
  rotation: RotationChoice
}

/** Turns automatic rotation on or off, or sets its period (KMS API 2016-01-20, UpdateRotationPolicy). */
export function RotationPanel(props: {
  keyMetadata: KeyMetadata
  facts: KeyFacts
  name: string
  region: string
  onClose: () => void
}): ReactNode {
  const { keyMetadata: key, facts, name, region, onClose } = props
  const t = useText('rotation.panel')
  const problemText = useProblemText()
  const { identity } = useApi()
  const update = useWrite('UpdateRotationPolicy', region)
  const draftKey = `rotation/${identity.id}/${key.KeyId}`
  const draft = useDraftForm<RotationForm>(draftKey, {
    rotation: choiceOf(key.AutomaticRotation, key.RotationInterval),
  })
  const { field, fieldState } = useController({
    control: draft.form.control,
    name: 'rotation',
    rules: { validate: (choice) => rotationProblem(choice) === null },
  })
  const problem = fieldState.error ? rotationProblem(field.value) : null

  async function submit({ rotation }: RotationForm): Promise<void> {
    const policy = rotationPolicy(rotation)
    await update.mutateAsync({ KeyId: key.KeyId, ...policy }).then(
      () => {
        dropDraft(draftKey)
        showToast({ tone: 'ok', title: t(policy.EnableAutomaticRotation ? 'done.on' : 'done.off', { name }) })
        onClose()
      },
      // It stands in `update.error`, at the head of the form.
      () => undefined,
    )
  }

  return (
    <SidePanelForm
      draft={draft}
      title={t('title')}
      subtitle={name}
      submitLabel={t('submit')}
      submitError={update.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <RotationField
        ref={(element) => field.ref(element && { focus: () => rotationInput(element)?.focus() })}
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        periods={periodsOf(facts.kind)}
        hint={facts.kind === 'default' ? t('defaultKey') : null}
        error={problem ? problemText(problem) : null}
      />
      <Notice>
        <div className={styles.consequences}>
          {field.value.period === 'off' ? (
            <p>{t('off')}</p>
          ) : (
            <>
              <p>{t('on')}</p>
              {key.DKMSInstanceId === undefined ? null : <p>{t('quota')}</p>}
              <p>{t('old')}</p>
            </>
          )}
        </div>
      </Notice>
    </SidePanelForm>
  )
}
