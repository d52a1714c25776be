import { useQueries, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Badge } from '#src/components/ui/badge.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { SidePanel } from '#src/components/ui/side-panel.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'
import { reportOf } from './external-key-check.ts'
import { candidatesOf, type Candidate } from './recent-keys.ts'
import type { Attempt, MadeKey } from './submission.ts'

/** So many keys on one external key are looked at; more would say nothing that these do not. */
const looked = 20

/** No answer came to CreateKey. The key may exist: the person looks at what stands on the external key, and decides. */
export function LostAnswer(props: {
  instance: KmsInstance
  region: string
  attempt: Attempt
  onTake: (key: MadeKey) => void
  onCreateAgain: () => void
  onBack: () => void
  onClose: () => void
}): ReactNode {
  const { instance, region, attempt, onTake, onCreateAgain, onBack, onClose } = props
  const t = useText('create.lost')
  const externalKeyId = attempt.input.ExternalKeyId ?? ''
  const recent = useRecentKeys(region, instance.InstanceId, externalKeyId, attempt.startedAt)
  const isThere = recent.candidates?.some(({ sinceRequest }) => sinceRequest) ?? false
  return (
    <SidePanel
      open
      title={t('title')}
      subtitle={t('subtitle', { externalKeyId })}
      onRequestClose={onClose}
      foot={
        <>
          <Button variant={recent.candidates && !isThere ? 'primary' : 'plain'} onClick={onCreateAgain}>
            {t('createAgain')}
          </Button>
          <Button onClick={onBack}>{t('back')}</Button>
          <Button onClick={onClose}>{t('close')}</Button>
        </>
      }
    >
      <div className={styles.step}>
        <Notice tone="warn" live title={t('what')}>
          {t('decide')}
        </Notice>
        {recent.error ? (
          <ErrorNotice error={recent.error} title={t('failed')} onRetry={recent.retry} />
        ) : (
          <section aria-label={t('list', { externalKeyId })} aria-busy={!recent.candidates}>
            <div className={styles.listHead}>
              <h3>{t('list', { externalKeyId })}</h3>
              <Button variant="link" onClick={recent.retry}>
                {t('refresh')}
              </Button>
            </div>
            <Candidates candidates={recent.candidates} onTake={onTake} />
          </section>
        )}
      </div>
    </SidePanel>
  )
}

function Candidates(props: {
  candidates: readonly Candidate[] | undefined
  onTake: (key: MadeKey) => void
}): ReactNode {
  const { candidates, onTake } = props
  const t = useText('create.lost')
  if (!candidates) return <Skeleton width="full" />
  if (candidates.length === 0) return <p>{t('none')}</p>
  return (
    <ul className={styles.candidates}>
      {candidates.map(({ keyId, arn, aliasNames, createdAt, sinceRequest }) => (
        <li key={keyId} className={styles.candidate}>
          <div className={styles.candidateWords}>
            <Identifier text={keyId} thing={t('keyId')} />
            {aliasNames.length === 0 ? null : <span className={styles.mono}>{aliasNames.join(' ')}</span>}
            <span className={styles.quiet}>
              {t.rich('createdAt', { time: () => <Time value={createdAt} seconds /> })}
            </span>
          </div>
          {sinceRequest ? <Badge tone="ok">{t('sinceRequest')}</Badge> : null}
          <Button
            variant={sinceRequest ? 'primary' : 'plain'}
            aria-label={t('takeThis', { keyId })}
            onClick={() => onTake({ keyId, arn })}
          >
            {t('take')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** KMS keys on the external key with their creation times. Those that the caller may not describe are left out. */
function useRecentKeys(
  region: string,
  instanceId: string,
  externalKeyId: string,
  startedAt: number,
): { candidates: readonly Candidate[] | undefined; error: Error | null; retry: () => void } {
  const api = useApi()
  const external = useQuery(
    q(api, region, 'DescribeExternalKeys', { KmsInstanceId: instanceId, ExternalKeyId: [externalKeyId] }),
  )
  const keys = reportOf(external.data)?.KmsKeys.slice(-looked) ?? []
  const described = useQueries({ queries: keys.map(({ KeyId }) => q(api, region, 'DescribeKey', { KeyId })) })
  const known = described.flatMap(({ data }, index) =>
    data ? [{ ...data.KeyMetadata, AliasNames: keys[index]?.AliasNames ?? [] }] : [],
  )
  const ready = external.isSuccess && !external.isFetching && described.every(({ isPending }) => !isPending)
  return {
    candidates: ready ? candidatesOf(known, startedAt) : undefined,
    error: external.error,
    retry: () => void external.refetch(),
  }
}
