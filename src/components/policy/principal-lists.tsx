import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import UserRoundCog from 'lucide-react/icons/user-round-cog'
import User from 'lucide-react/icons/user'
import { useMemo, type ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { userArn } from '#src/api/contract/arn.ts'
import { allRoles, allUsers } from '#src/api/queries.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import type { PickOption } from '#src/components/ui/options.ts'
import { useText } from '#src/i18n/use-text.ts'

interface PrincipalList {
  readonly kind: 'users' | 'roles'
  readonly query: UseQueryResult<readonly unknown[], Error>
}

export interface Principals {
  /** RAM users, then RAM roles, as far as they could be listed. The same array until a list changes: there may be ten thousand. */
  readonly options: readonly PickOption[]
  /** Their ARNs. */
  readonly listed: ReadonlySet<string>
  /** The lists that could not be read. */
  readonly unlisted: readonly PrincipalList[]
  /** ARNs of all of them; null unless both lists are there. */
  readonly arns: ReadonlySet<string> | null
}

const userIcon = <User size={14} aria-hidden />
const roleIcon = <UserRoundCog size={14} aria-hidden />

/** RAM users and roles of the own account. */
export function usePrincipals(region: string): Principals {
  const api = useApi()
  const t = useText('policy.principals')
  const ownAccountId = api.identity.accountId
  const users = useQuery(allUsers(api, region))
  const roles = useQuery(allRoles(api, region))
  const [userGroup, roleGroup] = [t('users'), t('roles')]
  const options = useMemo(
    () => [
      ...(users.data ?? []).map(({ UserName, DisplayName }): PickOption => ({
        value: userArn(ownAccountId, UserName),
        label: UserName,
        group: userGroup,
        icon: userIcon,
        ...(DisplayName === undefined || DisplayName === UserName ? {} : { detail: DisplayName }),
      })),
      ...(roles.data ?? []).map(({ Arn, RoleName, Description }): PickOption => ({
        value: Arn,
        label: RoleName,
        group: roleGroup,
        icon: roleIcon,
        ...(Description === undefined || Description === '' ? {} : { detail: Description }),
      })),
    ],
    [users.data, roles.data, ownAccountId, userGroup, roleGroup],
  )
  const listed = useMemo(() => new Set(options.map(({ value }) => value)), [options])
  const lists: readonly PrincipalList[] = [
    { kind: 'users', query: users },
    { kind: 'roles', query: roles },
  ]
  return {
    options,
    listed,
    unlisted: lists.filter(({ query }) => query.isError),
    arns: users.data && roles.data ? listed : null,
  }
}

/** Why users or roles cannot be picked from a list: no permission, or no answer. */
export function Unlisted({ lists }: { lists: readonly PrincipalList[] }): ReactNode {
  const t = useText('policy.principals.unlisted')
  const failed = lists.filter(({ query }) => !isDenied(query.error))
  if (lists.length === 0) return null
  return (
    <Notice
      tone="warn"
      actions={
        failed.length === 0 ? undefined : (
          <Button variant="link" onClick={() => failed.forEach(({ query }) => void query.refetch())}>
            {t('retry')}
          </Button>
        )
      }
    >
      {lists.map(({ kind, query }) => (
        <p key={kind}>{t(`${kind}${isDenied(query.error) ? 'Denied' : 'Failed'}`)}</p>
      ))}
    </Notice>
  )
}
