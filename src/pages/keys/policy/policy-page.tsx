import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { q } from '#src/api/queries.ts'
import { DeniedPlace, ExplainLink } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { PlaceFailure } from '#src/components/place-failure.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { KeyStateMark } from '#src/components/ui/key-state-mark.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useLiveKey } from '#src/pages/keys/life/use-live-key.ts'
import { blockerOf } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import styles from './editor.module.css'
import { PolicyEditor } from './policy-editor.tsx'
import { usePolicyScope } from './policy-scope.ts'
import { policyQuery } from './use-save-policy.ts'

/** Changes a key's policy (KMS user guide, Configure a key policy). */
export function PolicyPage(): ReactNode {
  const { keyId } = useParams({ from: '/keys/$keyId/policy' })
  const { identity } = useApi()
  return <PageOf key={`${identity.id}/${keyId}`} keyId={keyId} />
}

/** The address may name the key by an alias, which goes with it: what was found once stays, and with it what was typed. */
function PageOf({ keyId }: { keyId: string }): ReactNode {
  const region = useRegion()
  const api = useApi()
  const t = useText('policyeditor')
  const described = useQuery(q(api, region, 'DescribeKey', { KeyId: keyId }))
  if (described.data) return <Found keyMetadata={described.data.KeyMetadata} region={region} />
  if (described.isPending) return <Waiting title={t('title')} />
  return (
    <>
      <PageHeader title={t('title')} />
      <PlaceFailure
        error={described.error}
        what="key"
        region={region}
        notFound={{ title: t('notFound.title'), body: t('notFound.body', { keyId, region }), back: t('notFound.back') }}
        onRetry={() => void described.refetch()}
      />
    </>
  )
}

function Waiting({ title }: { title: string }): ReactNode {
  return (
    <div aria-busy className={styles.stack}>
      <PageHeader title={title} />
      <Skeleton width="full" />
      <Skeleton width="long" />
    </div>
  )
}

function Found(props: { keyMetadata: KeyMetadata; region: string }): ReactNode {
  const { keyMetadata, region } = props
  const { KeyId, DKMSInstanceId } = keyMetadata
  const t = useText('policyeditor')
  const { aliasNames, metadata = keyMetadata } = useLiveKey(region, KeyId)
  const name = aliasNames[0] ?? KeyId
  return (
    <div className={styles.stack}>
      <PageHeader title={t('title')} parent={{ keyId: KeyId, label: name }}>
        <KeyStateMark state={metadata.KeyState} />
      </PageHeader>
      {DKMSInstanceId === undefined ? (
        <Notice>{t('none')}</Notice>
      ) : (
        <Policy keyMetadata={metadata} instanceId={DKMSInstanceId} name={name} region={region} />
      )}
    </div>
  )
}

function Policy(props: { keyMetadata: KeyMetadata; instanceId: string; name: string; region: string }): ReactNode {
  const { keyMetadata, instanceId, name, region } = props
  const { KeyId } = keyMetadata
  const api = useApi()
  const t = useText('policyeditor')
  const blockerText = useBlockerText()
  const { facts, gone } = useLiveKey(region, KeyId)
  const policy = useQuery(policyQuery(api, region, KeyId))
  const scope = usePolicyScope(keyMetadata, instanceId, region)
  if (policy.isPending) return <Skeleton width="full" />
  if (!policy.data)
    return isDenied(policy.error) ? (
      <DeniedPlace error={policy.error} what="policy">
        {t('denied')}
      </DeniedPlace>
    ) : (
      <ErrorNotice error={policy.error} onRetry={() => void policy.refetch()} />
    )
  const blocker = facts && blockerOf('SetKeyPolicy', facts)
  const blockedReason = gone ? t('gone.reason') : blocker ? blockerText(blocker) : undefined
  return (
    <>
      {gone ? (
        <Notice tone="bad" live title={t('gone.title')}>
          {t('gone.body')}
        </Notice>
      ) : blockedReason === undefined ? null : (
        <Notice
          tone="warn"
          title={t('cannotSave')}
          actions={
            blocker?.by === 'permission' ? (
              <ExplainLink principal={api.identity.arn} permission={blocker.permission} keyName={KeyId} />
            ) : undefined
          }
        >
          {blockedReason}
        </Notice>
      )}
      {!gone && policy.isError ? <ErrorNotice error={policy.error} title={t('notFresh')} /> : null}
      <PolicyEditor scope={scope} keyName={name} current={policy.data.Policy} blockedReason={blockedReason} />
    </>
  )
}
