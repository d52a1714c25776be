import Ban from 'lucide-react/icons/ban'
import CircleMinus from 'lucide-react/icons/circle-minus'
import CirclePlus from 'lucide-react/icons/circle-plus'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import CircleSlash from 'lucide-react/icons/circle-slash'
import type { ReactNode } from 'react'
import type { Principal } from '#src/api/contract/access.ts'
import {
  changeKinds,
  type ChangeKind,
  type PolicyDifference,
  type PolicyWarning,
  type PrincipalChange,
} from '#src/api/contract/policy-difference.ts'
import { Badge } from '#src/components/ui/badge.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Notice, type NoticeTone } from '#src/components/ui/notice.tsx'
import { Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './editor.module.css'
import type { PolicyScope } from './policy-scope.ts'
import { usePrincipalText } from '#src/components/policy/use-principal-text.ts'

const looks = {
  gained: { Icon: CirclePlus, className: styles.ok },
  lost: { Icon: CircleMinus, className: styles.warn },
  denied: { Icon: Ban, className: styles.bad },
  released: { Icon: CircleSlash, className: styles.quietIcon },
  conditional: { Icon: CircleHelp, className: styles.warn },
} as const satisfies Record<ChangeKind, unknown>

/** Who may do what, compared: per principal what is gained and lost. */
export function AccessChanges(props: { difference: PolicyDifference; scope: PolicyScope }): ReactNode {
  const { difference, scope } = props
  const t = useText('policyeditor.changes')
  const principalText = usePrincipalText()
  if (difference.changes.length === 0) return <p>{t('none')}</p>
  return (
    <>
      <Table label={t('label')}>
        <TableHead
          columns={[
            { id: 'principal', label: t('principal') },
            { id: 'change', label: t('change') },
          ]}
        />
        <tbody>
          {difference.changes.map((change) => {
            const { principal } = change
            return (
              <TableRow key={principal.arn}>
                <TableCell header>
                  <div className={styles.who}>
                    <span title={principal.arn}>{principalText(principal)}</span>
                    {principal.arn === scope.caller.arn ? <Badge tone="accent">{t('you')}</Badge> : null}
                    {principal.accountId === scope.ownAccountId ? null : <Badge>{t('otherAccount')}</Badge>}
                  </div>
                </TableCell>
                <TableCell>
                  <Changed change={change} />
                </TableCell>
              </TableRow>
            )
          })}
        </tbody>
      </Table>
      <p className={styles.quiet}>{t('ram')}</p>
    </>
  )
}

function Changed({ change }: { change: PrincipalChange }): ReactNode {
  const t = useText('policyeditor.changes')
  return changeKinds.map((kind) => {
    const permissions = change[kind]
    const { Icon, className } = looks[kind]
    if (permissions.length === 0) return null
    return (
      <Disclosure
        key={kind}
        summary={
          <span className={styles.changed}>
            <span className={className}>
              <Icon size={14} aria-hidden />
            </span>
            {t(kind, { count: permissions.length })}
          </span>
        }
      >
        <ul className={styles.permissions}>
          {permissions.map((permission) => (
            <li key={permission}>
              <code>{permission}</code>
            </li>
          ))}
        </ul>
      </Disclosure>
    )
  })
}

const tones: Readonly<Record<PolicyWarning['kind'], NoticeTone>> = {
  sealed: 'bad',
  selfLockedOut: 'bad',
  noAdministrator: 'warn',
  wholeAccount: 'warn',
  explicitDeny: 'warn',
}

/** What one would regret, the gravest first. */
export function PolicyWarnings({ warnings }: { warnings: readonly PolicyWarning[] }): ReactNode {
  const wordsOf = useWarningWords()
  return warnings.map((warning) => {
    const { title, body } = wordsOf(warning)
    return (
      <Notice key={title} tone={tones[warning.kind]} title={title}>
        {body}
      </Notice>
    )
  })
}

function useWarningWords(): (warning: PolicyWarning) => { title: string; body: string } {
  const t = useText('policyeditor.warning')
  const principalText = usePrincipalText()
  /** An account stands for its users and roles as well. */
  const namesOf = (principals: readonly Principal[]): string => {
    const accounts = new Set(principals.filter(({ kind }) => kind === 'account').map(({ accountId }) => accountId))
    const named = principals.filter(({ kind, accountId }) => kind === 'account' || !accounts.has(accountId))
    return named.map(principalText).join(t('separator'))
  }
  return (warning) => {
    switch (warning.kind) {
      case 'sealed':
        return { title: t('sealed.title'), body: t('sealed.body', { accountId: warning.accountId }) }
      case 'selfLockedOut': {
        const way = warning.certain ? 'certain' : 'unlessRam'
        const permissions = warning.permissions.join(t('separator'))
        return { title: t(`selfLockedOut.${way}.title`), body: t(`selfLockedOut.${way}.body`, { permissions }) }
      }
      case 'noAdministrator':
        return { title: t('noAdministrator.title'), body: t('noAdministrator.body', { names: namesOf(warning.last) }) }
      case 'wholeAccount': {
        const { accountId, own, permissions } = warning
        const whose = own ? 'own' : 'other'
        return {
          title: t(`wholeAccount.${whose}.title`, { accountId }),
          body: t(`wholeAccount.${whose}.body`, { accountId, count: permissions.length }),
        }
      }
      case 'explicitDeny':
        return { title: t('explicitDeny.title'), body: t('explicitDeny.body', { names: namesOf(warning.principals) }) }
    }
  }
}

/** What the one who saves could not undo. */
export const cannotBeUndone = (warnings: readonly PolicyWarning[]): boolean =>
  warnings.some((warning) => warning.kind === 'sealed' || (warning.kind === 'selfLockedOut' && warning.certain))
