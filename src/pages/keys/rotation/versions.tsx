import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { isDenied } from '#src/api/api-error.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { KeyVersion } from '#src/api/contract/versions.ts'
import { q, useWrite } from '#src/api/queries.ts'
import { DeniedNotice } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Badge } from '#src/components/ui/badge.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Pagination, type PageSize } from '#src/components/ui/pagination.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { localStamp, utcStamp } from '#src/components/ui/stamp.ts'
import { Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { LocalAndUtc } from '#src/components/ui/time.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf, type KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { useCloudMinute } from '#src/pages/keys/use-cloud-minute.ts'
import styles from './rotation.module.css'
import { versionRefusal, type KeyQuota, type VersionRefusal } from './version-rules.ts'

interface VersionsProps {
  readonly keyMetadata: KeyMetadata
  readonly facts: KeyFacts
  readonly name: string
  readonly region: string
  /** Undefined: the key stands in no instance, or the quota is not known. */
  readonly quota: KeyQuota | undefined
}

export function Versions(props: VersionsProps): ReactNode {
  const { keyMetadata: key, region } = props
  const api = useApi()
  const t = useText('rotation.versions')
  const [{ page, size }, setPlace] = useState<{ page: number; size: PageSize }>({ page: 1, size: 10 })
  const versions = useQuery({
    ...q(api, region, 'ListKeyVersions', { KeyId: key.KeyId, PageNumber: page, PageSize: size }),
    placeholderData: keepPreviousData,
  })
  const total = versions.data?.TotalCount
  return (
    <section className={styles.versions} aria-label={t('title')}>
      <div className={styles.head}>
        <h3>{t('title')}</h3>
        <CreateVersion {...props} count={total} />
      </div>
      {versions.isError ? (
        isDenied(versions.error) ? (
          <DeniedNotice error={versions.error}>{t('denied')}</DeniedNotice>
        ) : (
          <ErrorNotice error={versions.error} onRetry={() => void versions.refetch()} />
        )
      ) : versions.data ? (
        <Table
          label={t('title')}
          busy={versions.isPlaceholderData}
          foot={
            <Pagination
              page={page}
              size={size}
              total={total ?? 0}
              summary={t('total', { total: total ?? 0, max: limits.versionsPerKey })}
              onPage={(next) => setPlace({ page: next, size })}
              onSize={(next) => setPlace({ page: 1, size: next })}
            />
          }
        >
          <TableHead
            columns={[
              { id: 'id', label: t('id') },
              { id: 'created', label: t('created') },
            ]}
          />
          <tbody>
            {versions.data.KeyVersions.KeyVersion.map((version) => (
              <Version key={version.KeyVersionId} version={version} primary={key.PrimaryKeyVersion} />
            ))}
          </tbody>
        </Table>
      ) : (
        <Skeleton width="full" />
      )}
    </section>
  )
}

function Version(props: { version: KeyVersion; primary: string | undefined }): ReactNode {
  const { KeyVersionId: id, CreationDate } = props.version
  const t = useText('rotation.versions')
  return (
    <TableRow>
      <TableCell header>
        <span className={styles.version}>
          <Identifier text={id} thing={t('id')} />
          {id === props.primary ? <Badge tone="accent">{t('primary')}</Badge> : null}
        </span>
      </TableCell>
      <TableCell noWrap>
        <LocalAndUtc value={CreationDate} />
      </TableCell>
    </TableRow>
  )
}

/** Rules and price are told before the API refuses; what changes is said before it does. */
function CreateVersion(props: VersionsProps & { count: number | undefined }): ReactNode {
  const { keyMetadata: key, facts, name, region, quota, count } = props
  const t = useText('rotation.versions')
  const blockerText = useBlockerText()
  const refusalText = useRefusalText()
  const confirm = useConfirm()
  const now = useCloudMinute()
  const create = useWrite('CreateKeyVersion', region)
  const blocker = blockerOf('CreateKeyVersion', facts)
  const refusal = versionRefusal({ now, lastAt: key.LastRotationDate, count, quota })
  const reason = blocker ? blockerText(blocker) : refusal ? refusalText(refusal) : undefined

  function ask(): void {
    confirm({
      title: t('confirm.title', { name }),
      body: (
        <div className={styles.consequences}>
          <p>{t('confirm.encrypts')}</p>
          <p>{t('confirm.decrypts')}</p>
          {quota ? <p>{t('confirm.quota', { used: quota.used, total: quota.total })}</p> : null}
          <p>{t('confirm.gap')}</p>
        </div>
      ),
      confirmLabel: t('create'),
      run: async () => {
        await create.mutateAsync({ KeyId: key.KeyId })
        showToast({ tone: 'ok', title: t('done', { name }) })
      },
    })
  }

  return (
    <Button disabledReason={reason} onClick={ask}>
      {t('create')}
    </Button>
  )
}

function useRefusalText(): (refusal: VersionRefusal) => string {
  const t = useText('rotation.versions.refusal')
  return (refusal) =>
    refusal.by === 'gap'
      ? t('gap', { local: localStamp(new Date(refusal.until)), utc: utcStamp(new Date(refusal.until)) })
      : t(refusal.by, { max: limits.versionsPerKey })
}
