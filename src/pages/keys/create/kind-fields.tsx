/** What kind of key it is to be: type, spec, usage, where an HSM keeps it, and where its material comes from. */
import { useController, useFormContext, useWatch } from 'react-hook-form'
import type { ReactNode } from 'react'
import { storageMechanisms } from '#src/api/contract/keys.ts'
import { instanceCapabilities } from '#src/api/contract/states.ts'
import { Field } from '#src/components/ui/field.tsx'
import { Select } from '#src/components/ui/inputs.tsx'
import { RadioCards } from '#src/components/ui/radio-cards.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { RotationField, rotationInput } from '#src/pages/keys/rotation/rotation-field.tsx'
import styles from './create.module.css'
import { focusInside, useCreateField, useCreateScope } from './create-scope.ts'
import { useFieldError } from './field-error.tsx'
import { canRotate, type CreateForm } from './form-model.ts'

/** A choice of which this build offers the first alone; the other is shown and says why not. */
function OnlyChoice(props: { name: 'keyType' | 'origin'; chosen: string; missing: string }): ReactNode {
  const { name, chosen, missing } = props
  const t = useText(`create.${name}`)
  return (
    <Field group label={t('label')}>
      <RadioCards
        value={chosen}
        onChange={() => undefined}
        cards={[
          { value: chosen, label: t('chosen.label'), detail: t('chosen.detail') },
          { value: missing, label: t('missing.label'), disabledReason: t('missing.reason') },
        ]}
      />
    </Field>
  )
}

export const KeyTypeField = (): ReactNode => <OnlyChoice name="keyType" chosen="symmetric" missing="asymmetric" />

export const OriginField = (): ReactNode => <OnlyChoice name="origin" chosen="Aliyun_KMS" missing="EXTERNAL" />

/** Where there is one spec it is told rather than asked, and so is the usage. */
export function SpecAndUsage(): ReactNode {
  const t = useText('create.fixed')
  const { place } = useCreateScope().target
  if (place === 'Default') return null
  const { specs } = instanceCapabilities[place]
  return (
    <div>
      <div className={styles.columns}>
        {specs.length === 1 ? (
          <Told label={t('spec.label')} value={specs[0]} detail={t(`spec.detail.${specs[0]}`)} />
        ) : (
          <SpecField specs={specs} />
        )}
        <Told label={t('usage.label')} value={t('usage.value')} detail={t('usage.detail')} />
      </div>
      {place === 'Software' ? null : <p className={styles.hint}>{t(`limits.${place}`)}</p>}
    </div>
  )
}

function Told(props: { label: string; value: string; detail: string }): ReactNode {
  return (
    <dl className={styles.told}>
      <dt className={styles.term}>{props.label}</dt>
      <dd className={styles.fixed}>
        <span className={styles.strong}>{props.value}</span>
        <span className={styles.quiet}>{props.detail}</span>
      </dd>
    </dl>
  )
}

type Spec = (typeof instanceCapabilities)[keyof typeof instanceCapabilities]['specs'][number]

function SpecField({ specs }: { specs: readonly Spec[] }): ReactNode {
  const t = useText('create.fixed.spec')
  const { control } = useFormContext<CreateForm>()
  const { field } = useController({ control, name: 'spec' })
  return (
    <Field label={t('label')} hint={t(`detail.${field.value as Spec}`)}>
      <Select {...field} options={specs.map((spec) => ({ value: spec, label: spec }))} />
    </Field>
  )
}

export function StorageField(): ReactNode {
  const t = useText('create.storage')
  const { control } = useFormContext<CreateForm>()
  const { field } = useController({ control, name: 'storage' })
  return (
    <Field group label={t('label')}>
      <RadioCards
        value={field.value}
        onChange={field.onChange}
        cards={storageMechanisms.map((value) => ({
          value,
          label: t(`${value}.label`),
          detail: t(`${value}.detail`),
        }))}
      />
    </Field>
  )
}

export function NewKeyRotation(): ReactNode {
  const t = useText('create.rotation')
  const errorOf = useFieldError()
  const { place } = useCreateScope().target
  const { control } = useFormContext<CreateForm>()
  const storage = useWatch({ control, name: 'storage' })
  const { field, problems, refusal } = useCreateField('rotation')
  if (!canRotate(place, { storage }))
    return (
      <div>
        <p className={styles.term}>{t('label')}</p>
        <p className={styles.hint}>{t('notInsideHsm')}</p>
      </div>
    )
  return (
    <RotationField
      ref={(element) => field.ref(focusInside(element, rotationInput))}
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      hint={t('hint')}
      error={errorOf(problems?.rotation, refusal)}
    />
  )
}
