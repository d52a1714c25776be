import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { q, useWrite } from '#src/api/queries.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { ActDialog } from '#src/components/act-dialog.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** Releases a pay-as-you-go instance, when its ID has been typed: what is in it is gone for good. */
export function ReleaseInstance(props: {
  instance: KmsInstance
  region: string
  onClose: () => void
  onReleased: () => void
}): ReactNode {
  const { instance, region, onClose, onReleased } = props
  const { InstanceId: KmsInstanceId, InstanceName } = instance
  const api = useApi()
  const t = useText('instances.life.release')
  const release = useWrite('ReleaseKmsInstance', region)
  const [typed, setTyped] = useState('')
  const quotas = useQuery(q(api, region, 'GetKmsInstanceQuotaInfos', { KmsInstanceId, ResourceType: 'key' }))
  const keys = quotas.data?.KmsInstanceQuotaInfos[0]?.UsedQuantity
  return (
    <ActDialog
      title={t('title', { name: InstanceName || KmsInstanceId })}
      description={t('body')}
      actLabel={t('confirm')}
      danger
      wide
      wait={typed.trim() === KmsInstanceId ? undefined : t('wait')}
      run={() => release.mutateAsync({ KmsInstanceId, ForceDeleteWithoutBackup: 'true' })}
      onClose={onClose}
      onDone={onReleased}
    >
      {keys === undefined || keys === 0 ? null : <Notice tone="bad">{t('keys', { count: keys })}</Notice>}
      <Field label={t('typeId', { id: KmsInstanceId })} required>
        <TextInput mono value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
    </ActDialog>
  )
}
