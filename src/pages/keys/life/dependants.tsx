import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { isDenied } from '#src/api/api-error.ts'
import type { KeyAssociations } from '#src/api/contract/extensions.ts'
import { DeniedNotice } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { KeyStateMark } from '#src/components/ui/key-state-mark.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { Ago, Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useCloudMinute } from '#src/pages/keys/use-cloud-minute.ts'
import { findingsOf, whyUnknown, type Finding } from './associations.ts'
import styles from './life.module.css'
import type { Associations } from './use-associations.ts'

/** So many of a list are shown at once. */
const shown = 4

interface Skip {
  readonly isSkipped: boolean
  readonly onSkip: () => void
}

/** Everything that is known to depend on a key: found by the detection, and what KMS knows anyway. */
export function Dependants(props: {
  associations: Associations
  region: string
  /** From the published API, for a backend that knows no more. */
  aliasNames: readonly string[]
  /** In a dialog: other keys open in a tab of their own, and the detection can be skipped. */
  skip?: Skip
}): ReactNode {
  const { associations, region, aliasNames, skip } = props
  const t = useText('life.associations')
  const { known, error } = associations
  if (error) {
    const reason = whyUnknown(error)
    return (
      <>
        {reason === 'failed' ? (
          <ErrorNotice error={error} title={t('unknown.failed')} onRetry={associations.retry} />
        ) : skip === undefined && isDenied(error) ? (
          <DeniedNotice error={error}>{t('unknown.denied')}</DeniedNotice>
        ) : (
          <Notice tone="warn">{t(`unknown.${reason}`)}</Notice>
        )}
        <Facts dense>
          <AliasesFact names={aliasNames} />
        </Facts>
      </>
    )
  }
  if (!known) return <DetectionLine associations={associations} detection={null} skip={skip} />
  return (
    <>
      <DetectionLine associations={associations} detection={known.Detection} skip={skip} />
      {known.Detection.Status === 'NotDetected' ? null : (
        <ul className={styles.findings}>
          {findingsOf(known).map((finding) => (
            <li key={finding.service}>
              <ServiceFinding finding={finding} />
            </li>
          ))}
        </ul>
      )}
      {associations.detectError ? (
        <ErrorNotice error={associations.detectError} title={t('detectFailed')} onRetry={associations.detect} />
      ) : null}
      <Facts dense>
        <AliasesFact names={known.Aliases.Alias} />
        <AccountsFact accounts={known.Accounts.Account} />
        <UsesFact known={known} />
        <Fact term={t('calls')}>{t('callsCount', { count: known.CallsLast30Days })}</Fact>
        <SiblingsFact keys={known.SiblingKeys.Key} region={region} inNewTab={skip !== undefined} />
      </Facts>
      <p className={styles.note}>{t('note')}</p>
    </>
  )
}

/** How old the detection is, or how far. */
function DetectionLine(props: {
  associations: Associations
  detection: KeyAssociations['Detection'] | null
  skip: Skip | undefined
}): ReactNode {
  const { associations, detection, skip } = props
  const t = useText('life.associations')
  const { backend } = useApi()
  // Its minutes only draw the age anew.
  useCloudMinute()
  const isRunning = associations.isUnderWay
  const age = detection?.DetectedAt ?? null

  function words(): ReactNode {
    if (!detection) return t('asking')
    const { Status, CheckedServices, Services } = detection
    if (isRunning)
      return t('progress', { checked: Status === 'Detecting' ? CheckedServices.length : 0, total: Services.length })
    if (age === null) return t('notDetected')
    return t.rich('detected', { time: () => <Ago value={age} now={backend.now()} /> })
  }

  if (isRunning && skip?.isSkipped === true) return <Notice tone="warn">{t('skipped')}</Notice>
  return (
    <div className={styles.detection}>
      <p aria-live="polite">{words()}</p>
      {isRunning && skip ? (
        <Button onClick={skip.onSkip}>{t('skip')}</Button>
      ) : detection ? (
        <Button busy={isRunning} onClick={associations.detect}>
          {t(age === null ? 'detect' : 'again')}
        </Button>
      ) : null}
    </div>
  )
}

function ServiceFinding({ finding }: { finding: Finding }): ReactNode {
  const { service, isChecked, own, foreign } = finding
  const t = useText('life.associations')
  const count = own.length + foreign.reduce((sum, entry) => sum + entry.count, 0)
  const label = t('finding', {
    service: t(`service.${service}`),
    found: isChecked ? t('found', { count }) : t('looking'),
  })
  const lines = [
    ...own.map(({ ResourceType, ResourceId, ResourceName }) => (
      <span key={ResourceId} className={styles.entry}>
        {t(`type.${ResourceType}`)} <Identifier text={ResourceName === '' ? ResourceId : ResourceName} />
      </span>
    )),
    ...foreign.map(({ accountId, count }) => <span key={accountId}>{t('foreign', { count, accountId })}</span>),
  ]
  return (
    <>
      <StatusMark
        shape={!isChecked ? 'ring' : count > 0 ? 'triangle' : 'dot'}
        tone={count > 0 ? 'warn' : 'idle'}
        label={label}
      />
      <Lines lines={lines} />
    </>
  )
}

/** The first of a list at once, the rest on demand. */
export function Lines({ lines }: { lines: readonly ReactNode[] }): ReactNode {
  const t = useText('life.associations')
  const rest = lines.slice(shown)
  const list = (part: readonly ReactNode[]): ReactNode => (
    <ul className={styles.lines}>
      {part.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
  if (lines.length === 0) return null
  return (
    <div className={styles.listing}>
      {list(lines.slice(0, shown))}
      {rest.length === 0 ? null : <Disclosure summary={t('more', { count: rest.length })}>{list(rest)}</Disclosure>}
    </div>
  )
}

function AliasesFact({ names }: { names: readonly string[] }): ReactNode {
  const t = useText('life.associations')
  return (
    <Fact term={t('aliases')}>
      {names.length === 0 ? (
        t('none')
      ) : (
        <Lines
          lines={names.map((name) => (
            <Identifier key={name} text={name} />
          ))}
        />
      )}
    </Fact>
  )
}

function AccountsFact({ accounts }: { accounts: KeyAssociations['Accounts']['Account'] }): ReactNode {
  const t = useText('life.associations')
  return (
    <Fact term={t('accounts')}>
      <Lines
        lines={accounts.map(({ AccountId, Via }) => (
          <span key={AccountId}>{t('account', { accountId: AccountId, via: t(`via.${Via}`) })}</span>
        ))}
      />
    </Fact>
  )
}

function UsesFact({ known }: { known: KeyAssociations }): ReactNode {
  const t = useText('life.associations')
  const uses = known.Uses.Use
  return (
    <Fact term={t('uses')} wide>
      {uses.length === 0 ? (
        t('noUse')
      ) : (
        <Lines
          lines={uses.map(({ PrincipalArn, LastUsedAt, LastAction, CallsLast30Days }) => (
            <span key={PrincipalArn} className={styles.entry}>
              <Time value={LastUsedAt} />
              <Identifier text={PrincipalArn} />
              <span>{t('use', { action: LastAction, count: CallsLast30Days })}</span>
            </span>
          ))}
        />
      )}
    </Fact>
  )
}

/** Special to external keys: what becomes of the external key itself concerns these too. */
function SiblingsFact(props: {
  keys: KeyAssociations['SiblingKeys']['Key']
  region: string
  inNewTab: boolean
}): ReactNode {
  const { keys, region, inNewTab } = props
  const t = useText('life.associations')
  if (keys.length === 0) return null
  return (
    <Fact term={t('siblings')} wide>
      <Lines
        lines={keys.map(({ KeyId, KeyState, AliasNames }) => (
          <span key={KeyId} className={styles.entry}>
            <Link
              to="/keys/$keyId"
              params={{ keyId: KeyId }}
              search={{ region }}
              {...(inNewTab ? { target: '_blank', title: t('newTab') } : {})}
            >
              {AliasNames[0] ?? KeyId}
            </Link>
            <KeyStateMark state={KeyState} />
          </span>
        ))}
      />
    </Fact>
  )
}
