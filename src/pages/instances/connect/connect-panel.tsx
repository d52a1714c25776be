import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { isApiError } from '#src/api/api-error.ts'
import { proxyAccessKeySecretProblem } from '#src/api/contract/connection-rules.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q, useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { SidePanel } from '#src/components/ui/side-panel.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { AttemptSteps, failedStep, type Attempt } from './attempt-steps.tsx'
import {
  connectInput,
  fieldOfCause,
  fieldOfParameter,
  presetForm,
  type Choices,
  type Connection,
  type ConnectForm,
} from './connect-form.ts'
import { ConnectScope } from './connect-scope.ts'
import styles from './connect.module.css'
import { NetworkFields } from './network-fields.tsx'
import { ProxyFields } from './proxy-fields.tsx'
import { useConnection } from './use-connection.ts'

interface PanelProps {
  readonly instance: KmsInstance
  readonly region: string
  readonly onClose: () => void
}

/**
 * Connects an external instance to its proxy, or enables a software one (KMS user guide, Purchase and enable a KMS instance). Closed by
 * accident it keeps its input, but for the secret.
 */
export function ConnectPanel(props: PanelProps): ReactNode {
  const { instance, region, onClose } = props
  const api = useApi()
  const t = useText('instances.connect')
  const isExternal = instance.InstanceType === 'External'
  const choices = useQuery(q(api, region, 'DescribeConnectionChoices', {}))
  const connection = useConnection(region, instance.InstanceId, isExternal)
  if (choices.data && (connection.data || !isExternal))
    return (
      <FilledPanel
        {...props}
        choices={choices.data}
        before={connection.data?.Connection ?? null}
        attempt={connection.data?.Attempt ?? null}
      />
    )
  const error = choices.error ?? connection.error
  return (
    <SidePanel open title={t(isExternal ? 'title' : 'enableTitle')} onRequestClose={onClose}>
      {error ? (
        <ErrorNotice
          error={error}
          onRetry={() => {
            void choices.refetch()
            void connection.refetch()
          }}
        />
      ) : (
        <div aria-busy className={styles.stack}>
          <Skeleton width="full" />
          <Skeleton width="long" />
          <Skeleton width="full" />
        </div>
      )}
    </SidePanel>
  )
}

function FilledPanel(
  props: PanelProps & { choices: Choices; before: Connection | null; attempt: Attempt | null },
): ReactNode {
  const { instance, region, onClose, choices, before, attempt } = props
  const { InstanceId: instanceId, InstanceName, InstanceType } = instance
  const isExternal = InstanceType === 'External'
  const { identity } = useApi()
  const t = useText('instances.connect')
  const errorText = useErrorText()
  const draft = useDraftForm<ConnectForm>(
    `connect/${identity.id}/${region}/${instanceId}`,
    presetForm(instance, choices, before),
  )
  const { setError, setFocus } = draft.form
  const [secret, setSecret] = useState('')
  const [secretError, setSecretError] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  /** Whether an attempt was begun here. */
  const [begun, setBegun] = useState(false)
  const connect = useWrite('ConnectExternalInstance', region)
  const enable = useWrite('ConnectKmsInstance', region)
  const running = begun && attempt?.Outcome !== 'Failed'
  const failed = begun && attempt?.Outcome === 'Failed' ? attempt : null
  const name = InstanceName || instanceId

  async function submit(values: ConnectForm): Promise<void> {
    setFailure(null)
    const problem = isExternal ? proxyAccessKeySecretProblem(secret.trim()) : null
    setSecretError(problem && t(`problem.${problem}`))
    if (problem) return
    try {
      if (isExternal) {
        await connect.mutateAsync(connectInput(values, secret, instanceId))
        setBegun(true)
        return
      }
      await enable.mutateAsync({
        KmsInstanceId: instanceId,
        VpcId: values.vpcId,
        ZoneIds: values.zoneIds.join(','),
        VSwitchIds: values.vSwitchId,
        KMProvider: 'Aliyun',
      })
      finish()
    } catch (error) {
      const field =
        isApiError(error) && error.parameter !== null && error.parameter !== undefined
          ? fieldOfParameter[error.parameter]
          : undefined
      if (field === undefined) setFailure(error)
      else if (field === 'secret') setSecretError(errorText(error))
      else setError(field, { message: errorText(error) }, { shouldFocus: true })
    }
  }

  function finish(): void {
    draft.discard()
    setSecret('')
    showToast({ tone: 'ok', title: t(isExternal ? 'connected' : 'enabling', { name }) })
    onClose()
  }

  const cause = failed && failedStep(failed)?.Cause
  const field = cause ? fieldOfCause[cause] : null
  return begun && attempt && !failed ? (
    <Progress name={name} attempt={attempt} onConnected={finish} onClose={onClose} />
  ) : (
    <ConnectScope value={{ choices, secret, setSecret, secretError, clearSecretError: () => setSecretError(null) }}>
      <SidePanelForm
        draft={draft}
        title={t(isExternal ? 'title' : 'enableTitle')}
        subtitle={name}
        submitLabel={t(isExternal ? 'submit' : 'enable')}
        submitDisabledReason={running ? t('running') : undefined}
        submitError={failure}
        onSubmit={submit}
        onClose={onClose}
      >
        {failed ? (
          <Notice
            live
            tone="bad"
            title={t('failed')}
            actions={
              field ? (
                <Button variant="link" onClick={() => setFocus(field)}>
                  {t('goToField')}
                </Button>
              ) : undefined
            }
          >
            <AttemptSteps attempt={failed} />
          </Notice>
        ) : null}
        {isExternal && choices.Simulated ? <Notice tone="external">{t('simulated')}</Notice> : null}
        <NetworkFields named={isExternal} />
        {isExternal ? <ProxyFields /> : null}
      </SidePanelForm>
    </ConnectScope>
  )
}

/** What is shown while the attempt runs. It goes on where the panel is closed. */
function Progress(props: { name: string; attempt: Attempt; onConnected: () => void; onClose: () => void }): ReactNode {
  const { name, attempt, onConnected, onClose } = props
  const t = useText('instances.connect')
  const isDone = attempt.Outcome === 'Connected'
  useEffect(() => {
    if (isDone) onConnected()
  })
  return (
    <SidePanel
      open
      title={t('title')}
      subtitle={name}
      onRequestClose={onClose}
      foot={<Button onClick={onClose}>{t('background')}</Button>}
    >
      <div className={styles.stack}>
        <Notice live>{t('progress')}</Notice>
        <AttemptSteps attempt={attempt} />
      </div>
    </SidePanel>
  )
}
