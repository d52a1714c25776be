import { useState, type ReactNode } from 'react'
import { keyArn } from '#src/api/contract/arn.ts'
import { crossAccountRamPolicy } from '#src/api/contract/policy.ts'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TokenInput } from '#src/components/ui/token-input.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'
import { focusInside, useCreateField, useCreateScope } from './create-scope.ts'
import { useFieldError } from './field-error.tsx'
import { addEntries, groupByAccount, refusedEntries, type RefusedEntry } from './principals.ts'
import { RolePermissions } from './role-permissions.tsx'

export function CrossAccountField(): ReactNode {
  const t = useText('create.principals')
  const { ownAccountId } = useCreateScope()
  const errorOf = useFieldError()
  const { field, problems, refusal, judgeNow } = useCreateField('crossAccountUsers')
  const [duplicates, setDuplicates] = useState<readonly string[]>([])
  const refused = refusedEntries(field.value, ownAccountId)
  const isRefused = (entry: string): boolean => refused.some(({ text }) => text === entry)
  const byAccount = groupByAccount(field.value.filter((entry) => !isRefused(entry))).flatMap(({ arns }) => arns)

  function add(typed: readonly string[]): void {
    const added = addEntries(field.value, typed)
    setDuplicates(added.duplicates)
    field.onChange(added.entries)
    judgeNow()
  }

  function remove(value: string): void {
    setDuplicates([])
    field.onChange(field.value.filter((entry) => entry !== value))
    judgeNow()
  }

  const shown = problems?.crossAccountUsers ?? []
  return (
    <div ref={(element) => field.ref(focusInside(element, (within) => within.querySelector('input')))}>
      <Field
        label={t('crossAccountUser.label')}
        hint={`${t('crossAccountUser.hint')} ${t('crossAccountUser.reminder')}`}
        error={
          shown.length + duplicates.length > 0 ? (
            <RefusedList refused={shown} duplicates={duplicates} />
          ) : (
            errorOf(null, refusal)
          )
        }
      >
        <TokenInput
          mono
          tokens={[
            ...byAccount.map((value) => ({ value })),
            ...refused.map(({ text }) => ({ value: text, wrong: true })),
          ]}
          onAdd={add}
          onRemove={remove}
          placeholder={t('crossAccountUser.placeholder')}
        />
      </Field>
      <RolePermissions policyRole="crossAccountUser" />
      <OtherSide />
    </div>
  )
}

function RefusedList(props: { refused: readonly RefusedEntry[]; duplicates: readonly string[] }): ReactNode {
  const { refused, duplicates } = props
  const problemText = useProblemText()
  return (
    <ul className={styles.refusedList}>
      {refused.map(({ text, reason }) => (
        <li key={text}>
          <code>{text}</code> {problemText({ code: 'crossAccount', reason })}
        </li>
      ))}
      {duplicates.map((value) => (
        <li key={`twice ${value}`}>{problemText({ code: 'duplicate', value })}</li>
      ))}
    </ul>
  )
}

/** The other half of the grant lies in the other account; its policy can be copied before the key exists. */
function OtherSide(): ReactNode {
  const t = useText('create.principals.crossAccountUser')
  const { region, ownAccountId } = useCreateScope()
  const placeholder = keyArn(region, ownAccountId, t('keyPlaceholder'))
  return (
    <Disclosure summary={t('ramPolicy')}>
      <p className={styles.beforeCode}>{t('replace', { placeholder })}</p>
      <CodeBlock label={t('ramPolicy')} text={crossAccountRamPolicy(placeholder)} />
    </Disclosure>
  )
}
