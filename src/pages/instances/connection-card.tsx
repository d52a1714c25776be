import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { CertificateFact, CredentialFact } from './connection-age.tsx'
import { AttemptSteps } from './connect/attempt-steps.tsx'
import type { Connection } from './connect/connect-form.ts'
import { useConnection } from './connect/use-connection.ts'
import styles from './instances.module.css'
import { canConnect } from './standing.ts'

const CredentialPanel = lazy(() =>
  import('./connect/credential-panel.tsx').then((module) => ({ default: module.CredentialPanel })),
)

/** The way to the proxy, and what can be done about it. */
export function ConnectionCard(props: { instance: KmsInstance; region: string; onConnect: () => void }): ReactNode {
  const { instance, region, onConnect } = props
  const { InstanceId: instanceId, Status } = instance
  const t = useText('instances.connection')
  const asked = useConnection(region, instanceId)
  const [changing, setChanging] = useState(false)
  const connection = asked.data?.Connection ?? null
  const attempt = asked.data?.Attempt ?? null
  return (
    <Card
      title={t('title')}
      external
      aside={
        asked.data ? (
          <div className={styles.acts}>
            {Status === 'Connected' && connection ? (
              <>
                <Button onClick={() => setChanging(true)}>{t('change')}</Button>
                <Disconnect instance={instance} region={region} />
              </>
            ) : null}
            {connection ? (
              <Link
                to="/instances/$instanceId/health"
                params={{ instanceId }}
                search={{ region }}
                className={buttonClass()}
              >
                {t('health')}
              </Link>
            ) : null}
            {canConnect(instance) && connection ? <Reconnect instance={instance} region={region} /> : null}
            {canConnect(instance) ? (
              <Button variant="primary" onClick={onConnect}>
                {t(connection ? 'connectAnew' : 'connect')}
              </Button>
            ) : null}
          </div>
        ) : undefined
      }
    >
      <div className={styles.stack}>
        {asked.isPending ? <Skeleton width="full" /> : null}
        {asked.isError ? <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
        {asked.data && !connection && Status === 'Uninitialized' ? <p className={styles.hint}>{t('never')}</p> : null}
        {attempt && attempt.Outcome !== 'Connected' ? (
          <Notice tone={attempt.Outcome === 'Failed' ? 'bad' : 'info'} title={t(`attempt.${attempt.Outcome}`)}>
            <AttemptSteps attempt={attempt} />
          </Notice>
        ) : null}
        {Status === 'Disconnected' && asked.data ? (
          <Notice tone={asked.data.DisconnectedByHand ? 'info' : 'bad'}>
            {t(asked.data.DisconnectedByHand ? 'byHand' : 'byCheck')}
          </Notice>
        ) : null}
        {connection ? <ConnectionFacts connection={connection} /> : null}
        {asked.data?.Simulated === true ? <p className={styles.hint}>{t('simulated')}</p> : null}
      </div>
      {changing && connection ? (
        <Suspense>
          <CredentialPanel
            instance={instance}
            region={region}
            connection={connection}
            onClose={() => setChanging(false)}
          />
        </Suspense>
      ) : null}
    </Card>
  )
}

/** An instance that asks for a network and no more. */
export function EnableCard({ onEnable }: { onEnable: () => void }): ReactNode {
  const t = useText('instances.connection')
  return (
    <Card
      title={t('enableTitle')}
      aside={
        <Button variant="primary" onClick={onEnable}>
          {t('enable')}
        </Button>
      }
    >
      <p className={styles.hint}>{t('enableBody')}</p>
    </Card>
  )
}

function ConnectionFacts({ connection }: { connection: Connection }): ReactNode {
  const t = useText('instances.connection')
  const words = useText('keys.instance.connectivity')
  const { backend } = useApi()
  const { Previous: previous } = connection
  return (
    <Facts>
      <Fact term={t('connectivity')}>{words(connection.Connectivity)}</Fact>
      {connection.EndpointService === '' ? null : (
        <Fact term={t('endpointService')}>
          <Identifier text={connection.EndpointService} thing={t('endpointService')} />
        </Fact>
      )}
      <Fact term={t('endpoint')}>
        <Identifier text={connection.Endpoint} thing={t('endpoint')} />
      </Fact>
      <Fact term={t('path')}>
        {connection.UriPathPrefix === '' ? (
          t('noPath')
        ) : (
          <Identifier text={connection.UriPathPrefix} thing={t('path')} />
        )}
      </Fact>
      <Fact term={t('dialect')}>{connection.Dialect}</Fact>
      <Fact term={t('fingerprint')}>
        <Identifier text={connection.CertificateFingerprint} thing={t('fingerprint')} />
      </Fact>
      <CertificateFact certificate={connection.Certificate} now={backend.now()} />
      <Fact term={t('accessKeyId')}>
        <Identifier text={connection.AccessKeyId} thing={t('accessKeyId')} />
      </Fact>
      <CredentialFact since={connection.CredentialSince} now={backend.now()} />
      {previous ? (
        <Fact term={t('previous')}>
          <Identifier text={previous.AccessKeyId} thing={t('previous')} />{' '}
          <span className={styles.hint}>{t.rich('until', { time: () => <Time value={previous.ValidUntil} /> })}</span>
        </Fact>
      ) : null}
    </Facts>
  )
}

function Disconnect(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const { InstanceId: KmsInstanceId, InstanceName } = instance
  const t = useText('instances.connection.disconnect')
  const confirm = useConfirm()
  const disconnect = useWrite('DisconnectExternalInstance', region)
  const name = InstanceName || KmsInstanceId
  return (
    <Button
      onClick={() =>
        confirm({
          title: t('title', { name }),
          body: <p>{t('body')}</p>,
          confirmLabel: t('confirm'),
          danger: true,
          run: async () => {
            await disconnect.mutateAsync({ KmsInstanceId })
            showToast({ tone: 'ok', title: t('done', { name }) })
          },
        })
      }
    >
      {t('action')}
    </Button>
  )
}

function Reconnect(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const t = useText('instances.connection')
  const errorText = useErrorText()
  const reconnect = useWrite('ReconnectExternalInstance', region)
  return (
    <Button
      busy={reconnect.isPending}
      onClick={() =>
        reconnect.mutate(
          { KmsInstanceId: instance.InstanceId },
          {
            onError: (error) => showToast({ tone: 'bad', title: t('reconnectFailed'), detail: errorText(error) }),
          },
        )
      }
    >
      {t('reconnect')}
    </Button>
  )
}
