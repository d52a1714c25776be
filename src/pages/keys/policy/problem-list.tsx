import CircleAlert from 'lucide-react/icons/circle-alert'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import { VisuallyHidden } from '#src/components/ui/visually-hidden.tsx'
import { useText } from '#src/i18n/use-text.ts'
import type { DocumentProblem } from './document/document-problems.ts'
import styles from './editor.module.css'
import { useFaultText } from './use-fault-text.ts'

/** So many are drawn; the next come up as these are mended. */
const drawn = 50

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** Everything that is wrong with the document, to go to. How much it is, is announced. */
export function ProblemList(props: {
  text: string
  problems: readonly DocumentProblem[]
  onGoTo: (problem: DocumentProblem) => void
}): ReactNode {
  const { text, problems, onGoTo } = props
  const t = useText('policyeditor.problems')
  const faultText = useFaultText()
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return (
    <section className={styles.problems} aria-label={t('label')}>
      <p role="status" className={errors > 0 ? styles.bad : styles.quiet}>
        {problems.length === 0 ? t('none') : t('count', { errors, warnings: problems.length - errors })}
      </p>
      <ul>
        {problems.slice(0, drawn).map((problem) => {
          const { severity, from, fault } = problem
          const Icon = severity === 'error' ? CircleAlert : TriangleAlert
          return (
            <li key={`${from} ${fault.kind} ${faultText(fault)}`}>
              <button type="button" className={styles.problem} onClick={() => onGoTo(problem)}>
                <span className={severity === 'error' ? styles.bad : styles.warn}>
                  <Icon size={14} aria-hidden />
                </span>
                <VisuallyHidden>{t(severity)}</VisuallyHidden>
                <span className={styles.line}>{t('line', { line: lineOf(text, from) })}</span>
                <span>{faultText(fault)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {problems.length > drawn ? <p className={styles.quiet}>{t('more', { count: problems.length - drawn })}</p> : null}
    </section>
  )
}
