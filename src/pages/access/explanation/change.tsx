import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { parseKeyArn } from '#src/api/contract/arn.ts'
import type { AccessEdit, AccessExplanation } from '#src/api/contract/explanations.ts'
import { crossAccountRamPolicy } from '#src/api/contract/policy.ts'
import { useRegion } from '#src/components/layout/use-region.ts'
import { hasTypedDraft, policyDraftKey, proposePolicy } from '#src/components/policy/policy-drafts.ts'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { usePrincipalText } from '#src/components/policy/use-principal-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { isAcross } from './explained.ts'
import styles from './explanation.module.css'

/** The smallest change that turns the answer, edit by edit with what has to be written; or why none does. */
export function ChangeSection({ explanation }: { explanation: AccessExplanation }): ReactNode {
  const { Verdict, Obstacle, Change, NoChange } = explanation
  const t = useText('access.change')
  const aim = Verdict !== 'Allow' ? 'toAllow' : Obstacle === null ? 'toDeny' : 'toMakeWork'
  if (!Change && NoChange === null) return null
  return (
    <section className={styles.part}>
      <h3>{t(Change ? aim : 'none')}</h3>
      {Change ? <Edits explanation={explanation} change={Change} /> : <p>{NoChange && t(`noChange.${NoChange}`)}</p>}
      <OtherLeg explanation={explanation} />
    </section>
  )
}

function Edits(props: { explanation: AccessExplanation; change: NonNullable<AccessExplanation['Change']> }): ReactNode {
  const { explanation, change } = props
  const t = useText('access.change')
  const { identity } = useApi()
  const region = useRegion()
  const keyId = parseKeyArn(explanation.Resource)?.keyId
  const ofState = change.Edits.some(({ Kind }) => Kind === 'EnableKey' || Kind === 'CancelKeyDeletion')
  const base = explanation.Documents.Document.find(({ Side }) => Side === 'KeyPolicy')?.Text
  return (
    <>
      {change.Edits.length > 1 ? <p>{t('all')}</p> : null}
      <ol className={styles.edits}>
        {change.Edits.map((edit, index) => (
          <li key={index}>
            <Edit edit={edit} explanation={explanation} />
          </li>
        ))}
      </ol>
      {change.KeyPolicy !== '' &&
      base !== undefined &&
      keyId !== undefined &&
      explanation.OwnerAccountId === identity.accountId ? (
        <ToEditor keyId={keyId} base={base} proposed={change.KeyPolicy} />
      ) : null}
      {ofState && keyId !== undefined ? (
        <div>
          <Link to="/keys/$keyId" params={{ keyId }} search={{ region }} className={buttonClass()}>
            {t('openKey')}
          </Link>
        </div>
      ) : null}
    </>
  )
}

function Edit(props: { edit: AccessEdit; explanation: AccessExplanation }): ReactNode {
  const { Kind, AccountId, PolicyName, Index, Document } = props.edit
  const t = useText('access.change')
  const own = useApi().identity.accountId
  const who = usePrincipalText()({ arn: props.explanation.Principal.PrincipalArn })
  const isRam = Kind === 'AddRamPolicy'
  return (
    <div className={styles.edit}>
      <p>
        {t(`edit.${Kind}`, { number: Index + 1, who, policy: PolicyName })}
        {AccountId === own ? null : ` ${t('by', { accountId: AccountId })}`}
      </p>
      {Document === '' ? null : <CodeBlock label={t(isRam ? 'ramDocument' : 'statement')} text={Document} />}
    </div>
  )
}

/** Hands the proposed policy to the page that edits it, where it stands as an unsaved change. */
function ToEditor(props: { keyId: string; base: string; proposed: string }): ReactNode {
  const { keyId, base, proposed } = props
  const t = useText('access.change')
  const { identity } = useApi()
  const region = useRegion()
  const navigate = useNavigate()
  const confirm = useConfirm()
  const draftKey = policyDraftKey(identity.id, keyId)

  function open(): void {
    proposePolicy(draftKey, base, proposed)
    void navigate({ to: '/keys/$keyId/policy', params: { keyId }, search: { region, view: 'document' } })
  }

  function ask(): void {
    if (!hasTypedDraft(draftKey)) {
      open()
      return
    }
    confirm({
      title: t('replace.title'),
      body: t('replace.body'),
      confirmLabel: t('replace.confirm'),
      cancelLabel: t('replace.cancel'),
      run: open,
    })
  }

  return (
    <div className={styles.toEditor}>
      <Button onClick={ask}>{t('openEditor')}</Button>
      <span className={styles.quiet}>{t('notSaved')}</span>
    </div>
  )
}

/** What the other account attaches for everything that a cross-account user does, rather than for this one permission. */
function OtherLeg({ explanation }: { explanation: AccessExplanation }): ReactNode {
  const t = useText('access.change')
  const { Missing, Resource } = explanation
  if (!isAcross(explanation) || !Missing.includes('RamPolicy') || !parseKeyArn(Resource)) return null
  return (
    <Disclosure summary={t('wholeRole')}>
      <CodeBlock label={t('wholeRole')} text={crossAccountRamPolicy(Resource)} />
    </Disclosure>
  )
}
