import { useEffect, useEffectEvent, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { useText } from '#src/i18n/use-text.ts'
import { AliasStep } from './alias-step.tsx'
import styles from './create.module.css'
import { CreateScopeContext, refusedType } from './create-scope.ts'
import { ExternalKeyField } from './external-key-field.tsx'
import { aliasNameOf, createKeyInput, defaultAccounts, emptyForm, type CreateForm } from './form-model.ts'
import { KeyTypeField, NewKeyRotation, OriginField, SpecAndUsage, StorageField } from './kind-fields.tsx'
import { AliasField, DescriptionField } from './label-fields.tsx'
import { LostAnswer } from './lost-answer.tsx'
import { panelParts, type KeyTarget, type PartName } from './panel-parts.ts'
import { PolicySection } from './policy-section.tsx'
import { fieldOf } from './refusals.ts'
import { isBusy } from './submission.ts'
import { TagsField } from './tags-field.tsx'
import { useCreateKey } from './use-create-key.ts'

const parts: Readonly<Record<PartName, () => ReactNode>> = {
  externalKeyId: ExternalKeyField,
  keyType: KeyTypeField,
  specAndUsage: SpecAndUsage,
  storage: StorageField,
  alias: AliasField,
  tags: TagsField,
  rotation: NewKeyRotation,
  description: DescriptionField,
  policy: PolicySection,
  origin: OriginField,
}

/**
 * Creates a key on a connected instance, or the region's default key (KMS user guide, Manage keys, and Manage external keys).
 * Closed by accident it keeps its input; `onCreated` is called once the key exists and its alias is set, refused or left out.
 */
export function CreateKeyPanel(props: {
  target: KeyTarget
  region: string
  onClose: () => void
  onCreated: (key: { keyId: string; arn: string; aliasProblem: ApiError | null }) => void
}): ReactNode {
  const { target, region, onClose, onCreated } = props
  const { place, instance } = target
  const t = useText('create')
  const { backend, identity } = useApi()
  const id = instance?.InstanceId ?? ''
  const ownAccountId = identity.accountId
  const accountIds = defaultAccounts(instance?.Sharing, ownAccountId)
  const draftKey = `create-key/${identity.id}/${id || `default/${region}`}`
  const draft = useDraftForm<CreateForm>(draftKey, emptyForm)
  const maker = useCreateKey(draftKey, region)
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
        target={target}
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
    <CreateScopeContext value={{ target, region, ownAccountId, accountIds, refusal }}>
      <SidePanelForm
        draft={draft}
        title={t(place === 'Default' ? 'defaultTitle' : 'title')}
        subtitle={t(`subtitle.${place}`, { name: instance?.InstanceName || id, id, region })}
        submitLabel={t('submit')}
        submitDisabledReason={isBusy(submission) ? t('underWay') : undefined}
        submitError={refusedField ? null : refusal}
        submitErrorTitle={refusal?.code === 'Rejected.LimitExceeded' ? t(`limitExceeded.${place}`) : undefined}
        onSubmit={(form) =>
          maker.create({
            startedAt: backend.now(),
            input: createKeyInput(form, target, accountIds),
            aliasName: aliasNameOf(form),
          })
        }
        onClose={onClose}
      >
        <Parts names={panelParts[place].main} />
        <h3 className={styles.sectionTitle}>{t('policy.section')}</h3>
        <Parts names={panelParts[place].advanced} />
      </SidePanelForm>
    </CreateScopeContext>
  )
}

function Parts({ names }: { names: readonly PartName[] }): ReactNode {
  return names.map((name) => {
    const Part = parts[name]
    return <Part key={name} />
  })
}
