import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { comparePolicies } from '#src/api/contract/policy-difference.ts'
import { otherAccounts, parsePolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Checkbox } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { AccessChanges, cannotBeUndone, PolicyWarnings } from './difference-view.tsx'
import styles from './editor.module.css'
import type { PolicyDraft } from '#src/components/policy/policy-drafts.ts'
import { asOpened } from './policy-draft.ts'
import type { PolicyScope } from './policy-scope.ts'
import { QuotaMeter } from './quota-meter.tsx'
import type { PolicySaver } from './use-save-policy.ts'

/** What the change does, before it is made; it is saved from here. */
export function Review(props: {
  scope: PolicyScope
  draft: PolicyDraft
  after: KeyPolicy
  saver: PolicySaver
  /** Why it cannot be saved, apart from what is shown here. */
  blockedReason: string | undefined
  onBack: () => void
}): ReactNode {
  const { scope, draft, after, saver, blockedReason, onBack } = props
  const t = useText('policyeditor.review')
  const [accepted, setAccepted] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useMemo(() => parsePolicy(draft.base), [draft.base])
  const difference = useMemo(
    () => (isProblem(before) ? null : comparePolicies(before, after, scope)),
    [before, after, scope],
  )
  const mustAccept = difference !== null && cannotBeUndone(difference.warnings)

  useEffect(() => heading.current?.focus(), [])

  return (
    <div className={styles.stack}>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {t('title')}
      </h2>
      {saver.refusal === null ? null : <ErrorNotice error={saver.refusal} title={t('refused')} />}
      {difference ? (
        <>
          <PolicyWarnings warnings={difference.warnings} />
          <AccessChanges difference={difference} scope={scope} />
        </>
      ) : (
        <Notice tone="warn">{t('unreadable')}</Notice>
      )}
      <QuotaChange scope={scope} before={isProblem(before) ? null : before} after={after} />
      <Disclosure summary={t('before')}>
        <CodeBlock label={t('before')} text={asOpened(draft.base)} />
      </Disclosure>
      <Disclosure summary={t('after')}>
        <CodeBlock label={t('after')} text={draft.text} />
      </Disclosure>
      {mustAccept ? (
        <Checkbox label={t('accept')} checked={accepted} onChange={(event) => setAccepted(event.target.checked)} />
      ) : null}
      <div className={styles.tools}>
        <Button
          variant="primary"
          busy={saver.isSaving}
          disabledReason={blockedReason ?? (mustAccept && !accepted ? t('acceptFirst') : undefined)}
          onClick={() => void saver.save(draft)}
        >
          {t('save')}
        </Button>
        <Button onClick={onBack} disabledReason={saver.isSaving ? t('saving') : undefined}>
          {t('back')}
        </Button>
      </div>
    </div>
  )
}

/** Shown where the accounts change that the policy names. */
function QuotaChange(props: { scope: PolicyScope; before: KeyPolicy | null; after: KeyPolicy }): ReactNode {
  const { scope, before, after } = props
  const named = (policy: KeyPolicy | null): readonly string[] =>
    policy ? [...otherAccounts(policy, scope.ownAccountId)].filter((id) => !scope.members.includes(id)) : []
  const was = named(before)
  const will = named(after)
  const withdrawn = was.filter((accountId) => !will.includes(accountId))
  if (withdrawn.length === 0 && will.every((accountId) => was.includes(accountId))) return null
  return (
    <QuotaMeter
      region={scope.region}
      instanceId={scope.instanceId}
      accounts={will}
      members={scope.members}
      withdrawn={withdrawn}
    />
  )
}
