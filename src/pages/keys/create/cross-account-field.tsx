import { useRef, useState, type ReactNode } from 'react'
import { keyArn } from '#src/api/contract/arn.ts'
import { crossAccountRamPolicy } from '#src/api/contract/policy.ts'
import { Chip } from '#src/components/ui/badge.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TokenInput } from '#src/components/ui/token-input.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'
import { focusInside, useCreateField, useCreateScope } from './create-scope.ts'
import { useFieldError } from './field-error.tsx'
import { addEntries, groupByAccount, refusedEntries, shortPrincipal, type RefusedEntry } from './principals.ts'
import { RolePermissions } from './role-permissions.tsx'

export function CrossAccountField(): ReactNode {
  const t = useText('create.principals.crossAccountUser')
  const { ownAccountId } = useCreateScope()
  const errorOf = useFieldError()
  const { field, problems, refusal, judgeNow } = useCreateField('crossAccountUsers')
  const [duplicates, setDuplicates] = useState<readonly string[]>([])
  const box = useRef<HTMLDivElement>(null)
  const refused = refusedEntries(field.value, ownAccountId)
  const taken = field.value.filter((entry) => !refused.some(({ text }) => text === entry))
  const shown = problems?.crossAccountUsers ?? []
  const focusInput = (): void => box.current?.querySelector('input')?.focus()

  function add(typed: readonly string[]): void {
    const added = addEntries(field.value, typed)
    setDuplicates(added.duplicates)
    field.onChange(added.entries)
    judgeNow()
  }

  function remove(entries: readonly string[]): void {
    setDuplicates([])
    field.onChange(field.value.filter((entry) => !entries.includes(entry)))
    judgeNow()
  }

  return (
    <div
      ref={(element) => {
        box.current = element
        field.ref(focusInside(element, (within) => within.querySelector('input')))
      }}
    >
      <Field
        label={t('label')}
        hint={`${t('hint')} ${t('reminder')}`}
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
          tokens={refused.map(({ text }) => ({ value: text, wrong: true }))}
          onAdd={add}
          onRemove={(entry) => remove([entry])}
          placeholder={t('placeholder')}
        />
        <AccountGroups
          entries={taken}
          onRemove={(entries) => {
            remove(entries)
            focusInput()
          }}
        />
      </Field>
      <RolePermissions policyRole="crossAccountUser" />
      <OtherSide />
    </div>
  )
}

/** Those who are taken, by account: an account is what the quota counts. */
function AccountGroups(props: {
  entries: readonly string[]
  onRemove: (entries: readonly string[]) => void
}): ReactNode {
  const { entries, onRemove } = props
  const t = useText('create.principals.crossAccountUser')
  return (
    <ul className={styles.groups} aria-label={t('taken')}>
      {groupByAccount(entries).map(({ accountId, arns }) => (
        <li key={accountId} className={styles.group}>
          <span className={styles.account}>{t('account', { accountId })}</span>
          {arns.map((arn) => (
            <Chip key={arn} mono name={arn} onRemove={() => onRemove([arn])}>
              {shortPrincipal(arn, accountId)}
            </Chip>
          ))}
          {arns.length > 1 ? (
            <Button variant="link" aria-label={t('removeAccount', { accountId })} onClick={() => onRemove(arns)}>
              {t('removeAll')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
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
