import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Input } from '#src/api/contract/actions.ts'
import type { UnavailableCause } from '#src/api/contract/errors.ts'
import type { AccessExplanation, ExplainedStatement, Obstacle } from '#src/api/contract/explanations.ts'
import { q } from '#src/api/queries.ts'
import { useRegion } from '#src/components/layout/use-region.ts'
import type { ConditionPart } from '#src/components/policy/condition-parts.ts'
import { useConditionText } from '#src/components/policy/use-condition-text.ts'
import { usePrincipalText } from '#src/components/policy/use-principal-text.ts'
import { Badge } from '#src/components/ui/badge.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useCodeText } from '#src/i18n/use-error-text.ts'
import { AccessWord } from '#src/pages/access/access-mark.tsx'
import { AskingFailed } from '#src/pages/access/asking-failed.tsx'
import { ChangeSection } from './change.tsx'
import { DocumentViews } from './document-view.tsx'
import { isAcross, legsOf, partOf, stateOfVerdict, statementLines, valuesAskedFor, type Leg } from './explained.ts'
import styles from './explanation.module.css'

export type Asked = Input<'ExplainAccess'>

/** Why a principal may or may not do something, in words, in the documents, and in what would change it. */
export function Explanation({ asked }: { asked: Asked }): ReactNode {
  const api = useApi()
  const region = useRegion()
  const explained = useQuery(q(api, region, 'ExplainAccess', asked))
  if (explained.isPending)
    return (
      <div aria-busy className={styles.explanation}>
        <Skeleton width="full" />
        <Skeleton width="long" />
      </div>
    )
  if (explained.isError) return <AskingFailed error={explained.error} onRetry={() => void explained.refetch()} />
  return <Answer explanation={explained.data} asked={asked} />
}

function Answer(props: { explanation: AccessExplanation; asked: Asked }): ReactNode {
  const { explanation, asked } = props
  const { Verdict, Permission, Resource, Principal, OwnerAccountId, Missing, Withheld, Documents } = explanation
  const t = useText('access')
  const own = useApi().identity.accountId
  const who = usePrincipalText()({ arn: Principal.PrincipalArn })
  const state = stateOfVerdict(explanation)
  const isHalf = Verdict === 'NotGranted' && isAcross(explanation) && Missing.length === 1
  const under = useCircumstancesText()(asked)
  return (
    <div className={styles.explanation}>
      <div className={styles.verdict} data-state={state}>
        <AccessWord state={state} strong>
          {t(`state.${state}`)}
        </AccessWord>
        <p>{t(`sentence.${isHalf ? 'half' : state}`, { who, permission: Permission })}</p>
      </div>
      {explanation.Obstacle === null ? null : (
        <ObstacleNotice obstacle={explanation.Obstacle} granted={Verdict === 'Allow'} />
      )}
      {Principal.Exists ? null : <Notice tone="warn">{t('missingPrincipal', { who })}</Notice>}
      <Facts>
        <Fact term={t('facts.who')} wide>
          <code>{Principal.PrincipalArn}</code>
        </Fact>
        <Fact term={t('facts.resource')} wide>
          <code>{Resource}</code>
        </Fact>
        <Fact term={t('facts.owner')}>
          {t(OwnerAccountId === own ? 'facts.accountOwn' : 'facts.account', { accountId: OwnerAccountId })}
        </Fact>
        {under === '' ? null : <Fact term={t('facts.under')}>{under}</Fact>}
      </Facts>
      <section className={styles.part}>
        <h3>{t('legs.title')}</h3>
        <p className={styles.quiet}>{t(isAcross(explanation) ? 'legs.ruleAcross' : 'legs.rule')}</p>
        <ul className={styles.legs}>
          {legsOf(explanation).map((leg) => (
            <li key={leg.side}>
              <LegLine leg={leg} needed={isAcross(explanation)} />
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.part}>
        <h3>{t('statements.title')}</h3>
        {explanation.Statements.Statement.length === 0 ? (
          <p>{t('statements.none')}</p>
        ) : (
          <ul className={styles.statements}>
            {explanation.Statements.Statement.map((statement, index) => (
              <li key={index}>
                <StatementLine statement={statement} explanation={explanation} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <ChangeSection explanation={explanation} />
      {Documents.Document.length + Withheld.length === 0 ? null : (
        <section className={styles.part}>
          <h3>{t('documents.title')}</h3>
          {Withheld.map((side) => (
            <Notice key={side}>{t(`documents.withheld.${side}`)}</Notice>
          ))}
          <DocumentViews explanation={explanation} />
        </section>
      )}
    </div>
  )
}

function LegLine(props: { leg: Leg; needed: boolean }): ReactNode {
  const { leg, needed } = props
  const t = useText('access.legs')
  const own = useApi().identity.accountId
  const state = leg.word === 'denies' ? 'denied' : leg.word === 'grants' || leg.word === 'account' ? 'allowed' : 'none'
  return (
    <span className={styles.leg}>
      <span className={styles.legName}>
        {t(`${leg.side}.${leg.accountId === own ? 'own' : 'other'}`, { accountId: leg.accountId })}
      </span>
      <AccessWord state={state}>{t(`word.${leg.word}`)}</AccessWord>
      {needed && leg.missing ? <Badge tone="bad">{t('missing')}</Badge> : null}
    </span>
  )
}

function StatementLine(props: { statement: ExplainedStatement; explanation: AccessExplanation }): ReactNode {
  const { statement, explanation } = props
  const { Side, PolicyName, PolicyType, Index, Effect, Via, Unmet } = statement
  const t = useText('access.statements')
  const text = explanation.Documents.Document.find(
    (one) => one.Side === Side && one.PolicyName === PolicyName && one.PolicyType === PolicyType,
  )?.Text
  const place = text === undefined ? undefined : statementLines(text)[Index]
  const policy = Side === 'KeyPolicy' ? t('keyPolicy') : t('ramPolicy', { name: PolicyName })
  const remarks = [
    ...(place === undefined ? [] : [place.first === place.last ? t('line', { ...place }) : t('lines', { ...place })]),
    ...(Via === '' ? [] : [viaText(Via)]),
  ]

  function viaText(via: string): string {
    if (via.startsWith('group ')) return t('viaGroup', { group: via.slice('group '.length) })
    return t(via === 'role' ? 'viaRole' : 'viaUser')
  }

  return (
    <div className={styles.statement}>
      <div className={styles.statementHead}>
        <Badge tone={Effect === 'Allow' ? 'ok' : 'bad'}>{t(Effect === 'Allow' ? 'allow' : 'deny')}</Badge>
        <span>{t('name', { number: Index + 1, policy })}</span>
        {remarks.map((remark) => (
          <span key={remark} className={styles.quiet}>
            {remark}
          </span>
        ))}
      </div>
      <p>{t(`part.${partOf(statement, explanation)}`)}</p>
      {Unmet.length === 0 ? null : (
        <ul className={styles.unmet}>
          {Unmet.map(({ Operator: operator, Key: key }) => (
            <li key={`${operator} ${key}`}>
              <UnmetCondition
                part={{
                  operator,
                  key,
                  values: text === undefined ? [] : valuesAskedFor(text, Index, operator, key),
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** In words where its values may be read, and as it is written. */
function UnmetCondition(props: { part: ConditionPart }): ReactNode {
  const { operator, key, values } = props.part
  const conditionText = useConditionText()
  return (
    <>
      {values.length === 0 ? null : `${conditionText(props.part)} `}
      <code className={styles.quiet}>
        {operator} {key}
      </code>
    </>
  )
}

function ObstacleNotice(props: { obstacle: Obstacle; granted: boolean }): ReactNode {
  const { Reason, ErrorCode, Cause } = props.obstacle
  const t = useText('access.obstacle')
  const causes = useText('errors.cause')
  const codeText = useCodeText()
  const isCause = (cause: string): cause is UnavailableCause => causes.has(cause as UnavailableCause)
  const words = Cause !== '' && isCause(Cause) ? causes(Cause) : Reason === 'State' ? codeText(ErrorCode) : null
  return (
    <Notice tone="warn" title={t(props.granted ? 'title' : 'titleToo')}>
      <p>
        {t(Reason)} {words}
      </p>
      <p className={styles.quiet}>{t('code', { code: ErrorCode })}</p>
    </Notice>
  )
}

/** Of the request that was asked about, as far as it is another than the asker's own. */
function useCircumstancesText(): (asked: Asked) => string {
  const t = useText('access.facts')
  return ({ SourceIp, SecureTransport, At }) =>
    [
      ...(SourceIp === undefined ? [] : [t('ip', { ip: SourceIp })]),
      ...(SecureTransport === undefined ? [] : [t(SecureTransport ? 'tls' : 'noTls')]),
      ...(At === undefined ? [] : [At]),
    ].join(t('separator'))
}
