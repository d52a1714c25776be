import FileUp from 'lucide-react/icons/file-up'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { cx } from '#src/components/ui/cx.ts'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextArea } from '#src/components/ui/inputs.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { entryLength, readFile, type ByteEntry, type ChosenFile, type Encoding, type EntryProblem } from './bytes.ts'
import styles from './try-it.module.css'

/** Bytes typed as text, Base64 or hexadecimal, or taken from a file, which may be dropped anywhere on the field. */
export function ByteField(props: {
  label: string
  hint?: string
  entry: ByteEntry
  onChange: (entry: ByteEntry) => void
  /** The ways to type them; a file can always be chosen. */
  encodings: readonly Encoding[]
  /** Bytes at most. */
  max: number
  problem: EntryProblem | null
}): ReactNode {
  const { label, hint, entry, onChange, encodings, max, problem } = props
  const t = useText('tryit')
  const problemText = useEntryProblemText()
  const [isOver, setIsOver] = useState(false)
  /** The file chosen last wins, whichever is read first. */
  const turn = useRef(0)
  const length = entryLength(entry)
  // A file that is too large is refused when it is chosen, not when it is sent.
  const shown = problem ?? fileProblem(entry)

  async function take(file: File | undefined): Promise<void> {
    if (!file) return
    turn.current += 1
    const mine = turn.current
    const chosen = await readFile(file, max)
    if (turn.current === mine) onChange({ ...entry, as: 'file', file: chosen })
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    setIsOver(false)
    void take(event.dataTransfer.files[0])
  }

  return (
    <div
      className={cx(styles.stack, styles.drop, isOver && styles.over)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <Field label={t('inputAs')}>
        <Select
          value={entry.as}
          onChange={(event) => onChange({ ...entry, as: event.target.value as ByteEntry['as'] })}
          options={[...encodings, 'file' as const].map((value) => ({ value, label: t(`as.${value}`) }))}
        />
      </Field>
      <Field
        group={entry.as === 'file'}
        label={label}
        required
        error={shown ? problemText(shown) : undefined}
        hint={[t('bytes', { count: length ?? 0, max }), ...(hint === undefined ? [] : [hint])].join(' · ')}
      >
        {entry.as === 'file' ? (
          <FileBox file={entry.file} onChoose={take} onRemove={() => onChange({ ...entry, file: null })} />
        ) : (
          <TextArea
            dir={entry.as === 'text' ? 'auto' : 'ltr'}
            mono={entry.as !== 'text'}
            rows={4}
            value={entry.typed}
            onChange={(event) => onChange({ ...entry, typed: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}

function fileProblem({ as, file }: ByteEntry): EntryProblem | null {
  return as === 'file' && file && 'problem' in file.content ? file.content.problem : null
}

function FileBox(props: {
  file: ChosenFile | null
  onChoose: (file: File | undefined) => Promise<void>
  onRemove: () => void
}): ReactNode {
  const { file, onChoose, onRemove } = props
  const t = useText('tryit.file')
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.file}>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          void onChoose(event.target.files?.[0])
          // So that choosing the same file again is a choice.
          event.target.value = ''
        }}
      />
      <Button icon={<FileUp size={16} aria-hidden />} onClick={() => input.current?.click()}>
        {t(file ? 'other' : 'choose')}
      </Button>
      {file ? (
        <>
          <span className={styles.fileName}>{t('chosen', { name: file.name, size: file.size })}</span>
          <Button variant="link" onClick={onRemove}>
            {t('remove')}
          </Button>
        </>
      ) : (
        <span className={styles.hint}>{t('drop')}</span>
      )}
    </div>
  )
}

export function useEntryProblemText(): (problem: EntryProblem) => string {
  const t = useText('tryit.problem')
  const problemText = useProblemText()
  return (problem) => {
    switch (problem.code) {
      case 'hex':
      case 'hexOdd':
      case 'fileEmpty':
      case 'fileUnreadable':
        return t(problem.code)
      case 'fileTooLarge': {
        const { code, ...values } = problem
        return t(code, values)
      }
      default:
        return problemText(problem)
    }
  }
}
