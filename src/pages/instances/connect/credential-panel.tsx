import { useState, type ReactNode } from 'react'
import { useController } from 'react-hook-form'
import { isApiError } from '#src/api/api-error.ts'
import { proxyAccessKeyIdProblem, proxyAccessKeySecretProblem } from '#src/api/contract/connection-rules.ts'
import { credentialOverlapHours } from '#src/api/contract/connections.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { useWrite } from '#src/api/queries.ts'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { Connection } from './connect-form.ts'

interface Values {
  accessKeyId: string
  hours: string
}

const areHours = (text: string): boolean =>
  /^[0-9]{1,3}$/.test(text) && Number(text) <= credentialOverlapHours.max && Number(text) >= credentialOverlapHours.min

/** Has KMS sign with another credential, and keeps the one before for a while. The proxy is asked before anything changes. */
export function CredentialPanel(props: {
  instance: KmsInstance
  region: string
  connection: Connection
  onClose: () => void
}): ReactNode {
  const { instance, region, connection, onClose } = props
  const { InstanceId: KmsInstanceId, InstanceName } = instance
  const t = useText('instances.credential')
  const words = useText('instances.connect')
  const errorText = useErrorText()
  const preset = { accessKeyId: '', hours: String(credentialOverlapHours.preset) }
  const draft = useDraftForm<Values>(`credential/${region}/${KmsInstanceId}`, preset)
  const { control } = draft.form
  const [secret, setSecret] = useState('')
  const [secretError, setSecretError] = useState<string | undefined>(undefined)
  const [failure, setFailure] = useState<unknown>(null)
  const change = useWrite('ChangeProxyCredential', region)
  const idField = useController({
    control,
    name: 'accessKeyId',
    rules: {
      validate: (text) => {
        const problem = proxyAccessKeyIdProblem(text.trim())
        return problem ? words(`problem.${problem}`) : true
      },
    },
  })
  const hours = useController({
    control,
    name: 'hours',
    rules: { validate: (text) => areHours(text) || t('hoursWrong', credentialOverlapHours) },
  })

  async function submit(values: Values): Promise<void> {
    setFailure(null)
    const problem = proxyAccessKeySecretProblem(secret.trim())
    setSecretError(problem ? words(`problem.${problem}`) : undefined)
    if (problem) return
    try {
      await change.mutateAsync({
        KmsInstanceId,
        AccessKeyId: values.accessKeyId.trim(),
        AccessKeySecret: secret.trim(),
        PreviousValidHours: Number(values.hours),
      })
      draft.discard()
      setSecret('')
      showToast({ tone: 'ok', title: t('done') })
      onClose()
    } catch (error) {
      if (isApiError(error) && error.detail.Cause === 'proxyRefusedCredential')
        draft.form.setError('accessKeyId', { message: errorText(error) }, { shouldFocus: true })
      else setFailure(error)
    }
  }

  return (
    <SidePanelForm
      draft={draft}
      title={t('title')}
      subtitle={InstanceName || KmsInstanceId}
      submitLabel={t('submit')}
      submitError={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Notice>{t('lead', { id: connection.AccessKeyId })}</Notice>
      <Field label={words('accessKeyId')} required error={idField.fieldState.error?.message}>
        <TextInput mono {...idField.field} />
      </Field>
      <Field label={words('secret')} hint={words('secretHint')} required error={secretError}>
        <TextInput
          type="password"
          mono
          value={secret}
          onChange={(event) => {
            setSecret(event.target.value)
            setSecretError(undefined)
          }}
        />
      </Field>
      <Field label={t('hours')} hint={t('hoursHint')} required error={hours.fieldState.error?.message}>
        <TextInput inputMode="numeric" maxLength={3} {...hours.field} />
      </Field>
    </SidePanelForm>
  )
}
