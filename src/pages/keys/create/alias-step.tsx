import { useId, useState, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { aliasPrefix, aliasSuffixProblem } from '#src/api/contract/rules.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Facts, Fact } from '#src/components/ui/facts.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { SidePanel } from '#src/components/ui/side-panel.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { AliasInput } from '#src/pages/keys/labels/alias-input.tsx'
import { pastedAlias } from '#src/pages/keys/labels/alias-text.ts'
import styles from './create.module.css'
import type { MadeKey } from './submission.ts'

/** The key was made, its alias refused: exactly that is said, and the alias can be corrected or left out. */
export function AliasStep(props: {
  madeKey: MadeKey
  aliasName: string
  /** Null while the next try is under way. */
  error: ApiError | null
  onRetry: (aliasName: string) => void
  onSkip: () => void
}): ReactNode {
  const { madeKey, aliasName, error, onRetry, onSkip } = props
  const t = useText('create.aliasStep')
  const problemText = useProblemText()
  const formId = useId()
  const [alias, setAlias] = useState(pastedAlias(aliasName))
  const [pressed, setPressed] = useState(false)
  const problem = aliasSuffixProblem(alias)
  const busy = error === null

  return (
    <SidePanel
      open
      title={t('title')}
      onRequestClose={() => {
        if (!busy) onSkip()
      }}
      foot={
        <>
          <Button variant="primary" type="submit" form={formId} busy={busy}>
            {t('retry')}
          </Button>
          <Button onClick={onSkip} disabledReason={busy ? t('busy') : undefined}>
            {t('skip')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setPressed(true)
          if (!problem && !busy) onRetry(aliasPrefix + alias)
        }}
      >
        <div className={styles.step}>
          <Notice tone="ok" live title={t('made')}>
            {t('madeDetail')}
          </Notice>
          <Facts>
            <Fact term={t('keyId')}>
              <Identifier text={madeKey.keyId} thing={t('keyId')} />
            </Fact>
            <Fact term={t('arn')} wide>
              <Identifier text={madeKey.arn} thing={t('arn')} />
            </Fact>
          </Facts>
          {error ? <ErrorNotice error={error} title={t('refused', { aliasName })} /> : null}
          <Field label={t('label')} error={pressed && problem ? problemText(problem) : null}>
            <AliasInput value={alias} onChange={setAlias} />
          </Field>
        </div>
      </form>
    </SidePanel>
  )
}
