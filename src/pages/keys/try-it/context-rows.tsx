import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { ContextEntry, ContextProblem } from './context.ts'
import styles from './try-it.module.css'

/** The encryption context as rows of name and value. */
export function ContextRows(props: {
  /** What the rows are called where there are two of them. */
  label?: string
  hint?: string
  rows: readonly ContextEntry[]
  onChange: (rows: readonly ContextEntry[]) => void
  problem: ContextProblem | null
}): ReactNode {
  const { rows, onChange, problem } = props
  const t = useText('tryit.context')
  const problemText = useProblemText()
  const change = (row: number, part: Partial<ContextEntry>): void =>
    onChange(rows.map((entry, index) => (index === row ? { ...entry, ...part } : entry)))
  return (
    <Field
      group
      label={props.label ?? t('label')}
      hint={props.hint ?? t('hint')}
      error={problem ? `${problem.row + 1}: ${problemText(problem.problem)}` : undefined}
    >
      <div className={styles.stack}>
        {rows.map(({ name, value }, row) => (
          <div key={row} className={styles.contextRow}>
            <TextInput
              dir="auto"
              aria-label={t('name', { row: row + 1 })}
              placeholder={t('name', { row: row + 1 })}
              aria-invalid={problem?.row === row || undefined}
              value={name}
              onChange={(event) => change(row, { name: event.target.value })}
            />
            <TextInput
              dir="auto"
              aria-label={t('value', { row: row + 1 })}
              placeholder={t('value', { row: row + 1 })}
              value={value}
              onChange={(event) => change(row, { value: event.target.value })}
            />
            <Button
              variant="quiet"
              iconOnly
              aria-label={t('remove', { row: row + 1 })}
              icon={<X size={16} aria-hidden />}
              onClick={() => onChange(rows.filter((_, index) => index !== row))}
            />
          </div>
        ))}
        <div>
          <Button icon={<Plus size={16} aria-hidden />} onClick={() => onChange([...rows, { name: '', value: '' }])}>
            {t('add')}
          </Button>
        </div>
      </div>
    </Field>
  )
}
