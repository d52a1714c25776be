import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { useText } from '#src/i18n/use-text.ts'
import { AliasStep } from './alias-step.tsx'
import { CreateScopeContext, refusedType } from './create-scope.ts'
import { ExternalKeyField } from './external-key-field.tsx'
import { FixedChoices } from './fixed-choices.tsx'
import { aliasNameOf, createKeyInput, defaultAccounts, emptyForm, type CreateForm } from './form-model.ts'
import { AliasField, DescriptionField } from './label-fields.tsx'
import { LostAnswer } from './lost-answer.tsx'
import { PolicySection } from './policy-section.tsx'
import { fieldOf } from './refusals.ts'
import { isBusy } from './submission.ts'
import { TagsField } from './tags-field.tsx'
import { useCreateKey } from './use-create-key.ts'

/**
 * Creates a KMS key for an external key on a connected external instance (KMS user guide, Manage external keys, Create an external key).
 * Closed by accident it keeps its input; `onCreated` is called once the key exists and its alias is set, refused or left out.
 */
export function CreateKeyPanel(props: {
  instance: KmsInstance
  region: string
  onClose: () => void
  onCreated: (key: { keyId: string; arn: string; aliasProblem: ApiError | null }) => void
}): ReactNode {
  const { instance, region, onClose, onCreated } = props
  const t = useText('create')
  const { backend, identity } = useApi()
  const ownAccountId = identity.accountId
  const accountIds = defaultAccounts(instance.Sharing, ownAccountId)
  const draftKey = `create-key/${identity.accessKeyId}/${instance.InstanceId}`
  const draft = useDraftForm<CreateForm>(draftKey, emptyForm)
  const maker = useCreateKey(draftKey, region)
  const externalKeyInput = useRef<HTMLInputElement>(null)
  const { submission } = maker
  const { setError } = draft.form

  const tellCreated = useEffectEvent(onCreated)
  useEffect(() => {
    if (submission.at === 'done') tellCreated({ ...submission.key, aliasProblem: submission.aliasProblem })
  }, [submission])

  const refusal = submission.at === 'editing' ? submission.refusal : null
  const refusedField = refusal && fieldOf(refusal)
  useEffect(() => {
    if (refusedField) setError(refusedField, { type: refusedType }, { shouldFocus: true })
  }, [refusal, refusedField, setError])

  if (submission.at === 'lost')
    return (
      <LostAnswer
        instance={instance}
        region={region}
        attempt={submission.attempt}
        onTake={(key) => void maker.take(key)}
        onCreateAgain={() => void maker.create(submission.attempt)}
        onBack={maker.backToForm}
        onClose={onClose}
      />
    )
  if (submission.at === 'aliasRefused' || (submission.at === 'aliasing' && !submission.fromForm))
    return (
      <AliasStep
        madeKey={submission.key}
        aliasName={submission.aliasName}
        error={submission.at === 'aliasRefused' ? submission.error : null}
        onRetry={(aliasName) => void maker.retryAlias(aliasName)}
        onSkip={maker.skipAlias}
      />
    )
  return (
    <CreateScopeContext value={{ instance, region, ownAccountId, accountIds, refusal }}>
      <SidePanelForm
        draft={draft}
        title={t('title')}
        subtitle={t('subtitle', { name: instance.InstanceName || instance.InstanceId, id: instance.InstanceId })}
        submitLabel={t('submit')}
        submitDisabledReason={isBusy(submission) ? t('underWay') : undefined}
        submitError={refusedField ? null : refusal}
        initialFocus={externalKeyInput}
        onSubmit={(form) =>
          maker.create({
            startedAt: backend.now(),
            input: createKeyInput(form, instance.InstanceId, accountIds),
            aliasName: aliasNameOf(form),
          })
        }
        onClose={onClose}
      >
        <ExternalKeyField inputRef={externalKeyInput} />
        <FixedChoices />
        <AliasField />
        <TagsField />
        <DescriptionField />
        <PolicySection />
      </SidePanelForm>
    </CreateScopeContext>
  )
}
