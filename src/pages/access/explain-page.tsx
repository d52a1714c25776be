import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { keyNameOf } from '#src/api/key-name.ts'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Card } from '#src/components/ui/card.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './access.module.css'
import { circumstancesInput, type ExplainSearch } from './access-search.ts'
import { ExplainForm } from './explain/explain-form.tsx'
import { KeysOf } from './explain/keys-of.tsx'
import { permissionNamed, principalNamed } from './explain/names.ts'
import { Explanation } from './explanation/explanation.tsx'

const route = '/access'

/** May a principal do this, and why? Which keys may it use? The whole question stands in the address, so that a link carries it. */
export function ExplainPage(): ReactNode {
  const region = useRegion()
  const search = useSearch({ from: route })
  const navigate = useNavigate({ from: route })
  const { identity } = useApi()
  const t = useText('access.explain')
  return (
    <div className={styles.stack}>
      <PageHeader title={t('title')} />
      <p className={styles.quiet}>{t('lead')}</p>
      <Card title={t('question')}>
        <ExplainForm
          key={JSON.stringify([identity.id, region, { ...search, page: undefined }])}
          search={search}
          region={region}
          onAsk={(next) => void navigate({ search: { region, ...next } })}
        />
      </Card>
      <Answered search={search} region={region} />
    </div>
  )
}

function Answered(props: { search: ExplainSearch; region: string }): ReactNode {
  const { search, region } = props
  const { principal, permission, key, ask } = search
  const { accountId } = useApi().identity
  const t = useText('access.explain')
  if (principal === undefined || permission === undefined)
    return <EmptyState title={t('nothing.title')}>{t('nothing.body')}</EmptyState>
  const asked = {
    PrincipalArn: principalNamed(principal, accountId),
    Permission: permissionNamed(permission),
    ...circumstancesInput(search),
  }
  return (
    <Card title={t(ask === 'keys' ? 'keysAnswer' : 'answer')}>
      {ask === 'keys' ? (
        <KeysOf asked={asked} search={search} region={region} />
      ) : (
        <Explanation asked={{ ...asked, KeyId: key === undefined ? undefined : keyNameOf(key) }} />
      )}
    </Card>
  )
}
