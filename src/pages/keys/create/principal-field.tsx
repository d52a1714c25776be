import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import UserRoundCog from 'lucide-react/icons/user-round-cog'
import User from 'lucide-react/icons/user'
import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { userArn } from '#src/api/contract/arn.ts'
import type { PolicyRole } from '#src/api/contract/policy.ts'
import { allRoles, allUsers } from '#src/api/queries.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { MultiCombobox } from '#src/components/ui/multi-combobox.tsx'
import type { PickOption } from '#src/components/ui/options.ts'
import { TokenInput } from '#src/components/ui/token-input.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'
import { focusInside, useCreateField, useCreateScope } from './create-scope.ts'
import { addEntries, isOwnPrincipal, shortPrincipal, typedPrincipal } from './principals.ts'
import { RolePermissions } from './role-permissions.tsx'

const fields = { administrator: 'administrators', user: 'users' } as const satisfies Partial<Record<PolicyRole, string>>

/** RAM users and roles of the own account for one role of the key policy. */
export function PrincipalField({ policyRole: role }: { policyRole: keyof typeof fields }): ReactNode {
  const name = fields[role]
  const t = useText('create.principals')
  const { ownAccountId } = useCreateScope()
  const { field, problems, judgeNow } = useCreateField(name)
  const { options, unlisted } = usePrincipals()
  const short = (entry: string): string => shortPrincipal(entry, ownAccountId)
  const listed = new Set(options.map(({ value }) => value))
  const byHand = unlisted.length > 0 ? field.value.filter((entry) => !listed.has(entry)) : []
  const strangers = problems?.[name] ?? []

  function change(entries: readonly string[]): void {
    field.onChange(entries)
    judgeNow()
  }

  const error = strangers.length === 0 ? null : t('stranger', { names: strangers.map(short).join(t('separator')) })
  const hint = t(`${role}.hint`)
  return (
    <div ref={(element) => field.ref(focusInside(element, (within) => within.querySelector('input')))}>
      {unlisted.length < 2 ? (
        <Field
          label={t(`${role}.label`)}
          hint={unlisted.length === 0 ? hint : null}
          error={unlisted.length === 0 ? error : null}
        >
          <MultiCombobox
            options={options}
            value={field.value.filter((entry) => !byHand.includes(entry))}
            onChange={(picked) => change([...picked, ...byHand])}
            onBlur={field.onBlur}
            placeholder={t('search')}
            emptyText={options.length === 0 ? t('loading') : t('noMatch')}
          />
        </Field>
      ) : null}
      {unlisted.length > 0 ? (
        <Field
          label={t(`${role}.byHand`)}
          hint={
            <>
              <p>{hint}</p>
              <Unlisted lists={unlisted} />
            </>
          }
          error={error}
        >
          <TokenInput
            mono
            tokens={byHand.map((entry) => ({ value: short(entry), wrong: !isOwnPrincipal(entry, ownAccountId) }))}
            onAdd={(typed) =>
              change(
                addEntries(
                  field.value,
                  typed.map((text) => typedPrincipal(text, ownAccountId)),
                ).entries,
              )
            }
            onRemove={(text) => change(field.value.filter((entry) => short(entry) !== text))}
            placeholder={t('byHandPlaceholder')}
          />
        </Field>
      ) : null}
      <RolePermissions policyRole={role} />
    </div>
  )
}

interface PrincipalList {
  readonly kind: 'users' | 'roles'
  readonly query: UseQueryResult<readonly unknown[], Error>
}

/** Why users or roles cannot be picked from a list: no permission, or no answer. */
function Unlisted({ lists }: { lists: readonly PrincipalList[] }): ReactNode {
  const t = useText('create.principals.unlisted')
  return lists.map(({ kind, query }) => (
    <p key={kind} className={styles.doubt}>
      {isDenied(query.error) ? (
        t(`${kind}Denied`)
      ) : (
        <>
          {t(`${kind}Failed`)}{' '}
          <Button variant="link" onClick={() => void query.refetch()}>
            {t('retry')}
          </Button>
        </>
      )}
    </p>
  ))
}

function usePrincipals(): { options: readonly PickOption[]; unlisted: readonly PrincipalList[] } {
  const api = useApi()
  const t = useText('create.principals')
  const { region, ownAccountId } = useCreateScope()
  const users = useQuery(allUsers(api, region))
  const roles = useQuery(allRoles(api, region))
  const options = [
    ...(users.data ?? []).map(({ UserName, DisplayName }): PickOption => ({
      value: userArn(ownAccountId, UserName),
      label: UserName,
      group: t('users'),
      icon: <User size={14} aria-hidden />,
      ...(DisplayName === undefined || DisplayName === UserName ? {} : { detail: DisplayName }),
    })),
    ...(roles.data ?? []).map(({ Arn, RoleName, Description }): PickOption => ({
      value: Arn,
      label: RoleName,
      group: t('roles'),
      icon: <UserRoundCog size={14} aria-hidden />,
      ...(Description === undefined || Description === '' ? {} : { detail: Description }),
    })),
  ]
  const lists: readonly PrincipalList[] = [
    { kind: 'users', query: users },
    { kind: 'roles', query: roles },
  ]
  return { options, unlisted: lists.filter(({ query }) => query.isError) }
}
