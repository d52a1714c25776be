import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { limits } from '#src/api/contract/rules.ts'
import { aliasesOfKey, q } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { PlaceFailure } from '#src/components/place-failure.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { buttonClass } from '#src/components/ui/button.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { KeyStateMark } from '#src/components/ui/key-state-mark.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { AccessWord } from './access-mark.tsx'
import styles from './access.module.css'
import { cellStates, type KeyAccessSearch } from './access-search.ts'
import { AskingFailed } from './asking-failed.tsx'
import { rowsOf, type KeyAccess, type MatrixRow } from './matrix/cells.ts'
import { columnsOf } from './matrix/columns.ts'
import { Filters } from './matrix/filters.tsx'
import { Matrix } from './matrix/matrix.tsx'
import { PrincipalPages } from './matrix/principal-pages.tsx'

const ExplanationPanel = lazy(() => import('./explanation/explanation-panel.tsx'))

const route = '/keys/$keyId/access'
const pageSize = limits.principalsPerAccessPage.max

/** Who may do what with a key: everybody's permissions at once, each explained on demand. */
export function KeyAccessPage(): ReactNode {
  const { keyId } = useParams({ from: route })
  const { identity } = useApi()
  return <PageOf key={`${identity.id}/${keyId}`} keyId={keyId} />
}

function PageOf({ keyId }: { keyId: string }): ReactNode {
  const region = useRegion()
  const api = useApi()
  const t = useText('access.key')
  const described = useQuery(q(api, region, 'DescribeKey', { KeyId: keyId }))
  if (described.data) return <Found keyMetadata={described.data.KeyMetadata} region={region} />
  if (described.isPending)
    return (
      <div aria-busy className={styles.stack}>
        <PageHeader title={t('title')} />
        <Skeleton width="full" />
        <Skeleton width="long" />
      </div>
    )
  return (
    <div className={styles.stack}>
      <PageHeader title={t('title')} />
      <PlaceFailure
        error={described.error}
        what="key"
        region={region}
        notFound={{ title: t('notFound.title'), body: t('notFound.body', { keyId, region }), back: t('notFound.back') }}
        onRetry={() => void described.refetch()}
        otherwise={<AskingFailed framed error={described.error} onRetry={() => void described.refetch()} />}
      />
    </div>
  )
}

function Found(props: { keyMetadata: KeyMetadata; region: string }): ReactNode {
  const { keyMetadata, region } = props
  const { KeyId, KeyState } = keyMetadata
  const api = useApi()
  const t = useText('access.key')
  const aliases = useQuery(aliasesOfKey(api, region, KeyId))
  return (
    <div className={styles.stack}>
      <PageHeader
        title={t('title')}
        parent={{ keyId: KeyId, label: aliases.data?.[0]?.AliasName ?? KeyId }}
        aside={
          <>
            <Link to="/access" search={{ region, key: KeyId }} className={buttonClass()}>
              {t('ask')}
            </Link>
            {keyMetadata.DKMSInstanceId === undefined ? null : (
              <Link to="/keys/$keyId/policy" params={{ keyId: KeyId }} search={{ region }} className={buttonClass()}>
                {t('policy')}
              </Link>
            )}
          </>
        }
      >
        <KeyStateMark state={KeyState} />
      </PageHeader>
      <KeyMatrix keyId={KeyId} region={region} />
    </div>
  )
}

/** Everybody who is asked about, under the filters of the address. */
function KeyMatrix(props: { keyId: string; region: string }): ReactNode {
  const { keyId, region } = props
  const api = useApi()
  const navigate = useNavigate({ from: route })
  const search = useSearch({ from: route })
  const { who, account, page = 1 } = search
  const input = { KeyId: keyId, Search: who, AccountId: account, PageNumber: page, PageSize: pageSize }
  const access = useQuery({ ...q(api, region, 'DescribeKeyAccess', input), placeholderData: keepPreviousData })

  function show(next: KeyAccessSearch, replace = false): void {
    void navigate({ search: { region, ...next }, replace, resetScroll: false })
  }

  if (access.isPending)
    return (
      <div aria-busy>
        <Skeleton width="full" />
      </div>
    )
  if (!access.data) return <AskingFailed framed error={access.error} onRetry={() => void access.refetch()} />
  const { principal, permission, ...filters } = search
  return (
    <>
      {access.isError ? <ErrorNotice error={access.error} onRetry={() => void access.refetch()} /> : null}
      <Filters
        search={filters}
        accountIds={access.data.AccountIds}
        permissions={access.data.Permissions}
        onSearch={(next) => show(next)}
      />
      <Legend />
      <Principals access={access.data} search={search} onShow={show} />
      <Suspense>
        {principal === undefined || permission === undefined ? null : (
          <ExplanationPanel
            asked={{ PrincipalArn: principal, Permission: permission, KeyId: keyId }}
            onClose={() => show(filters, true)}
          />
        )}
      </Suspense>
    </>
  )
}

function Principals(props: {
  access: KeyAccess
  search: KeyAccessSearch
  onShow: (next: KeyAccessSearch) => void
}): ReactNode {
  const { access, search, onShow } = props
  const { principal: PrincipalArn, permission, ...filters } = search
  const t = useText('access')
  const nameOf = useRowName()
  const columns = columnsOf(access.Permissions, search.show)
  const rows = rowsOf(access, columns, search.verdict)
  const count = access.Principals.Principal.length
  const explained = {
    row: rows.findIndex(({ principal }) => principal.PrincipalArn === PrincipalArn),
    column: columns.findIndex((column) => column.permission === permission),
  }
  return (
    <>
      {rows.length === 0 || columns.length === 0 ? (
        <EmptyState title={t('matrix.nobody.title')}>{t('matrix.nobody.body')}</EmptyState>
      ) : (
        <Matrix
          rows={rows}
          columns={columns}
          nameOf={nameOf}
          explained={explained}
          onExplain={({ row, column }) =>
            onShow({
              ...filters,
              principal: rows[row]?.principal.PrincipalArn,
              permission: columns[column]?.permission,
            })
          }
        />
      )}
      <div className={styles.below}>
        <p role="status" className={styles.quiet}>
          {search.verdict === undefined
            ? t('matrix.count', { count: access.TotalCount })
            : t('matrix.some', { shown: rows.length, count, state: t(`state.${search.verdict}`) })}
        </p>
        <PrincipalPages
          page={access.PageNumber}
          size={pageSize}
          total={access.TotalCount}
          onPage={(page) => onShow({ ...filters, page: page > 1 ? page : undefined })}
        />
      </div>
    </>
  )
}

/** How a row is called: by its name; the account itself, and others' principals, so that they cannot be taken for the own. */
function useRowName(): (row: MatrixRow) => string {
  const t = useText('access.filter')
  const own = useApi().identity.accountId
  return ({ principal: { AccountId, Kind, Name } }) => {
    const account = t(AccountId === own ? 'ownAccount' : 'otherAccount', { accountId: AccountId })
    if (Kind === 'account') return account
    return AccountId === own ? `${Kind}/${Name}` : `${Kind}/${Name} · ${AccountId}`
  }
}

function Legend(): ReactNode {
  const t = useText('access')
  return (
    <ul className={styles.legend} aria-label={t('legend.label')}>
      {cellStates.map((state) => (
        <li key={state}>
          <AccessWord state={state}>{t(`state.${state}`)}</AccessWord>
          <span className={styles.quiet}>{t(`legend.${state}`)}</span>
        </li>
      ))}
    </ul>
  )
}
