import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { lazy, Suspense, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { aliasesOfKey, q, useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { KeyStateMark } from '#src/components/ui/key-state-mark.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useErrorCodeText, useErrorText } from '#src/i18n/use-error-text.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import { AvailabilityCard } from './details/availability-card.tsx'
import { BasicsCard } from './details/basics-card.tsx'
import styles from './details/details.module.css'
import { PolicyCard } from './details/policy-card.tsx'
import { TryItCard } from './details/try-it-card.tsx'
import { useAvailability } from './details/use-availability.ts'
import { toggleOf } from './key-row.ts'
import { AliasesCard } from './labels/aliases-card.tsx'
import { TagsCard } from './labels/tags-card.tsx'
import { useKeyFacts } from './use-offers.ts'

const ActivityCard = lazy(() => withMessages(['activity'], import('./activity/activity-card.tsx')))

/** One key: what it is, whether it works now and why not, who may use it, and a place to try it. */
export function KeyPage(): ReactNode {
  const { keyId } = useParams({ from: '/keys/$keyId' })
  const region = useRegion()
  const api = useApi()
  const t = useText('details')
  const described = useQuery(q(api, region, 'DescribeKey', { KeyId: keyId }))
  if (described.isPending)
    return (
      <div aria-busy className={styles.stack}>
        <PageHeader title={keyId} />
        <Skeleton width="full" />
        <Skeleton width="long" />
      </div>
    )
  if (described.isError) {
    if (described.error.code !== 'Forbidden.KeyNotFound')
      return (
        <>
          <PageHeader title={t('title')} />
          <ErrorNotice error={described.error} onRetry={() => void described.refetch()} />
        </>
      )
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState
          title={t('notFound.title')}
          action={
            <Link to="/keys" search={{ region }} className={buttonClass('primary')}>
              {t('notFound.back')}
            </Link>
          }
        >
          {t('notFound.body', { keyId, region })}
        </EmptyState>
      </>
    )
  }
  return <Details keyMetadata={described.data.KeyMetadata} region={region} />
}

function Details(props: { keyMetadata: KeyMetadata; region: string }): ReactNode {
  const { keyMetadata: key, region } = props
  const api = useApi()
  const t = useText('details')
  const aliases = useQuery(aliasesOfKey(api, region, key.KeyId))
  const facts = useKeyFacts(key, region)
  const known = useAvailability(key, region)
  const failureText = useText('keys.failure')
  const name = aliases.data?.[0]?.AliasName ?? key.KeyId
  const { ExternalKeyId } = key
  return (
    <div className={styles.stack}>
      <PageHeader
        title={name}
        parent={{ to: '/keys', label: t('back') }}
        aside={<Actions keyMetadata={key} name={name} region={region} />}
      >
        <KeyStateMark
          state={key.KeyState}
          {...(known.availability.verdict === 'unavailable'
            ? { unavailable: failureText(known.availability.failure) }
            : {})}
        />
      </PageHeader>
      {ExternalKeyId === undefined ? null : (
        <div className={styles.columns}>
          <AvailabilityCard known={known} region={region} />
          <Notice tone="external" title={t('loss.title')}>
            {t('loss.body', { externalKeyId: ExternalKeyId })}
          </Notice>
        </div>
      )}
      <BasicsCard keyMetadata={key} />
      <TryItCard keyMetadata={key} region={region} />
      <PolicyCard keyId={key.KeyId} region={region} hasPolicy={key.DKMSInstanceId !== undefined} />
      <div className={styles.columns}>
        <AliasesCard keyMetadata={key} region={region} facts={facts} />
        <TagsCard keyMetadata={key} region={region} facts={facts} />
      </div>
      <Suspense>
        <ActivityCard keyId={key.KeyId} region={region} />
      </Suspense>
    </div>
  )
}

function Actions(props: { keyMetadata: KeyMetadata; name: string; region: string }): ReactNode {
  const { keyMetadata: key, name, region } = props
  const api = useApi()
  const t = useText('details')
  const errorText = useErrorText()
  const codeText = useErrorCodeText()
  const confirm = useConfirm()
  const enable = useWrite('EnableKey', region)
  const disable = useWrite('DisableKey', region)
  const described = useQuery(q(api, region, 'DescribeKey', { KeyId: key.KeyId }))
  const { action, refusal } = toggleOf(key.KeyState)
  const reason = refusal === null ? {} : { disabledReason: codeText(refusal) }

  function askToDisable(): void {
    confirm({
      title: t('disableConfirm.title', { name }),
      body: t('disableConfirm.body'),
      confirmLabel: t('disable'),
      danger: true,
      run: async () => {
        await disable.mutateAsync({ KeyId: key.KeyId })
        showToast({ tone: 'ok', title: t('done.disabled', { name }) })
      },
    })
  }

  function enableNow(): void {
    enable.mutate(
      { KeyId: key.KeyId },
      {
        onSuccess: () => showToast({ tone: 'ok', title: t('done.enabled', { name }) }),
        onError: (error) => showToast({ tone: 'bad', title: errorText(error) }),
      },
    )
  }

  return (
    <>
      {action === 'DisableKey' ? (
        <Button onClick={askToDisable} {...reason}>
          {t('disable')}
        </Button>
      ) : (
        <Button onClick={enableNow} busy={enable.isPending} {...reason}>
          {t('enable')}
        </Button>
      )}
      <Button
        iconOnly
        aria-label={t('refresh')}
        busy={described.isFetching}
        icon={<RefreshCw size={16} aria-hidden />}
        onClick={() => void described.refetch()}
      />
    </>
  )
}
