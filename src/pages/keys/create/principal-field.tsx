import type { ReactNode } from 'react'
import type { PolicyRole } from '#src/api/contract/policy.ts'
import { Field } from '#src/components/ui/field.tsx'
import { MultiCombobox } from '#src/components/ui/multi-combobox.tsx'
import { TokenInput } from '#src/components/ui/token-input.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'
import { focusInside, useCreateField, useCreateScope } from './create-scope.ts'
import type { Principals } from './principal-lists.tsx'
import { addEntries, isOwnPrincipal, shortPrincipal, typedPrincipal } from './principals.ts'
import { RolePermissions } from './role-permissions.tsx'

const fields = { administrator: 'administrators', user: 'users' } as const satisfies Partial<Record<PolicyRole, string>>

/** RAM users and roles of the own account for one role of the key policy. Those that cannot be listed are taken by name. */
export function PrincipalField(props: { policyRole: keyof typeof fields; principals: Principals }): ReactNode {
  const { policyRole: role, principals } = props
  const name = fields[role]
  const t = useText('create.principals')
  const { ownAccountId } = useCreateScope()
  const { field, problems, judgeNow } = useCreateField(name)
  const short = (entry: string): string => shortPrincipal(entry, ownAccountId)
  const picks = principals.unlisted.length < 2
  const types = principals.unlisted.length > 0
  const listed = new Set(principals.options.map(({ value }) => value))
  const byHand = types ? field.value.filter((entry) => !listed.has(entry)) : []
  const strangers = problems?.[name] ?? []
  const error = strangers.length === 0 ? null : t('stranger', { names: strangers.map(short).join(t('separator')) })

  function change(entries: readonly string[]): void {
    field.onChange(entries)
    judgeNow()
  }

  return (
    <div
      className={styles.principals}
      ref={(element) => field.ref(focusInside(element, (within) => within.querySelector('input')))}
    >
      {picks ? (
        <Field label={t(`${role}.label`)} hint={t(`${role}.hint`)} error={types ? null : error}>
          <MultiCombobox
            options={principals.options}
            value={field.value.filter((entry) => !byHand.includes(entry))}
            onChange={(picked) => change([...picked, ...byHand])}
            onBlur={field.onBlur}
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
              change(addEntries(field.value, arns).entries)
            }}
            onRemove={(text) => change(field.value.filter((entry) => short(entry) !== text))}
            placeholder={t('byHandPlaceholder')}
          />
        </Field>
      ) : null}
      <RolePermissions policyRole={role} />
    </div>
  )
}
