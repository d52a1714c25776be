import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { q } from '#src/api/queries.ts'
import { PlaceFailure } from '#src/components/place-failure.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { buttonClass } from '#src/components/ui/button.tsx'
import { RefreshButton } from '#src/components/ui/refresh-button.tsx'
import { KeyStateMark } from '#src/components/ui/key-state-mark.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import { Countdown } from './countdown.tsx'
import { AvailabilityCard } from './details/availability-card.tsx'
import { BasicsCard } from './details/basics-card.tsx'
import styles from './details/details.module.css'
import { DeniedHere } from './details/denied-here.tsx'
import { PolicyCard } from './details/policy-card.tsx'
import { CardAnchor, useCardInAddress } from './details/card-anchor.tsx'
import { PageContents } from './details/page-contents.tsx'
import { useAvailability } from './details/use-availability.ts'
import { useKeyAddress } from './details/use-key-address.ts'
import { hoursUntil } from './key-row.ts'
import { AliasesCard } from './labels/aliases-card.tsx'
import { LabelPanels } from './labels/label-panels.tsx'
import { TagsCard } from './labels/tags-card.tsx'
import { AssociationsCard } from './life/associations-card.tsx'
import { cardNames } from './life/cards.ts'
import { KeyActions } from './life/key-actions.tsx'
import { PendingDeletionBanner } from './life/pending-deletion-banner.tsx'
import { useKeyLife, type KeyLife } from './life/use-key-life.tsx'
import { useLiveKey } from './life/use-live-key.ts'
import { useCloudMinute } from './use-cloud-minute.ts'
import { blockerOf } from './offers.ts'
import { TryItCard } from './try-it/try-it-card.tsx'
import { useBlockerText, useKeyFacts } from './use-offers.ts'

const KeyCommands = lazy(() => withMessages(['life'], import('./life/key-commands.tsx')))
const RotationCard = lazy(() => withMessages(['rotation'], import('./rotation/rotation-card.tsx')))
const ActivityCard = lazy(() => withMessages(['activity'], import('./activity/activity-card.tsx')))

/** One key: what it is, whether it works now and why not, who may use it, and a place to try it. */
export function KeyPage(): ReactNode {
  const { keyId } = useParams({ from: '/keys/$keyId' })
  return <PageOf key={keyId} keyId={keyId} />
}

/** Its dialogs stand beside the page's content, so that they can tell that the key has gone. */
function PageOf({ keyId }: { keyId: string }): ReactNode {
  const life = useKeyLife(useRegion())
  return (
    <LabelPanels region={useRegion()}>
      <Described keyId={keyId} life={life} />
      {life.dialog}
    </LabelPanels>
  )
}

function Described({ keyId, life }: { keyId: string; life: KeyLife }): ReactNode {
  const region = useRegion()
  const api = useApi()
  const t = useText('details')
  const described = useQuery(q(api, region, 'DescribeKey', { KeyId: keyId }))
  const isMoving = useKeyAddress(keyId, described.data?.KeyMetadata, region)
  if (described.isPending || isMoving)
    return (
      <div aria-busy className={styles.stack}>
        <PageHeader title={keyId} />
        <Skeleton width="full" />
        <Skeleton width="long" />
      </div>
    )
  if (described.isError)
    return (
      <>
        <PageHeader title={t('title')} />
        <PlaceFailure
          error={described.error}
          what="key"
          region={region}
          notFound={{
            title: t('notFound.title'),
            body: t('notFound.body', { keyId, region }),
            back: t('notFound.back'),
          }}
          onRetry={() => void described.refetch()}
        />
      </>
    )
  return <Details keyMetadata={described.data.KeyMetadata} region={region} life={life} />
}

function Details(props: { keyMetadata: KeyMetadata; region: string; life: KeyLife }): ReactNode {
  const { keyMetadata: key, region, life } = props
  const t = useText('details')
  const { aliasNames } = useLiveKey(region, key.KeyId)
  const facts = useKeyFacts(key, region)
  const blockerText = useBlockerText()
  const known = useAvailability(key, region)
  const failureText = useText('keys.failure')
  const name = aliasNames[0] ?? key.KeyId
  const subject = { keyId: key.KeyId, name }
  const hoursLeft = hoursUntil(key.DeleteDate, useCloudMinute())
  const { ExternalKeyId } = key
  useCardInAddress()
  return (
    <div className={styles.stack}>
      <PageHeader
        title={name}
        parent={{ to: '/keys', label: t('back') }}
        aside={
          <>
            <Link to="/keys/$keyId/access" params={{ keyId: key.KeyId }} search={{ region }} className={buttonClass()}>
              {t('access')}
            </Link>
            <KeyActions {...{ subject, facts, region }} isBusy={life.busyKeyId === key.KeyId} onAct={life.act} />
            <RefreshKey keyId={key.KeyId} region={region} />
          </>
        }
      >
        <KeyStateMark
          state={key.KeyState}
          unavailable={
            key.KeyState !== 'PendingDeletion' && known.availability.verdict === 'unavailable'
              ? failureText(known.availability.failure)
              : undefined
          }
          detail={hoursLeft === null ? undefined : <Countdown hours={hoursLeft} />}
        />
      </PageHeader>
      <PageContents
        keyId={key.KeyId}
        region={region}
        cards={cardNames.filter((card) => card !== 'rotation' || ExternalKeyId === undefined)}
      />
      <DeniedHere keyId={key.KeyId} facts={facts} />
      <PendingDeletionBanner {...{ keyMetadata: key, subject, facts, region }} onAct={life.act} />
      {facts.kind === 'service' ? <Notice>{blockerText({ by: 'kind', kind: 'service' })}</Notice> : null}
      {ExternalKeyId === undefined ? null : (
        <div className={styles.columns}>
          <AvailabilityCard known={known} region={region} />
          <Notice tone="external" title={t('loss.title')}>
            {t('loss.body', { externalKeyId: ExternalKeyId })}
          </Notice>
        </div>
      )}
      <CardAnchor name="basics">
        <BasicsCard keyMetadata={key} region={region} facts={facts} />
      </CardAnchor>
      {ExternalKeyId === undefined ? (
        <CardAnchor name="rotation">
          <Suspense>
            <RotationCard keyMetadata={key} facts={facts} name={name} region={region} />
          </Suspense>
        </CardAnchor>
      ) : null}
      <CardAnchor name="try">
        <TryItCard keyMetadata={key} region={region} facts={facts} />
      </CardAnchor>
      <CardAnchor name="associations">
        <AssociationsCard keyId={key.KeyId} region={region} aliasNames={aliasNames} />
      </CardAnchor>
      <CardAnchor name="policy">
        <PolicyCard
          keyId={key.KeyId}
          region={region}
          hasPolicy={key.DKMSInstanceId !== undefined}
          blocker={blockerOf('SetKeyPolicy', facts)}
        />
      </CardAnchor>
      <div className={styles.columns}>
        <CardAnchor name="aliases">
          <AliasesCard keyMetadata={key} region={region} facts={facts} />
        </CardAnchor>
        <CardAnchor name="tags">
          <TagsCard keyMetadata={key} region={region} facts={facts} />
        </CardAnchor>
      </div>
      <CardAnchor name="activity">
        <Suspense>
          <ActivityCard keyId={key.KeyId} region={region} />
        </Suspense>
      </CardAnchor>
      <Suspense>
        <KeyCommands {...{ subject, facts, region }} onAct={life.act} />
      </Suspense>
    </div>
  )
}

function RefreshKey(props: { keyId: string; region: string }): ReactNode {
  const api = useApi()
  const t = useText('details')
  const described = useQuery(q(api, props.region, 'DescribeKey', { KeyId: props.keyId }))
  return <RefreshButton label={t('refresh')} busy={described.isFetching} onRefresh={() => void described.refetch()} />
}
