import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Input, Output } from '#src/api/contract/actions.ts'
import { limits } from '#src/api/contract/rules.ts'
import { keyStates, type KeyState } from '#src/api/contract/states.ts'
import { q } from '#src/api/queries.ts'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { KeyStateMark } from '#src/components/ui/key-state-mark.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { CellLines, Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { useCodeText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/access/access.module.css'
import { AccessWord } from '#src/pages/access/access-mark.tsx'
import type { ExplainSearch } from '#src/pages/access/access-search.ts'
import { AskingFailed } from '#src/pages/access/asking-failed.tsx'
import { PrincipalPages } from '#src/pages/access/matrix/principal-pages.tsx'

type KeyEntry = Output<'ListKeysByAccess'>['Keys']['Key'][number]

const pageSize = limits.pageSize.ListKeysByAccess.max

/** The keys that a principal has a permission on, each with a way to its explanation. */
export function KeysOf(props: {
  asked: Omit<Input<'ListKeysByAccess'>, 'PageNumber' | 'PageSize'>
  search: ExplainSearch
  region: string
}): ReactNode {
  const { asked, search, region } = props
  const api = useApi()
  const t = useText('access.keys')
  const navigate = useNavigate({ from: '/access' })
  const input = { ...asked, PageNumber: search.page ?? 1, PageSize: pageSize }
  const found = useQuery({ ...q(api, region, 'ListKeysByAccess', input), placeholderData: keepPreviousData })
  if (found.isPending) return <Skeleton width="full" />
  if (!found.data) return <AskingFailed error={found.error} onRetry={() => void found.refetch()} />
  const { Keys, TotalCount, Examined, PageNumber } = found.data
  if (Keys.Key.length === 0)
    return (
      <EmptyState title={t('none.title')}>
        {t('none.body', { examined: Examined, permission: asked.Permission })}
      </EmptyState>
    )
  return (
    <div className={styles.stack}>
      <p role="status">{t('count', { count: TotalCount, examined: Examined })}</p>
      <Table label={t('label')} stale={found.isPlaceholderData}>
        <TableHead columns={(['key', 'state', 'obstacle', 'why'] as const).map((id) => ({ id, label: t(id) }))} />
        <tbody>
          {Keys.Key.map((entry) => (
            <KeyLine key={entry.KeyId} entry={entry} search={search} region={region} />
          ))}
        </tbody>
      </Table>
      <PrincipalPages
        page={PageNumber}
        size={pageSize}
        total={TotalCount}
        onPage={(page) => void navigate({ search: { region, ...search, page: page > 1 ? page : undefined } })}
      />
      <p className={styles.quiet}>{t('note')}</p>
    </div>
  )
}

const isKeyState = (state: string): state is KeyState => keyStates.some((known) => known === state)

function KeyLine(props: { entry: KeyEntry; search: ExplainSearch; region: string }): ReactNode {
  const { entry, search, region } = props
  const { KeyId, KeyState, AliasNames, ObstacleCode } = entry
  const { ask: _ask, page: _page, ...question } = search
  const t = useText('access.keys')
  const codeText = useCodeText()
  const name = AliasNames[0] ?? KeyId
  return (
    <TableRow>
      <TableCell header>
        <CellLines>
          <Link to="/keys/$keyId/access" params={{ keyId: KeyId }} search={{ region }}>
            {name}
          </Link>
          {name === KeyId ? null : <code className={styles.quiet}>{KeyId}</code>}
        </CellLines>
      </TableCell>
      <TableCell noWrap>{isKeyState(KeyState) ? <KeyStateMark state={KeyState} /> : KeyState}</TableCell>
      <TableCell>
        {ObstacleCode === '' ? (
          '—'
        ) : (
          <div className={styles.words}>
            <AccessWord state="impossible">{codeText(ObstacleCode) ?? ObstacleCode}</AccessWord>
          </div>
        )}
      </TableCell>
      <TableCell noWrap>
        <Link to="/access" search={{ region, ...question, key: KeyId }} aria-label={t('whyFor', { key: name })}>
          {t('why')}
        </Link>
      </TableCell>
    </TableRow>
  )
}
