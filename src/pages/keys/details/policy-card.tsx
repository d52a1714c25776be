import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { parsePolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { isProblem, parseJson } from '#src/api/contract/rules.ts'
import { q } from '#src/api/queries.ts'
import { DeniedNotice } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Badge } from '#src/components/ui/badge.tsx'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Tabs } from '#src/components/ui/tabs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import type { Blocker } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { useConditionText } from '#src/components/policy/use-condition-text.ts'
import { usePrincipalText } from '#src/components/policy/use-principal-text.ts'
import styles from './details.module.css'
import { policyInWords, type StatementInWords } from './policy-words.ts'

type View = 'words' | 'document'

/** The key's policy in words and as a document, and the way to change it. Keys without an instance have none. */
export function PolicyCard(props: {
  keyId: string
  region: string
  hasPolicy: boolean
  /** Why it cannot be changed. */
  blocker: Blocker | null
}): ReactNode {
  const { keyId, region, blocker } = props
  const t = useText('details.policy')
  const blockerText = useBlockerText()
  const configure =
    blocker === null ? (
      <Link to="/keys/$keyId/policy" params={{ keyId }} search={{ region }} className={buttonClass()}>
        {t('configure')}
      </Link>
    ) : (
      <Button disabledReason={blockerText(blocker)}>{t('configure')}</Button>
    )
  return (
    <Card
      title={t('title')}
      aside={
        <div className={styles.links}>
          <Link to="/keys/$keyId/access" params={{ keyId }} search={{ region }} className={buttonClass()}>
            {t('access')}
          </Link>
          {props.hasPolicy ? configure : null}
        </div>
      }
    >
      {props.hasPolicy ? <Policy keyId={props.keyId} region={props.region} /> : <p>{t('none')}</p>}
    </Card>
  )
}

function Policy(props: { keyId: string; region: string }): ReactNode {
  const api = useApi()
  const t = useText('details.policy')
  const [view, setView] = useState<View>('words')
  const policy = useQuery(q(api, props.region, 'GetKeyPolicy', { KeyId: props.keyId, PolicyName: 'default' }))
  if (policy.isPending) return <Skeleton width="long" />
  if (policy.isError)
    return isDenied(policy.error) ? (
      <DeniedNotice error={policy.error}>{t('denied')}</DeniedNotice>
    ) : (
      <ErrorNotice error={policy.error} onRetry={() => void policy.refetch()} />
    )
  const parsed = parsePolicy(policy.data.Policy)
  return (
    <Tabs
      label={t('view')}
      tabs={[
        { value: 'words', label: t('words') },
        { value: 'document', label: t('document') },
      ]}
      value={view}
      onChange={setView}
    >
      {view === 'document' ? (
        <CodeBlock text={indented(policy.data.Policy)} label={t('document')} />
      ) : isProblem(parsed) ? (
        <Notice tone="warn">{t('unreadable')}</Notice>
      ) : (
        <Words policy={parsed} />
      )}
    </Tabs>
  )
}

function indented(text: string): string {
  const value = parseJson(text)
  return value === undefined ? text : JSON.stringify(value, null, 2)
}

function Words(props: { policy: KeyPolicy }): ReactNode {
  return (
    <ul className={styles.statements}>
      {policyInWords(props.policy).map((statement, index) => (
        <li key={index} className={styles.statement}>
          <Statement statement={statement} />
        </li>
      ))}
    </ul>
  )
}

function Statement(props: { statement: StatementInWords }): ReactNode {
  const { effect, kind, principals, actions, conditions } = props.statement
  const principalText = usePrincipalText()
  const conditionText = useConditionText()
  const conditionWords = useText('policy.condition')
  const t = useText('details.policy')
  return (
    <>
      <div className={styles.statementHead}>
        <Badge tone={effect === 'Allow' ? 'ok' : 'bad'}>{t(effect === 'Allow' ? 'allow' : 'deny')}</Badge>
        {t(kind)}
      </div>
      <ul className={styles.principals}>
        {principals.map((principal) => (
          <li key={principal.arn} title={principal.arn}>
            {principalText(principal)}
          </li>
        ))}
      </ul>
      {conditions.length === 0 ? null : (
        <div>
          {conditionWords('title')}
          <ul className={styles.principals}>
            {conditions.map((part) => (
              <li key={`${part.operator} ${part.key}`} title={`${part.operator} ${part.key}`}>
                {conditionText(part)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Disclosure summary={t('actions', { count: actions.length })}>
        <ul className={styles.actions}>
          {actions.map((action) => (
            <li key={action}>{action}</li>
          ))}
        </ul>
      </Disclosure>
    </>
  )
}
