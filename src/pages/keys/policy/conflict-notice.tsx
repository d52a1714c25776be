import { useMemo, type ReactNode } from 'react'
import { comparePolicies } from '#src/api/contract/policy-difference.ts'
import { parsePolicy } from '#src/api/contract/policy.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { AccessChanges } from './difference-view.tsx'
import styles from './editor.module.css'
import { asOpened } from './policy-draft.ts'
import type { PolicyScope } from './policy-scope.ts'

/** The policy was changed by somebody else meanwhile: what they did, and what shall become of one's own. */
export function ConflictNotice(props: {
  base: string
  theirs: string
  scope: PolicyScope
  onKeepMine: () => void
  onTakeTheirs: () => void
}): ReactNode {
  const { base, theirs, scope, onKeepMine, onTakeTheirs } = props
  const t = useText('policyeditor.conflict')
  const confirm = useConfirm()
  const difference = useMemo(() => {
    const [before, after] = [parsePolicy(base), parsePolicy(theirs)]
    return isProblem(before) || isProblem(after) ? null : comparePolicies(before, after, scope)
  }, [base, theirs, scope])

  function askToTakeTheirs(): void {
    confirm({
      title: t('takeTheirs.title'),
      body: t('takeTheirs.body'),
      confirmLabel: t('takeTheirs.confirm'),
      danger: true,
      run: onTakeTheirs,
    })
  }

  return (
    <Card title={t('title')}>
      <div className={styles.stack}>
        <Notice tone="warn" live>
          {t('body')}
        </Notice>
        <h3>{t('theirChange')}</h3>
        {difference ? <AccessChanges difference={difference} scope={scope} /> : <p>{t('unreadable')}</p>}
        <Disclosure summary={t('theirDocument')}>
          <CodeBlock label={t('theirDocument')} text={asOpened(theirs)} />
        </Disclosure>
        <div className={styles.tools}>
          <Button onClick={onKeepMine}>{t('keepMine')}</Button>
          <Button onClick={askToTakeTheirs}>{t('takeTheirs.label')}</Button>
        </div>
      </div>
    </Card>
  )
}
