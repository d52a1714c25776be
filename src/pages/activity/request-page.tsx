/** One request: its way through the cloud, what was sent and answered, and how its signature was verified. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { ErrorDetail } from '#src/api/contract/errors.ts'
import { requestsPermission, type RequestTrace } from '#src/api/contract/requests.ts'
import { q } from '#src/api/queries.ts'
import { DenialFacts } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Card } from '#src/components/ui/card.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { Acts } from './acts.tsx'
import styles from './activity.module.css'
import { Sent } from './sent.tsx'
import { Signature } from './signature.tsx'
import { useStepName } from './use-step-name.ts'
import { Waterfall } from './waterfall.tsx'

export function RequestPage(): ReactNode {
  const { requestId } = useParams({ from: '/activity/$requestId' })
  const region = useRegion()
  const api = useApi()
  const t = useText('requests')
  const found = useQuery(q(api, region, 'DescribeRequest', { RequestId: requestId }))
  const parent = { to: '/activity', label: t('one.all') } as const
  if (found.isPending)
    return (
      <div className={styles.stack} aria-busy="true">
        <PageHeader title={t('one.facts')} parent={parent} />
        <Skeleton width="full" />
      </div>
    )
  const trace = found.data?.Request ?? null
  return (
    <div className={styles.stack}>
      <PageHeader
        title={trace?.Action ?? t(found.isError ? 'one.facts' : 'one.missing')}
        parent={parent}
        aside={trace ? <Acts trace={trace} region={region} /> : undefined}
      />
      {found.isError ? (
        <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : trace ? (
        <Request trace={trace} />
      ) : (
        <EmptyState title={t('one.missing')}>
          {t('one.missingText', { id: requestId, permission: requestsPermission })}
        </EmptyState>
      )}
    </div>
  )
}

function Request({ trace }: { trace: RequestTrace }): ReactNode {
  const t = useText('requests.one')
  const ms = useText('requests')
  return (
    <>
      <Outcome trace={trace} />
      <Card title={t('facts')}>
        <Facts dense>
          <Fact term={t('time')}>
            <Time value={trace.Time} seconds />
          </Fact>
          <Fact term={t('duration')}>{ms('ms', { ms: trace.DurationMs.toFixed(1) })}</Fact>
          <Fact term={t('status')}>{trace.Status === 0 ? '–' : trace.Status}</Fact>
          <Fact term={t('id')}>
            <Identifier text={trace.RequestId} thing={t('id')} />
          </Fact>
          <Fact term={t('principal')}>{trace.PrincipalArn === '' ? t('nobody') : trace.PrincipalArn}</Fact>
          <Fact term={t('accessKey')}>{trace.AccessKeyId === '' ? t('nobody') : trace.AccessKeyId}</Fact>
          <Fact term={t('endpoint')}>
            {trace.Method} {trace.Host}
          </Fact>
          <Fact term={t('body')}>{t('bytes', { count: trace.BodyBytes })}</Fact>
        </Facts>
      </Card>
      <Waterfall trace={trace} />
      <Signature trace={trace} />
      <Sent trace={trace} />
    </>
  )
}

/** Of a failure: in words, where, in which step, and for a denial the decision with the way to its explanation. */
function Outcome({ trace }: { trace: RequestTrace }): ReactNode {
  const t = useText('requests')
  const words = useErrorText()
  const stepName = useStepName()
  const { Result, ErrorCode, Hop, Status, Action, RequestId, Steps } = trace
  if (Result === 'NoAnswer')
    return (
      <Notice tone="warn" title={t('one.noAnswerTitle')}>
        {t('one.noAnswerText')}
      </Notice>
    )
  if (Result === 'Success' || Hop === '') return null
  const detail = trace.Detail as ErrorDetail
  const error = new ApiError({
    kind: 'refused',
    action: Action,
    message: ErrorCode,
    code: ErrorCode,
    status: Status,
    requestId: RequestId,
    detail,
  })
  const step = Steps.find(({ Failed }) => Failed)
  return (
    <Notice tone="bad" title={words(error)}>
      <p>{t('one.failed', { hop: t(`hops.${Hop}`), step: stepName('kms', step?.Name ?? '') })}</p>
      <p>
        {t('one.code')} <code>{ErrorCode}</code>
      </p>
      {detail.Parameter === undefined ? null : <code>{detail.Parameter}</code>}
      {detail.Decision === undefined ? null : <DenialFacts decision={detail.Decision} />}
    </Notice>
  )
}
