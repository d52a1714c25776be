import type { ReactNode } from 'react'
import type { KmsInstance } from '#src/api/contract/instances.ts'
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
import type { Candidate } from './candidates.ts'
import type { KeyTarget } from './panel-parts.ts'
import { useKeysOnExternalKey, useNewDefaultKey, useNewestKeys, type RecentKeys } from './recent-keys.ts'
import type { Attempt, MadeKey } from './submission.ts'

interface LostAnswerProps {
  readonly target: KeyTarget
  readonly region: string
  readonly attempt: Attempt
  readonly onTake: (key: MadeKey) => void
  readonly onCreateAgain: () => void
  readonly onBack: () => void
  readonly onClose: () => void
}

/** No answer came to CreateKey. The key may exist: the person looks at those among which it would be, and decides. */
export function LostAnswer(props: LostAnswerProps): ReactNode {
  const { target } = props
  if (target.place === 'Default') return <LostDefaultKey {...props} />
  if (target.place === 'External') return <LostOnExternalKey {...props} instance={target.instance} />
  return <LostOnInstance {...props} instance={target.instance} />
}

function LostOnExternalKey(props: LostAnswerProps & { instance: KmsInstance }): ReactNode {
  const { region, attempt, instance } = props
  const externalKeyId = attempt.input.ExternalKeyId ?? ''
  const recent = useKeysOnExternalKey(region, instance.InstanceId, externalKeyId, attempt.startedAt)
  return <Decision {...props} recent={recent} among={externalKeyId} />
}

function LostOnInstance(props: LostAnswerProps & { instance: KmsInstance }): ReactNode {
  const { region, attempt, instance } = props
  const recent = useNewestKeys(region, instance.InstanceId, attempt.startedAt)
  return <Decision {...props} recent={recent} among={instance.InstanceName || instance.InstanceId} />
}

function LostDefaultKey(props: LostAnswerProps): ReactNode {
  const { region, attempt } = props
  return <Decision {...props} recent={useNewDefaultKey(region, attempt.startedAt)} among={region} />
}

/** `among`: what the candidates have in common with the key that was asked for. */
function Decision(props: LostAnswerProps & { recent: RecentKeys; among: string }): ReactNode {
  const { target, onTake, onCreateAgain, onBack, onClose, recent, among } = props
  const t = useText('create.lost')
  const words = target.place === 'Software' || target.place === 'Hardware' ? 'Instance' : target.place
  const isThere = recent.candidates?.some(({ sinceRequest }) => sinceRequest) ?? false
  return (
    <SidePanel
      open
      title={t('title')}
      subtitle={t(`subtitle.${words}`, { among })}
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
          {t(`decide.${words}`)}
        </Notice>
        {recent.error ? (
          <ErrorNotice error={recent.error} title={t('failed')} onRetry={recent.retry} />
        ) : (
          <section aria-label={t(`list.${words}`, { among })} aria-busy={!recent.candidates}>
            <div className={styles.listHead}>
              <h3>{t(`list.${words}`, { among })}</h3>
              <Button variant="link" onClick={recent.retry}>
                {t('refresh')}
              </Button>
            </div>
            <Candidates candidates={recent.candidates} none={t(`none.${words}`)} onTake={onTake} />
          </section>
        )}
      </div>
    </SidePanel>
  )
}

function Candidates(props: {
  candidates: readonly Candidate[] | undefined
  none: string
  onTake: (key: MadeKey) => void
}): ReactNode {
  const { candidates, none, onTake } = props
  const t = useText('create.lost')
  if (!candidates) return <Skeleton width="full" />
  if (candidates.length === 0) return <p>{none}</p>
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
