import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useEffect, useId, useRef, type FocusEvent, type ReactNode } from 'react'
import { limits } from '#src/api/contract/rules.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './labels.module.css'
import { isBlankRow, pastedTags, type TagRow, type TagRowProblem } from './tag-rows.ts'

const blank: TagRow = { key: '', value: '' }

/** Rows of tags to be written, with the rules at each row. Several `key=value` lines can be pasted into a key. */
export function TagRowsField(props: {
  rows: readonly TagRow[]
  onChange: (rows: readonly TagRow[]) => void
  /** The focus leaves the whole field. */
  onBlur?: () => void
  /** The field's element, for a form that moves the focus to what is wrong. */
  onElement?: (element: HTMLElement | null) => void
  /** What is wrong with single rows, and with the list. */
  problems: readonly TagRowProblem[]
  error?: ReactNode
  /** Why a row cannot be taken away. */
  keptReason?: ((row: TagRow) => string | undefined) | undefined
}): ReactNode {
  const { rows, onChange, onBlur, onElement, problems, error, keptReason } = props
  const t = useText('labels.tagRows')
  const group = useRef<HTMLDivElement>(null)
  const count = rows.filter((row) => !isBlankRow(row)).length
  const full = rows.length >= limits.tagsPerKey

  /** Where the focus goes once the rows are drawn as they then are. */
  const focusNext = useRef<string | null>(null)
  useEffect(() => {
    if (focusNext.current !== null) group.current?.querySelector<HTMLElement>(focusNext.current)?.focus()
    focusNext.current = null
  }, [rows])

  function change(index: number, part: Partial<TagRow>): void {
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  }

  function add(): void {
    focusNext.current = `[data-row="${rows.length}"] input`
    onChange([...rows, blank])
  }

  function remove(index: number): void {
    const neighbour = Math.min(index, rows.length - 2)
    focusNext.current = neighbour < 0 ? '[data-add] button' : `[data-row="${neighbour}"] button`
    onChange(rows.filter((_, at) => at !== index))
  }

  /** Several lines pasted into an empty key take rows of their own. */
  function paste(index: number, text: string): boolean {
    const pasted = pastedTags(text)
    if (!pasted || !isBlankRow(rows[index] ?? blank)) return false
    onChange([...rows.slice(0, index), ...pasted, ...rows.slice(index + 1)])
    return true
  }

  return (
    <div
      ref={(element) => {
        group.current = element
        onElement?.(element)
      }}
      onBlur={(event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onBlur?.()
      }}
    >
      <Field
        group
        label={t('label')}
        aside={t('count', { count, max: limits.tagsPerKey })}
        hint={t('hint')}
        error={error}
      >
        {rows.length === 0 ? null : (
          <ol className={styles.tagRows}>
            {rows.map((row, index) => (
              <TagInputs
                key={index}
                index={index}
                row={row}
                problems={problems.filter((problem) => problem.row === index)}
                keptReason={keptReason?.(row)}
                onChange={(part) => change(index, part)}
                onRemove={() => remove(index)}
                onPaste={(text) => paste(index, text)}
              />
            ))}
          </ol>
        )}
        <div data-add>
          <Button
            variant="link"
            icon={<Plus size={14} aria-hidden />}
            disabledReason={full ? t('full', { max: limits.tagsPerKey }) : undefined}
            onClick={add}
          >
            {t('add')}
          </Button>
        </div>
      </Field>
    </div>
  )
}

function TagInputs(props: {
  index: number
  row: TagRow
  problems: readonly TagRowProblem[]
  keptReason: string | undefined
  onChange: (part: Partial<TagRow>) => void
  onRemove: () => void
  /** True where the text was taken. */
  onPaste: (text: string) => boolean
}): ReactNode {
  const { index, row, problems, keptReason, onChange, onRemove, onPaste } = props
  const t = useText('labels.tagRows')
  const problemText = useProblemText()
  const errorId = useId()
  const number = index + 1
  const wrong = (part: keyof TagRow) =>
    problems.some((problem) => problem.part === part)
      ? { 'aria-invalid': true as const, 'aria-describedby': errorId }
      : {}
  return (
    <li data-row={index}>
      <div className={styles.tagRow}>
        <TextInput
          aria-label={t('key', { number })}
          placeholder={t('keyPlaceholder')}
          value={row.key}
          {...wrong('key')}
          onChange={(event) => onChange({ key: event.target.value })}
          onPaste={(event) => {
            if (onPaste(event.clipboardData.getData('text'))) event.preventDefault()
          }}
        />
        <TextInput
          aria-label={t('value', { number })}
          placeholder={t('valuePlaceholder')}
          value={row.value}
          {...wrong('value')}
          onChange={(event) => onChange({ value: event.target.value })}
        />
        <Button
          variant="quiet"
          iconOnly
          aria-label={t('remove', { number })}
          disabledReason={keptReason}
          icon={<X size={16} aria-hidden />}
          onClick={onRemove}
        />
      </div>
      <div id={errorId} aria-live="polite" className={styles.rowError}>
        {problems.map(({ part, problem }) => (
          <p key={part}>{t('rowProblem', { part: t(`${part}Placeholder`), problem: problemText(problem) })}</p>
        ))}
      </div>
    </li>
  )
}
