import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApiIfAny, type Api } from '#src/api/api.tsx'
import type { Output } from '#src/api/contract/actions.ts'
import type { AccessDetail } from '#src/api/contract/errors.ts'
import { defaultRegion } from '#src/api/contract/regions.ts'
import { q } from '#src/api/queries.ts'
import { languageTags } from '#src/i18n/languages.ts'
import { useLanguage, useText } from '#src/i18n/use-text.ts'
import { Row } from './row.tsx'

type Grantor = Output<'ListGrantors'>['Grantors']['Grantor'][number]

/** `acs:kms:<region>:…`; RAM's resources have none, and any region answers for them. */
const regionIn = (arn: string): string => /^acs:kms:([a-z0-9-]+):/.exec(arn)?.[1] ?? defaultRegion

/** Who could change the policies that deny, as far as the denied may know. Nothing where the backend does not tell. */
export function Grantors({ decision }: { decision: AccessDetail }): ReactNode {
  const api = useApiIfAny()
  // Whoever was denied and acts as somebody else by now would be told about the other.
  return api?.identity.arn === decision.AuthPrincipal ? <Told api={api} decision={decision} /> : null
}

function Told({ api, decision }: { api: Api; decision: AccessDetail }): ReactNode {
  const { AuthAction, Resource } = decision
  const t = useText('identity.denial')
  const asked = useQuery(q(api, regionIn(Resource), 'ListGrantors', { Permission: AuthAction, Resource }))
  const names = useNames(decision.AuthPrincipal)
  if (asked.isPending) return <Row term={t('grantors')}>{t('asking')}</Row>
  const grantors = asked.data?.Grantors.Grantor ?? []
  if (grantors.length === 0) return null
  return (
    <Row term={t('grantors')}>
      {grantors.map((grantor) => (
        <p key={grantor.Side}>
          {t(`side.${grantor.Side}`, {
            permissions: grantor.Permissions.join(', '),
            names: grantor.Withheld ? t('withheld', { accountId: grantor.AccountId }) : names(grantor),
          })}
        </p>
      ))}
      {grantors.length > 1 ? <p>{t(asked.data?.Needed === 'One' ? 'one' : 'all')}</p> : null}
    </Row>
  )
}

/** `key-admin (密钥管理员), role/break-glass, the account itself and 3 others` */
function useNames(self: string): (grantor: Grantor) => string {
  const t = useText('identity.denial')
  const tag = languageTags[useLanguage()]
  return ({ Principals: { Principal }, TotalCount }) => {
    if (TotalCount === 0) return t('nobody')
    const names = Principal.map(({ PrincipalArn, Kind, Name, DisplayName }) => {
      const name = Kind === 'account' ? t('account') : Kind === 'role' ? t('role', { name: Name }) : Name
      if (PrincipalArn === self) return t('you', { name })
      return DisplayName === '' ? name : t('withName', { name, displayName: DisplayName })
    })
    const list = new Intl.ListFormat(tag, { type: 'conjunction', style: 'narrow' }).format(names)
    return TotalCount > names.length ? `${list} ${t('more', { count: TotalCount - names.length })}` : list
  }
}
