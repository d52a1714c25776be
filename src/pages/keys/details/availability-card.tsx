import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Output } from '#src/api/contract/actions.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { q } from '#src/api/queries.ts'
import { Card } from '#src/components/ui/card.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { useText } from '#src/i18n/use-text.ts'
import {
  availabilityOf,
  conditionNames,
  conditionsOf,
  type Condition,
  type ConditionName,
} from '#src/pages/keys/availability.ts'
import styles from './details.module.css'

const marks = {
  met: { shape: 'dot', tone: 'ok', label: 'holds' },
  failed: { shape: 'triangle', tone: 'warn', label: 'fails' },
  unknown: { shape: 'ring', tone: 'idle', label: 'notKnown' },
} as const satisfies Record<Condition['verdict'], unknown>

const conditionWords = {
  key: 'keyEnabled',
  proxy: 'proxyConnected',
  externalKey: 'externalKeyEnabled',
} as const satisfies Record<ConditionName, string>

type Report = Output<'DescribeExternalKeys'>

/** The three conditions of an external key, each with what is known about it; the failing one is named first in the sentence above. */
export function AvailabilityCard(props: {
  keyMetadata: KeyMetadata & { readonly ExternalKeyId: string }
  instance: KmsInstance | null
  region: string
}): ReactNode {
  const { keyMetadata: key, instance, region } = props
  const api = useApi()
  const t = useText('details.availability')
  const asked = useQuery({
    ...q(api, region, 'DescribeExternalKeys', {
      KmsInstanceId: key.DKMSInstanceId ?? '',
      ExternalKeyId: [key.ExternalKeyId],
    }),
    enabled: key.DKMSInstanceId !== undefined,
  })
  const report = asked.data
  const conditions = conditionsOf({
    keyState: key.KeyState,
    instanceStatus: instance?.Status,
    proxyStatus: report?.ProxyStatus,
    externalKey: report?.ExternalKeys.ExternalKey[0],
  })
  const { verdict } = availabilityOf(conditions)
  const failed = conditionNames.filter((name) => conditions[name].verdict === 'failed').length
  return (
    <Card title={t('title')}>
      {verdict === 'available' ? (
        <Notice tone="ok">{t('yes')}</Notice>
      ) : verdict === 'unavailable' ? (
        <Notice tone="warn">{t('no', { failed })}</Notice>
      ) : (
        <Notice tone="info">{t(asked.isPending ? 'checking' : 'unknown')}</Notice>
      )}
      <ul className={styles.conditions}>
        {conditionNames.map((name) => (
          <li key={name}>
            <ConditionMark name={name} condition={conditions[name]} latencyMs={latencyOf(report, name)} />
          </li>
        ))}
      </ul>
      <div>
        <Link to="/key-manager" search={{ region }}>
          {t('toManager')}
        </Link>
      </div>
    </Card>
  )
}

const latencyOf = (report: Report | undefined, name: ConditionName): number | null =>
  name === 'proxy' ? (report?.LatencyMs ?? null) : null

function ConditionMark(props: { name: ConditionName; condition: Condition; latencyMs: number | null }): ReactNode {
  const { name, condition, latencyMs } = props
  const t = useText('details.availability')
  const failure = useText('keys.failure')
  const { shape, tone, label } = marks[condition.verdict]
  const detail =
    condition.verdict === 'failed'
      ? failure(condition.failure)
      : condition.verdict === 'met' && latencyMs !== null
        ? t('latency', { ms: latencyMs })
        : undefined
  return <StatusMark shape={shape} tone={tone} label={`${t(conditionWords[name])}: ${t(label)}`} detail={detail} />
}
