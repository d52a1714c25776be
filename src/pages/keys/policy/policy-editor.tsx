import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { customPolicy, parsePolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import type { EditorMemory } from '#src/components/editor/code-editor.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Tabs } from '#src/components/ui/tabs.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import { isLock, pickedFrom, type Lock, type Picked } from './choice.ts'
import { ConflictNotice } from './conflict-notice.tsx'
import { documentProblems, type DocumentFault } from './document/document-problems.ts'
import { DocumentEditor, type JudgedText } from './document-editor.tsx'
import styles from './editor.module.css'
import { asOpened, changeStart, isChanged } from './policy-draft.ts'
import type { PolicyScope } from './policy-scope.ts'
import { policyViews, type PolicyView } from './policy-search.ts'
import { policyDraftKey } from '#src/components/policy/policy-drafts.ts'
import { usePrincipals } from '#src/components/policy/principal-lists.tsx'
import { Review } from './review.tsx'
import { usePolicyEditing } from './use-policy-editing.ts'
import { useSavePolicy } from './use-save-policy.ts'
import { VisualEditor } from './visual-editor.tsx'

const route = '/keys/$keyId/policy'

/** A key's policy as it is changed: by pickers or as a document, then what that does, then saving. */
export function PolicyEditor(props: {
  scope: PolicyScope
  keyName: string
  /** The policy that KMS holds now. */
  current: string
  /** Why this caller cannot save it, as far as that is known. */
  blockedReason: string | undefined
}): ReactNode {
  const { scope, keyName, current, blockedReason } = props
  const t = useText('policyeditor')
  const { identity } = useApi()
  const confirm = useConfirm()
  const navigate = useNavigate({ from: route })
  const { view: asked, step } = useSearch({ from: route })
  const editing = usePolicyEditing(policyDraftKey(identity.id, scope.keyId), current)
  const { draft, conflict, touched } = editing
  const principals = usePrincipals(scope.region)
  const memory = useRef<EditorMemory['current']>(null)
  const { judged, picked, after } = useReading(draft.text, scope.ownAccountId, principals.arns)
  const [preset] = useState<PolicyView>(isPicked(picked) ? 'visual' : 'document')
  const saver = useSavePolicy(scope.region, scope.keyId, () => {
    editing.discard()
    showToast({ tone: 'ok', title: t('saved', { name: keyName }) })
    void navigate({
      to: '/keys/$keyId',
      params: { keyId: scope.keyId },
      search: { region: scope.region },
      hash: 'policy',
    })
  })
  const errors = judged.problems.filter(({ severity }) => severity === 'error').length
  const wrong = isPicked(picked) ? Object.values(draft.wrong).flat().length : 0
  const view = asked ?? preset

  const notReviewable =
    conflict !== null
      ? t('reason.conflict')
      : errors > 0
        ? t('reason.errors', { count: errors })
        : wrong > 0
          ? t('reason.wrong', { count: wrong })
          : isChanged(draft)
            ? undefined
            : t('reason.unchanged')

  function show(next: { view?: PolicyView; step?: 'review' }): void {
    saver.forgetRefusal()
    void navigate({ search: { region: scope.region, view, ...next } })
  }

  function askToDiscard(): void {
    confirm({
      title: t('discard.title'),
      body: t('discard.body'),
      confirmLabel: t('discard.confirm'),
      cancelLabel: t('discard.cancel'),
      danger: true,
      run: editing.discard,
    })
  }

  if (step === 'review' && notReviewable === undefined && after)
    return <Review {...{ scope, draft, after, saver, blockedReason }} onBack={() => show({})} />
  return (
    <div className={styles.stack}>
      {editing.restored || editing.proposed ? (
        <Notice
          actions={
            <Button variant="link" onClick={editing.discard}>
              {t('startOver')}
            </Button>
          }
        >
          {t(editing.proposed ? 'proposed' : 'restored')}
        </Notice>
      ) : null}
      {conflict === null ? null : (
        <ConflictNotice
          base={draft.base}
          theirs={conflict}
          scope={scope}
          onKeepMine={() => {
            editing.change({ base: conflict })
            show({ step: 'review' })
          }}
          onTakeTheirs={editing.discard}
        />
      )}
      <Card title={t('edit')}>
        <Tabs
          label={t('views.label')}
          tabs={policyViews.map((value) => ({ value, label: t(`views.${value}`) }))}
          value={view}
          onChange={(next) => show({ view: next })}
        >
          {view === 'visual' ? (
            <VisualEditor
              scope={scope}
              picked={picked}
              wrong={draft.wrong}
              principals={principals}
              onChange={(accountIds, { choice, wrong: typed }) =>
                editing.change({ text: asOpened(JSON.stringify(customPolicy(accountIds, choice))), wrong: typed })
              }
              onShowDocument={() => show({ view: 'document' })}
            />
          ) : (
            <DocumentEditor
              text={draft.text}
              startAt={editing.proposed ? changeStart(draft) : 0}
              onChange={(text) => editing.change({ text })}
              judged={judged}
              principals={principals}
              ownAccountId={scope.ownAccountId}
              memory={memory}
            />
          )}
        </Tabs>
      </Card>
      <div className={styles.tools}>
        <Button variant="primary" disabledReason={notReviewable} onClick={() => show({ step: 'review' })}>
          {t('review.open')}
        </Button>
        <Button onClick={askToDiscard} disabledReason={touched ? undefined : t('reason.unchanged')}>
          {t('discard.label')}
        </Button>
      </div>
    </div>
  )
}

type PickedOrWhyNot = Picked | Lock | DocumentFault
const isPicked = (picked: PickedOrWhyNot): picked is Picked => !('kind' in picked) && !isLock(picked)

interface Reading {
  readonly judged: JudgedText
  readonly picked: PickedOrWhyNot
  /** Null: the document holds errors. */
  readonly after: KeyPolicy | null
}

/** Everything that is read off a document. `arns`: the own account's users and roles, where they could be listed. */
function useReading(text: string, ownAccountId: string, arns: ReadonlySet<string> | null): Reading {
  return useMemo(() => {
    const problems = documentProblems(text, arns && { accountId: ownAccountId, arns })
    const error = problems.find(({ severity }) => severity === 'error')
    const parsed = parsePolicy(text)
    if (error || isProblem(parsed)) {
      const fault = error?.fault ?? ({ kind: 'json', reason: 'empty' } as const)
      return { judged: { text, problems }, picked: fault, after: null }
    }
    return { judged: { text, problems }, picked: pickedFrom(parsed, ownAccountId), after: parsed }
  }, [text, ownAccountId, arns])
}
