import { useFormContext, useWatch } from 'react-hook-form'
import { useDeferredValue, type ReactNode } from 'react'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { RadioCards } from '#src/components/ui/radio-cards.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { InBothRoles } from '#src/pages/keys/policy/in-both-roles.tsx'
import { Unlisted, usePrincipals } from '#src/components/policy/principal-lists.tsx'
import { otherAccountsOf } from '#src/pages/keys/policy/principals.ts'
import { QuotaMeter } from '#src/pages/keys/policy/quota-meter.tsx'
import styles from './create.module.css'
import { focusInside, useCreateField, useCreateScope, useTargetInstance } from './create-scope.ts'
import { CrossAccountField } from './cross-account-field.tsx'
import { useFieldError } from './field-error.tsx'
import { policyOf, type CreateForm } from './form-model.ts'
import { PrincipalField } from './principal-field.tsx'

/** Who may do what with the key: KMS's default policy, or one made here. */
export function PolicySection(): ReactNode {
  const t = useText('create.policy')
  const errorOf = useFieldError()
  const { field, problems, refusal } = useCreateField('policy')
  const problem = problems?.policy
  // The card answers first; the pickers follow.
  const shown = useDeferredValue(field.value)
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
      {shown === 'default' ? <DefaultPolicy /> : <CustomPolicy />}
      <PolicyDocument />
    </>
  )
}

/** Said for this very instance: whether it is shared decides whom the default policy lets in. */
function DefaultPolicy(): ReactNode {
  const t = useText('create.policy.default')
  const { ownAccountId } = useCreateScope()
  const instance = useTargetInstance()
  const { State = 'NotShared', OwnerAccountId = ownAccountId, Accounts = [], Ownership } = instance.Sharing ?? {}
  const setting = State === 'SharedToThisAccount' && Ownership === 'Independent' ? 'SharedIndependently' : State
  return (
    <Notice>{t(setting, { own: ownAccountId, owner: OwnerAccountId, accounts: Accounts.join(t('separator')) })}</Notice>
  )
}

function CustomPolicy(): ReactNode {
  const { region, ownAccountId } = useCreateScope()
  const { InstanceId, Sharing } = useTargetInstance()
  const { control } = useFormContext<CreateForm>()
  const { administrators, users, crossAccountUsers } = useWatch({ control, compute: (values) => values })
  const principals = usePrincipals(region)
  const owner = Sharing?.OwnerAccountId
  return (
    <>
      <Unlisted lists={principals.unlisted} />
      <div className={styles.columns}>
        <PrincipalField policyRole="administrator" principals={principals} />
        <PrincipalField policyRole="user" principals={principals} />
      </div>
      <InBothRoles administrators={administrators} users={users} ownAccountId={ownAccountId} />
      <CrossAccountField />
      <QuotaMeter
        region={region}
        instanceId={InstanceId}
        accounts={otherAccountsOf(crossAccountUsers, ownAccountId)}
        members={owner === undefined ? [ownAccountId] : [ownAccountId, owner]}
      />
    </>
  )
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
