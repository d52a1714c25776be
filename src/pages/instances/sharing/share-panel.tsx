import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useController, useWatch, type Control } from 'react-hook-form'
import { useApi } from '#src/api/api.tsx'
import { isApiError } from '#src/api/api-error.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { resourceShareNameProblem } from '#src/api/contract/rules.ts'
import { refresh, unwrap, useWrite } from '#src/api/queries.ts'
import { SelectFormField, TextFormField } from '#src/components/form/fields.tsx'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { Field } from '#src/components/ui/field.tsx'
import { Meter } from '#src/components/ui/meter.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { RadioCards } from '#src/components/ui/radio-cards.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/instances/instances.module.css'
import { newUnits } from '#src/pages/instances/unit-rows.ts'
import { useVpcQuota } from '#src/pages/instances/use-vpc-quota.ts'
import { AccountsField } from './accounts-field.tsx'
import { accountsProblem } from './account-rules.ts'
import { DefaultPolicy } from './ownership-part.tsx'
import { emptyShareForm, fieldOfRefusal, shareCall, type ShareForm } from './share-form.ts'
import type { InstanceShare } from './share-groups.ts'

interface OtherShare {
  readonly id: string
  readonly name: string
  readonly accounts: readonly string[]
}

/** Shares an instance by a new resource share or one that is there; with `share`, adds accounts to that one. */
export function SharePanel(props: {
  instance: KmsInstance
  region: string
  share: InstanceShare | null
  /** Shares without this instance. */
  others: readonly OtherShare[]
  onClose: () => void
}): ReactNode {
  const { instance, region, share, others, onClose } = props
  const { InstanceId: instanceId, InstanceName, Sharing } = instance
  const api = useApi()
  const queryClient = useQueryClient()
  const t = useText('instances.panel')
  const errorText = useErrorText()
  const create = useWrite('CreateResourceShare', region)
  const associate = useWrite('AssociateResourceShare', region)
  const [failure, setFailure] = useState<unknown>(null)
  const draftKey = `share/${api.identity.id}/${region}/${instanceId}/${share?.id ?? 'new'}`
  const draft = useDraftForm<ShareForm>(draftKey, emptyShareForm(''))
  const { control } = draft.form
  const { way, shareId, accounts } = useWatch({ control, compute: (values) => values })
  const chosen = share === null && way === 'existing' ? others.find(({ id }) => id === shareId) : undefined
  const scope = {
    ownAccountId: api.identity.accountId,
    present: share?.targets.map(({ accountId }) => accountId) ?? chosen?.accounts ?? [],
    required: share !== null,
  }
  const getting = [...(chosen?.accounts ?? []), ...accounts.filter((one) => accountsProblem([one], scope) === null)]

  /** Which of the share's accounts the quota had no room for. */
  async function failedIn(id: string): Promise<number> {
    const input = { AssociationType: 'Target', ResourceShareIds: [id], AssociationStatus: 'Failed' } as const
    const answer = await api.client.call('ListResourceShareAssociations', input, { region })
    if (!answer.ok) return 0
    return unwrap(answer).ResourceShareAssociations.filter(({ EntityId }) => accounts.includes(EntityId)).length
  }

  async function submit(values: ShareForm): Promise<void> {
    setFailure(null)
    const call = shareCall(values, instanceId, share?.id ?? null)
    try {
      const id =
        call.shareId === null
          ? (await create.mutateAsync(call.input)).ResourceShare.ResourceShareId
          : (await associate.mutateAsync(call.input)).ResourceShareAssociations[0]?.ResourceShareId
      const failed = id === undefined ? 0 : await failedIn(id)
      await refresh(queryClient, ['ListResourceShareAssociations'])
      draft.discard()
      showToast(
        failed > 0
          ? { tone: 'info', title: t('partly', { count: failed }), detail: t('partlyDetail') }
          : { tone: 'ok', title: t(share === null ? 'done' : 'added'), detail: InstanceName || instanceId },
      )
      onClose()
    } catch (error) {
      const field = isApiError(error) ? fieldOfRefusal(error.code, error.parameter) : null
      if (field === null) setFailure(error)
      else draft.form.setError(field, { message: errorText(error) }, { shouldFocus: true })
    }
  }

  return (
    <SidePanelForm
      draft={draft}
      title={share === null ? t('title') : t('titleAdd')}
      subtitle={share === null ? InstanceName || instanceId : share.name}
      submitLabel={t('submit')}
      submitError={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      {share === null ? <Way control={control} others={others} /> : null}
      {share === null && way === 'new' ? (
        <TextFormField
          control={control}
          name="name"
          label={t('name')}
          hint={t('nameHint')}
          required
          rule={resourceShareNameProblem}
        />
      ) : null}
      {share === null && way === 'existing' ? (
        <>
          <SelectFormField
            control={control}
            name="shareId"
            label={t('existing')}
            required
            options={[
              { value: '', label: t('choose') },
              ...others.map(({ id, name, accounts: held }) => ({
                value: id,
                label: t('option', { name, id, count: held.length }),
              })),
            ]}
          />
          {chosen && chosen.accounts.length > 0 ? (
            <Notice tone="warn">
              {t('existingAccounts', { count: chosen.accounts.length, accounts: chosen.accounts.join(t('separator')) })}
            </Notice>
          ) : null}
        </>
      ) : null}
      {share !== null && share.others.length > 0 ? (
        <Notice tone="warn">{t('othersToo', { count: share.others.length })}</Notice>
      ) : null}
      <AccountsField control={control} scope={scope} />
      <Forecast region={region} instanceId={instanceId} accounts={getting} />
      {Sharing ? (
        <Notice title={t(`ownership.${Sharing.Ownership}`)}>
          <DefaultPolicy ownership={Sharing.Ownership} />
          {Sharing.Ownership === 'Joint' ? <p className={styles.hint}>{t('ownership.first')}</p> : null}
        </Notice>
      ) : null}
    </SidePanelForm>
  )
}

function Way(props: { control: Control<ShareForm>; others: readonly OtherShare[] }): ReactNode {
  const t = useText('instances.panel.way')
  const { field } = useController({ control: props.control, name: 'way' })
  return (
    <Field group label={t('label')}>
      <RadioCards
        value={field.value}
        onChange={field.onChange}
        cards={[
          { value: 'new', label: t('new'), detail: t('newDetail') },
          {
            value: 'existing',
            label: t('existing'),
            detail: t('existingDetail'),
            disabledReason: props.others.length === 0 ? t('noOthers') : undefined,
          },
        ]}
      />
    </Field>
  )
}

/** What sharing with these accounts takes of the access management quota. */
function Forecast(props: { region: string; instanceId: string; accounts: readonly string[] }): ReactNode {
  const { region, instanceId, accounts } = props
  const t = useText('instances.panel.quota')
  const { info } = useVpcQuota(region, instanceId)
  if (!info) return null
  const { ResourceQuota: total, UsedQuantity: used } = info
  const added = newUnits(info, accounts).length
  const over = used + added - total
  return (
    <div className={styles.part}>
      <Meter label={t('label')} total={total} used={used} added={added} />
      <p role="status" className={over > 0 && added > 0 ? `${styles.hint} ${styles.over}` : styles.hint}>
        {over > 0 && added > 0 ? t('over', { count: Math.min(over, added) }) : null}
      </p>
      <p className={styles.hint}>{t('rule')}</p>
    </div>
  )
}
