import { useState, type ReactNode } from 'react'
import { descriptionProblem, limits } from '#src/api/contract/rules.ts'
import { useWrite } from '#src/api/queries.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextArea } from '#src/components/ui/inputs.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { LifeDialog } from './life-dialog.tsx'
import type { LifeDialogProps } from './life-dialogs.tsx'
import styles from './life.module.css'

/** Turns the protection on, or changes the description of one that is on. */
export function ProtectDialog(props: LifeDialogProps): ReactNode {
  const { asked, live, onClose } = props
  const t = useText('life.protect')
  const ui = useText('ui')
  const problemText = useProblemText()
  const protect = useWrite('SetDeletionProtection', asked.region)
  const [typed, setTyped] = useState<string | null>(null)
  const description = typed ?? live.metadata?.DeletionProtectionDescription ?? ''
  const problem = descriptionProblem(description)
  const words = problem ? problemText(problem) : undefined
  return (
    <LifeDialog
      asked={asked}
      live={live}
      title={t(asked.verb === 'reword' ? 'rewordTitle' : 'title', { key: asked.name })}
      consequence={<p>{t('body')}</p>}
      wait={words}
      run={() =>
        protect.mutateAsync({
          KeyId: asked.keyId,
          EnableDeletionProtection: true,
          DeletionProtectionDescription: description === '' ? undefined : description,
        })
      }
      onClose={onClose}
    >
      <Field
        label={t('description')}
        hint={t('hint')}
        aside={ui('characterCount', { count: description.length, max: limits.description })}
        error={words}
      >
        <TextArea dir="auto" rows={3} value={description} onChange={(event) => setTyped(event.target.value)} />
      </Field>
    </LifeDialog>
  )
}

export function UnprotectDialog(props: LifeDialogProps): ReactNode {
  const { asked, live, onClose } = props
  const t = useText('life.unprotect')
  const unprotect = useWrite('SetDeletionProtection', asked.region)
  return (
    <LifeDialog
      asked={asked}
      live={live}
      title={t('title', { key: asked.name })}
      consequence={<p>{t('body')}</p>}
      run={() => unprotect.mutateAsync({ KeyId: asked.keyId, EnableDeletionProtection: false })}
      onClose={onClose}
    >
      <ProtectionReason live={live} />
    </LifeDialog>
  )
}

/** Why the key is protected, in the words of whoever turned the protection on. They go with it. */
export function ProtectionReason({ live }: Pick<LifeDialogProps, 'live'>): ReactNode {
  const t = useText('life.unprotect')
  const reason = live.metadata?.DeletionProtectionDescription ?? ''
  if (reason === '') return null
  return (
    <div>
      <p>{t('reason')}</p>
      <blockquote dir="auto" className={styles.reason}>
        {reason}
      </blockquote>
    </div>
  )
}
