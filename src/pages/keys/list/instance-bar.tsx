/** The instance whose keys are listed. For an external one it answers an operator's first question: is my proxy connected, and how fast. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { isDenied } from '#src/api/api-error.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q } from '#src/api/queries.ts'
import { InstanceStanding, InstanceStatusMark } from '#src/components/instance-mark.tsx'
import { useCommands, type Command } from '#src/components/shortcuts/commands.ts'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import type { PickOption } from '#src/components/ui/options.ts'
import { Picker } from '#src/components/ui/picker.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './instance-bar.module.css'

export function InstanceBar(props: {
  region: string
  instances: readonly KmsInstance[]
  /** Null: none is chosen. */
  instance: KmsInstance | null
  /** What the proxy has just been measured at, ms; undefined: not asked. */
  latencyMs: number | null | undefined
  onChoose: (instanceId: string) => void
}): ReactNode {
  const { region, instances, instance, latencyMs, onChoose } = props
  const t = useText('keys.instance')
  const isExternal = instance?.InstanceType === 'External'
  return (
    <section className={styles.bar} aria-label={t('label')}>
      <div className={styles.line}>
        <div className={styles.picker}>
          <span className={styles.label} aria-hidden>
            {t('label')}
          </span>
          <InstancePicker instances={instances} instance={instance} onChoose={onChoose} />
        </div>
        {instance ? (
          <>
            <InstanceStanding instance={instance} />
            <InstanceLink instance={instance} region={region} />
          </>
        ) : null}
        {instance && instance.Status !== 'Uninitialized' ? (
          <Quotas region={region} instanceId={instance.InstanceId} />
        ) : null}
      </div>
      <div className={styles.more}>
        {isExternal ? <Proxy instance={instance} latencyMs={latencyMs} /> : null}
        <Advice />
        {isExternal ? <Limits /> : null}
      </div>
    </section>
  )
}

/** As the picker groups them: what this console is for comes first. */
const typeOrder = ['External', 'Software', 'Hardware', undefined] as const

const inTypeOrder = (instances: readonly KmsInstance[]): readonly KmsInstance[] =>
  typeOrder.flatMap((type) => instances.filter(({ InstanceType }) => InstanceType === type))

function InstancePicker(props: {
  instances: readonly KmsInstance[]
  instance: KmsInstance | null
  onChoose: (instanceId: string) => void
}): ReactNode {
  const { instances, instance, onChoose } = props
  const t = useText('keys.instance')
  const options = inTypeOrder(instances).map(({ InstanceId, InstanceName, InstanceType, Status }): PickOption => ({
    value: InstanceId,
    label: InstanceName || t('unnamed'),
    group: t(`type.${InstanceType ?? 'unknown'}`),
    detail: InstanceId,
    aside: <InstanceStatusMark status={Status} />,
  }))
  return (
    <Picker
      wide
      label={t('label')}
      searchLabel={t('choose')}
      value={instance?.InstanceId ?? null}
      options={options}
      onChange={onChoose}
    >
      {instance ? (
        <span className={styles.picked}>
          <span className={styles.name}>{instance.InstanceName || t('unnamed')}</span>
          <span className={styles.id}>{instance.InstanceId}</span>
        </span>
      ) : (
        t('choose')
      )}
    </Picker>
  )
}

/** To the instance's own page, from the palette too. */
function InstanceLink(props: { instance: KmsInstance; region: string }): ReactNode {
  const { InstanceId: instanceId, InstanceName } = props.instance
  const { region } = props
  const t = useText('keys.instance')
  const navigate = useNavigate()
  const group = InstanceName || instanceId
  useCommands(
    useMemo((): readonly Command[] => {
      const run = () => void navigate({ to: '/instances/$instanceId', params: { instanceId }, search: { region } })
      return [{ id: `instance ${instanceId}`, label: t('detailsCommand'), group, run }]
    }, [t, navigate, instanceId, region, group]),
  )
  return (
    <Link to="/instances/$instanceId" params={{ instanceId }} search={{ region }}>
      {t('details')}
    </Link>
  )
}

/** The way to the key manager outside. */
function Proxy(props: { instance: KmsInstance; latencyMs: number | null | undefined }): ReactNode {
  const { ExternalProxy: proxy, Sharing, Status } = props.instance
  const t = useText('keys.instance')
  if (Status === 'Uninitialized') return null
  const isReceived = Sharing?.State === 'SharedToThisAccount'
  if (!proxy && !isReceived) return <span className={styles.proxy}>{t('proxyUnknown')}</span>
  return (
    <div className={styles.proxy}>
      {proxy ? (
        <>
          <span>{t(`connectivity.${proxy.Connectivity}`)}</span>
          <span>{proxy.Endpoint}</span>
        </>
      ) : null}
      <Latency ms={props.latencyMs ?? proxy?.LatencyMs ?? null} />
      {Sharing ? <SharingState sharing={Sharing} /> : null}
    </div>
  )
}

function Latency({ ms }: { ms: number | null }): ReactNode {
  const { backend } = useApi()
  const t = useText('keys.instance')
  const words = ms === null ? t('notMeasured') : t(backend.lab ? 'latencySimulated' : 'latency', { ms })
  return <span title={t('latencyLabel')}>{words}</span>
}

function SharingState({ sharing }: { sharing: NonNullable<KmsInstance['Sharing']> }): ReactNode {
  const t = useText('keys.instance.sharing')
  return <span>{t(sharing.State, { count: sharing.Accounts.length, account: sharing.OwnerAccountId })}</span>
}

/** Quotas that an operator of external keys runs into. */
const shownQuotas = ['key', 'vpc'] as const

function Quotas(props: { region: string; instanceId: string }): ReactNode {
  const api = useApi()
  const t = useText('keys.instance.quota')
  const quotas = useQuery(q(api, props.region, 'GetKmsInstanceQuotaInfos', { KmsInstanceId: props.instanceId }))
  if (isDenied(quotas.error)) return <span className={styles.quotas}>{t('denied')}</span>
  return (
    <dl className={styles.quotas}>
      {shownQuotas.map((type) => {
        const quota = quotas.data?.KmsInstanceQuotaInfos.find(({ ResourceType }) => ResourceType === type)
        if (!quota) return null
        const { UsedQuantity: used, ResourceQuota: total } = quota
        return (
          <div key={type} className={used >= total ? styles.full : undefined}>
            <dt>{t(type)}</dt>
            <dd>{t('used', { used, total })}</dd>
          </div>
        )
      })}
    </dl>
  )
}

function Advice(): ReactNode {
  const t = useText('keys.instance.advice')
  return (
    <Disclosure summary={t('summary')}>
      <div className={styles.note}>
        <p>{t('prefer')}</p>
        <p>{t('duty')}</p>
      </div>
    </Disclosure>
  )
}

function Limits(): ReactNode {
  const t = useText('keys.instance.limits')
  return (
    <Disclosure summary={t('summary')}>
      <ul className={styles.note}>
        <li>{t('symmetric')}</li>
        <li>{t('metadata')}</li>
        <li>{t('versions')}</li>
      </ul>
    </Disclosure>
  )
}
