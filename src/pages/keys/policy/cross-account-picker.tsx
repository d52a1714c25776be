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
import styles from './policy.module.css'
import { addEntries, groupByAccount, refusedEntries, shortPrincipal, type RefusedEntry } from './principals.ts'
import { RolePermissions } from './role-permissions.tsx'

/** The key that is granted. */
export interface GrantedKey {
  /** Null: it does not exist yet. */
  readonly arn: string | null
  readonly region: string
  readonly accountId: string
}

/** RAM users and roles of other accounts, by ARN. */
export function CrossAccountPicker(props: {
  ownAccountId: string
  /** ARNs, and what was typed and is none. */
  value: readonly string[]
  onChange: (entries: readonly string[]) => void
  /** Those of the entries that are shown as wrong. */
  shown: readonly RefusedEntry[]
  /** What else is wrong here, e.g. what the API said. */
  error?: ReactNode
  grantedKey: GrantedKey
}): ReactNode {
  const { ownAccountId, value, onChange, shown, error } = props
  const t = useText('policy.principals.crossAccountUser')
  const [duplicates, setDuplicates] = useState<readonly string[]>([])
  const box = useRef<HTMLDivElement>(null)
  const refused = refusedEntries(value, ownAccountId)
  const taken = value.filter((entry) => !refused.some(({ text }) => text === entry))
  const focusInput = (): void => box.current?.querySelector('input')?.focus()

  function add(typed: readonly string[]): void {
    const added = addEntries(value, typed)
    setDuplicates(added.duplicates)
    onChange(added.entries)
  }

  function remove(entries: readonly string[]): void {
    setDuplicates([])
    onChange(value.filter((entry) => !entries.includes(entry)))
  }

  return (
    <div ref={box}>
      <Field
        label={t('label')}
        hint={`${t('hint')} ${t('reminder')}`}
        error={shown.length + duplicates.length > 0 ? <RefusedList refused={shown} duplicates={duplicates} /> : error}
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
      <OtherSide grantedKey={props.grantedKey} />
    </div>
  )
}

/** Those who are taken, by account: an account is what the quota counts. */
function AccountGroups(props: {
  entries: readonly string[]
  onRemove: (entries: readonly string[]) => void
}): ReactNode {
  const { entries, onRemove } = props
  const t = useText('policy.principals.crossAccountUser')
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

/** The other half of the grant lies in the other account; its policy can be copied, before the key exists too. */
function OtherSide({ grantedKey }: { grantedKey: GrantedKey }): ReactNode {
  const t = useText('policy.principals.crossAccountUser')
  const arn = grantedKey.arn ?? keyArn(grantedKey.region, grantedKey.accountId, t('keyPlaceholder'))
  return (
    <Disclosure summary={t('ramPolicy')}>
      <p className={styles.beforeCode}>
        {t('attach')}
        {grantedKey.arn === null ? ` ${t('replace', { placeholder: arn })}` : null}
      </p>
      <CodeBlock label={t('ramPolicy')} text={crossAccountRamPolicy(arn)} />
    </Disclosure>
  )
}
