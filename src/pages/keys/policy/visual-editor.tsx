import type { ReactNode } from 'react'
import type { PolicyRole } from '#src/api/contract/policy.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { isLock, type Lock, type Picked } from './choice.ts'
import { CrossAccountPicker } from './cross-account-picker.tsx'
import type { DocumentFault } from './document/document-problems.ts'
import styles from './editor.module.css'
import { InBothRoles } from './in-both-roles.tsx'
import { withEntries, type SortedEntries } from './picked-entries.ts'
import type { PolicyScope } from './policy-scope.ts'
import { PrincipalPicker } from './principal-picker.tsx'
import { Unlisted, type Principals } from '#src/components/policy/principal-lists.tsx'
import { otherAccountsOf, refusedEntries } from './principals.ts'
import { QuotaMeter } from './quota-meter.tsx'
import { useFaultText } from './use-fault-text.ts'

/** The policy by three pickers, as when a key is created; locked where they cannot say what the document says. */
export function VisualEditor(props: {
  scope: PolicyScope
  /** A fault: the document cannot even be read. */
  picked: Picked | Lock | DocumentFault
  wrong: SortedEntries['wrong']
  onChange: (accountIds: readonly string[], entries: SortedEntries) => void
  principals: Principals
  onShowDocument: () => void
}): ReactNode {
  const { scope, picked, wrong, onChange, principals } = props
  const { ownAccountId } = scope
  const t = useText('policyeditor.visual')
  if ('kind' in picked || isLock(picked)) return <Locked why={picked} onShowDocument={props.onShowDocument} />

  const { accountIds, choice } = picked
  const entriesOf = (role: PolicyRole): readonly string[] => [...choice[role], ...wrong[role]]
  const change = (role: PolicyRole) => (entries: readonly string[]) =>
    onChange(accountIds, withEntries({ choice, wrong }, role, entries, ownAccountId))

  return (
    <div className={styles.visual}>
      <p className={styles.quiet}>{t('default', { accounts: accountIds.join(t('separator')) })}</p>
      <Unlisted lists={principals.unlisted} />
      <div className={styles.columns}>
        {(['administrator', 'user'] as const).map((role) => (
          <PrincipalPicker
            key={role}
            policyRole={role}
            principals={principals}
            ownAccountId={ownAccountId}
            value={entriesOf(role)}
            onChange={change(role)}
            strangers={wrong[role]}
          />
        ))}
      </div>
      <InBothRoles administrators={choice.administrator} users={choice.user} ownAccountId={ownAccountId} />
      <CrossAccountPicker
        ownAccountId={ownAccountId}
        value={entriesOf('crossAccountUser')}
        onChange={change('crossAccountUser')}
        shown={refusedEntries(wrong.crossAccountUser, ownAccountId)}
        grantedKey={{ arn: scope.keyArn, region: scope.region, accountId: scope.ownerAccountId }}
      />
      <QuotaMeter
        region={scope.region}
        instanceId={scope.instanceId}
        accounts={otherAccountsOf(choice.crossAccountUser, ownAccountId)}
        members={scope.members}
      />
    </div>
  )
}

function Locked(props: { why: Lock | DocumentFault; onShowDocument: () => void }): ReactNode {
  const { why } = props
  const t = useText('policyeditor.visual.locked')
  const faultText = useFaultText()
  const reasonOf = ({ reason, statement }: Lock): string => {
    const words = t(`reason.${reason}`)
    return statement === null ? words : t('statement', { number: statement + 1, reason: words })
  }
  return (
    <Notice
      tone="warn"
      title={t('title')}
      actions={
        <Button variant="link" onClick={props.onShowDocument}>
          {t('toDocument')}
        </Button>
      }
    >
      <p>{'kind' in why ? faultText(why) : reasonOf(why)}</p>
      <p>{t('kept')}</p>
    </Notice>
  )
}
