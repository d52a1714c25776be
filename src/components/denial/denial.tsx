/** Denials: what of the gateway's decision the refusal tells, in words. */
import Lock from 'lucide-react/icons/lock'
import { useState, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { parseKeyArn, parsePrincipalArn } from '#src/api/contract/arn.ts'
import { firstActions, isFirstAction } from '#src/api/contract/first-actions.ts'
import type { AccessDetail } from '#src/api/contract/errors.ts'
import { ErrorFacts } from '#src/components/error-notice.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './denial.module.css'
import { ExplainLink } from './explain-link.tsx'
import { Grantors } from './grantors.tsx'
import { Row } from './row.tsx'

/** The permission that a refused call needed: as the API tells, else as the contract says of what the list calls. */
function permissionOf(error: ApiError): string {
  const declared = isFirstAction(error.action) ? firstActions[error.action].permission : null
  return error.detail.Decision?.AuthAction ?? declared ?? error.action
}

/** A key of one's own is named by its ID, another account's by its ARN alone. */
function keyIn({ Resource, AuthPrincipal }: AccessDetail): string | undefined {
  const key = parseKeyArn(Resource)
  if (!key) return undefined
  return key.accountId === parsePrincipalArn(AuthPrincipal)?.accountId ? key.keyId : Resource
}

export function DenialFacts({ decision }: { decision: AccessDetail }): ReactNode {
  const t = useText('identity.denial')
  const { AuthAction, AuthPrincipal, Resource, NoPermissionType, PolicyType, Statements, Unmet } = decision
  const kind = NoPermissionType === 'ExplicitDeny' ? 'explicit' : 'implicit'
  const denying = kind === 'explicit' ? Statements.filter(({ Effect }) => Effect === 'Deny') : []
  return (
    <dl className={styles.facts}>
      <Row term={t('permission')}>
        <code>{AuthAction}</code>
      </Row>
      <Row term={t('principal')}>
        <code>{AuthPrincipal}</code>
      </Row>
      <Row term={t('resource')}>
        <code>{Resource}</code>
      </Row>
      <Row term={t('why')}>
        <p>{t(`${kind}.${PolicyType}`)}</p>
        {denying.map(({ PolicyType: side, PolicyName, Index }) => (
          <p key={`${side} ${PolicyName} ${Index}`}>
            {t(`statement.${side}`, { policy: PolicyName, number: Index + 1 })}
          </p>
        ))}
        {Unmet.map(({ Operator, Key }) => (
          <p key={`${Operator} ${Key}`}>{t('unmetOne', { operator: Operator, key: Key })}</p>
        ))}
        <ExplainLink principal={AuthPrincipal} permission={AuthAction} keyName={keyIn(decision)} />
      </Row>
      <Grantors decision={decision} />
    </dl>
  )
}

export function DeniedPlace(props: {
  error: ApiError
  what: 'list' | 'key' | 'policy' | 'instance' | 'answer'
  /** Around it: a page has none. */
  framed?: boolean
  /** What follows from it here. */
  children?: ReactNode
}): ReactNode {
  const { error, what, framed = false } = props
  const t = useText('identity.denial')
  const words = useErrorText()(error)
  return (
    <div className={framed ? styles.frame : undefined} role="status">
      <EmptyState icon={<Lock size={28} aria-hidden />} title={t(`title.${what}`)}>
        <div className={styles.place}>
          {error.detail.Decision ? null : <p>{t('needed', { permission: permissionOf(error) })}</p>}
          <ErrorFacts error={error} words={words} />
          {props.children === undefined ? null : <p>{props.children}</p>}
        </div>
      </EmptyState>
    </div>
  )
}

/** `children`: what is not seen here; else the permission is named that it takes. */
export function DeniedNotice(props: { error: ApiError; children?: ReactNode }): ReactNode {
  const { Decision } = props.error.detail
  const t = useText('identity.denial')
  const [open, setOpen] = useState(false)
  return (
    <Notice>
      <p>{props.children ?? t('needed', { permission: permissionOf(props.error) })}</p>
      {Decision ? (
        <Disclosure summary={t('details')} open={open} onToggle={setOpen}>
          {open ? <DenialFacts decision={Decision} /> : null}
        </Disclosure>
      ) : null}
    </Notice>
  )
}
