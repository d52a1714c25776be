import type { ReactNode } from 'react'
import { Field } from '#src/components/ui/field.tsx'
import { MultiCombobox } from '#src/components/ui/multi-combobox.tsx'
import { TokenInput } from '#src/components/ui/token-input.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './policy.module.css'
import type { Principals } from '#src/components/policy/principal-lists.tsx'
import { addEntries, isOwnPrincipal, shortPrincipal, typedPrincipal } from './principals.ts'
import { RolePermissions } from './role-permissions.tsx'

/** RAM users and roles of the own account for one role of the key policy. Those that cannot be listed are taken by name. */
export function PrincipalPicker(props: {
  policyRole: 'administrator' | 'user'
  principals: Principals
  ownAccountId: string
  /** ARNs, and what was typed by hand and is none. */
  value: readonly string[]
  onChange: (entries: readonly string[]) => void
  onBlur?: (() => void) | undefined
  /** Those of the entries that are shown as no user or role of the account. */
  strangers: readonly string[]
}): ReactNode {
  const { policyRole: role, principals, ownAccountId, value, onChange, strangers } = props
  const t = useText('policy.principals')
  const short = (entry: string): string => shortPrincipal(entry, ownAccountId)
  const picks = principals.unlisted.length < 2
  const types = principals.unlisted.length > 0
  const byHand = types ? value.filter((entry) => !principals.listed.has(entry)) : []
  const error = strangers.length === 0 ? null : t('stranger', { names: strangers.map(short).join(t('separator')) })

  return (
    <div className={styles.principals}>
      {picks ? (
        <Field label={t(`${role}.label`)} hint={t(`${role}.hint`)} error={types ? null : error}>
          <MultiCombobox
            options={principals.options}
            value={value.filter((entry) => !byHand.includes(entry))}
            onChange={(picked) => onChange([...picked, ...byHand])}
            {...(props.onBlur ? { onBlur: props.onBlur } : {})}
            placeholder={t('search')}
            emptyText={principals.options.length === 0 ? t('loading') : t('noMatch')}
          />
        </Field>
      ) : null}
      {types ? (
        <Field
          label={picks ? t(`${role}.byHand`) : t(`${role}.label`)}
          hint={picks ? null : t(`${role}.hint`)}
          error={error}
        >
          <TokenInput
            mono
            tokens={byHand.map((entry) => ({ value: short(entry), wrong: !isOwnPrincipal(entry, ownAccountId) }))}
            onAdd={(typed) => {
              const arns = typed.map((text) => typedPrincipal(text, ownAccountId))
              onChange(addEntries(value, arns).entries)
            }}
            onRemove={(text) => onChange(value.filter((entry) => short(entry) !== text))}
            placeholder={t('byHandPlaceholder')}
          />
        </Field>
      ) : null}
      <RolePermissions policyRole={role} />
    </div>
  )
}
