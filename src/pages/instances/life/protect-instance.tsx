import { useState, type ReactNode } from 'react'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { descriptionProblem, limits } from '#src/api/contract/rules.ts'
import { useWrite } from '#src/api/queries.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextArea } from '#src/components/ui/inputs.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { ActDialog } from '#src/components/act-dialog.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** Keeps the instance from being released until the protection is off again. */
export function ProtectInstance(props: { instance: KmsInstance; region: string; onClose: () => void }): ReactNode {
  const { instance, region, onClose } = props
  const { InstanceId: KmsInstanceId, InstanceName } = instance
  const t = useText('instances.life.protect')
  const ui = useText('ui')
  const problemText = useProblemText()
  const protect = useWrite('SetDeletionProtection', region)
  const [description, setDescription] = useState('')
  const problem = descriptionProblem(description)
  const words = problem ? problemText(problem) : undefined
  const name = InstanceName || KmsInstanceId
  return (
    <ActDialog
      title={t('title', { name })}
      description={t('body')}
      actLabel={t('confirm')}
      wait={words}
      run={() =>
        protect.mutateAsync({
          KmsInstanceId,
          EnableDeletionProtection: true,
          ...(description === '' ? {} : { DeletionProtectionDescription: description }),
        })
      }
      onClose={onClose}
      onDone={() => showToast({ tone: 'ok', title: t('done', { name }) })}
    >
      <Field
        label={t('description')}
        aside={ui('characterCount', { count: description.length, max: limits.description })}
        error={words}
      >
        <TextArea dir="auto" value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
    </ActDialog>
  )
}
