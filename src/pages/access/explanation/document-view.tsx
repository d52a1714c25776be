import { useEffect, useRef, type ReactNode } from 'react'
import type { AccessExplanation, ExplainedStatement } from '#src/api/contract/explanations.ts'
import { Badge } from '#src/components/ui/badge.tsx'
import { CopyButton } from '#src/components/ui/copy-button.tsx'
import { cx } from '#src/components/ui/cx.ts'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { partOf, statementLines, statementsIn, type ExplainedDocument } from './explained.ts'
import styles from './document-view.module.css'

/** Every policy that was weighed, those open in which a statement took part. */
export function DocumentViews({ explanation }: { explanation: AccessExplanation }): ReactNode {
  return (
    <div className={styles.documents}>
      {byPart(explanation).map((document) => (
        <DocumentView
          key={`${document.Side} ${document.PolicyType} ${document.PolicyName}`}
          document={document}
          explanation={explanation}
        />
      ))}
    </div>
  )
}

/** Those that decide first, then those that took part. */
function byPart(explanation: AccessExplanation): readonly ExplainedDocument[] {
  const rank = (document: ExplainedDocument): number => {
    const statements = statementsIn(document, explanation)
    if (statements.some((one) => partOf(one, explanation) === 'decides')) return 0
    return statements.length > 0 ? 1 : 2
  }
  return explanation.Documents.Document.toSorted((one, other) => rank(one) - rank(other))
}

function DocumentView(props: { document: ExplainedDocument; explanation: AccessExplanation }): ReactNode {
  const { document, explanation } = props
  const { Side, PolicyName, PolicyType, Text } = document
  const t = useText('access.documents')
  const statements = statementsIn(document, explanation)
  const name = Side === 'KeyPolicy' ? t('key') : t('ram', { name: PolicyName })
  const summary = (
    <span className={styles.summary}>
      {name}
      {Side === 'RamPolicy' ? <Badge>{t(PolicyType === 'System' ? 'system' : 'custom')}</Badge> : null}
      <span className={styles.quiet}>{t('marked', { count: statements.length })}</span>
    </span>
  )
  return (
    <OpenedIf open={statements.length > 0} summary={summary}>
      <Marked text={Text} name={name} statements={statements} explanation={explanation} />
    </OpenedIf>
  )
}

function OpenedIf(props: { open: boolean; summary: ReactNode; children: ReactNode }): ReactNode {
  return props.open ? (
    <section>
      <h4 className={styles.heading}>{props.summary}</h4>
      {props.children}
    </section>
  ) : (
    <Disclosure summary={props.summary}>{props.children}</Disclosure>
  )
}

/** A document in lines, the statements that took part marked: the first that decides is scrolled into sight. */
function Marked(props: {
  text: string
  name: string
  statements: readonly ExplainedStatement[]
  explanation: AccessExplanation
}): ReactNode {
  const { text, name, statements, explanation } = props
  const t = useText('access.statements')
  const box = useRef<HTMLPreElement>(null)
  const places = statementLines(text)
  const parts = statements.map((statement) => ({
    statement,
    place: places[statement.Index],
    decides: partOf(statement, explanation) === 'decides',
  }))
  const lines = text.split('\n')
  const shown = parts.some(({ decides }) => decides) ? parts.filter(({ decides }) => decides) : parts
  const firstShown = Math.min(...shown.flatMap(({ place }) => (place ? [place.first] : [])))

  useEffect(() => {
    const line = box.current?.querySelector<HTMLElement>(`[data-line="${firstShown}"]`)
    if (box.current && line) box.current.scrollTop = line.offsetTop - 24
  }, [firstShown])

  return (
    <div className={styles.block}>
      <pre ref={box} tabIndex={0} role="region" aria-label={name} className={styles.text}>
        <code>
          {lines.map((line, index) => {
            const part = parts.find(({ place }) => place && place.first <= index + 1 && index + 1 <= place.last)
            const effect = part?.statement.Effect === 'Deny' ? styles.deny : styles.allow
            const Line = part ? 'mark' : 'span'
            return (
              <Line
                key={index}
                data-line={index + 1}
                className={cx(styles.line, part && styles.part, part && (part.decides ? effect : styles.idle))}
                {...(part?.place?.first === index + 1
                  ? { title: t('name', { number: part.statement.Index + 1, policy: name }) }
                  : {})}
              >
                <span className={styles.number} data-number={index + 1} aria-hidden />
                {line}
                {'\n'}
              </Line>
            )
          })}
        </code>
      </pre>
      <span className={styles.copy}>
        <CopyButton text={text} thing={name} />
      </span>
    </div>
  )
}
