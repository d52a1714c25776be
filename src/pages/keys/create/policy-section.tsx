import { useFormContext, useWatch } from 'react-hook-form'
import type { ReactNode } from 'react'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { RadioCards } from '#src/components/ui/radio-cards.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'
import { focusInside, useCreateField, useCreateScope, useTargetInstance } from './create-scope.ts'
import { CrossAccountField } from './cross-account-field.tsx'
import { useFieldError } from './field-error.tsx'
import { inBothRoles, policyOf, type CreateForm } from './form-model.ts'
import { PrincipalField } from './principal-field.tsx'
import { Unlisted, usePrincipals } from './principal-lists.tsx'
import { shortPrincipal } from './principals.ts'
import { QuotaMeter } from './quota-meter.tsx'

/** Who may do what with the key: KMS's default policy, or one made here. */
export function PolicySection(): ReactNode {
  const t = useText('create.policy')
  const errorOf = useFieldError()
  const { field, problems, refusal } = useCreateField('policy')
  const problem = problems?.policy
  return (
    <>
      <div ref={(element) => field.ref(focusInside(element, (within) => within.querySelector('input:checked')))}>
        <Field group label={t('label')} error={problem === 'nobody' ? t('nobody') : errorOf(problem, refusal)}>
          <RadioCards
            value={field.value}
            onChange={field.onChange}
            cards={(['default', 'custom'] as const).map((value) => ({
              value,
              label: t(`${value}.label`),
              detail: t(`${value}.guidance`),
            }))}
          />
        </Field>
      </div>
      {field.value === 'default' ? <DefaultPolicy /> : <CustomPolicy />}
      <PolicyDocument />
    </>
  )
}

/** Said for this very instance: whether it is shared decides whom the default policy lets in. */
function DefaultPolicy(): ReactNode {
  const t = useText('create.policy.default')
  const { ownAccountId } = useCreateScope()
  const instance = useTargetInstance()
  const { State = 'NotShared', OwnerAccountId = ownAccountId, Accounts = [] } = instance.Sharing ?? {}
  return (
    <Notice>{t(State, { own: ownAccountId, owner: OwnerAccountId, accounts: Accounts.join(t('separator')) })}</Notice>
  )
}

function CustomPolicy(): ReactNode {
  const principals = usePrincipals()
  return (
    <>
      <Unlisted lists={principals.unlisted} />
      <div className={styles.columns}>
        <PrincipalField policyRole="administrator" principals={principals} />
        <PrincipalField policyRole="user" principals={principals} />
      </div>
      <InBothRoles />
      <CrossAccountField />
      <QuotaMeter />
    </>
  )
}

function InBothRoles(): ReactNode {
  const t = useText('create.policy')
  const { ownAccountId } = useCreateScope()
  const { control } = useFormContext<CreateForm>()
  const form = useWatch({ control, compute: (values) => values })
  const both = inBothRoles(form)
  if (both.length === 0) return null
  const names = both.map((arn) => shortPrincipal(arn, ownAccountId)).join(t('separator'))
  return <Notice live>{t('inBoth', { count: both.length, names })}</Notice>
}

/** The document as CreateKey will be given it, or will write it. */
function PolicyDocument(): ReactNode {
  const t = useText('create.policy')
  const { accountIds } = useCreateScope()
  const { control } = useFormContext<CreateForm>()
  const form = useWatch({ control, compute: (values) => values })
  return (
    <Disclosure summary={t('document')}>
      <CodeBlock label={t('document')} text={JSON.stringify(policyOf(form, accountIds), null, 2)} />
    </Disclosure>
  )
}
