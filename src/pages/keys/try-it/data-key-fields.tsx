import type { ReactNode } from 'react'
import { limits } from '#src/api/contract/rules.ts'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useEntryProblemText } from './byte-field.tsx'
import type { EntryProblem } from './bytes.ts'
import type { DataKeyLength } from './inputs.ts'
import styles from './try-it.module.css'

const lengths = ['AES_256', 'AES_128', 'bytes'] as const satisfies readonly DataKeyLength[]

/** How long a new data key shall be. */
export function DataKeyFields(props: {
  length: DataKeyLength
  onLength: (length: DataKeyLength) => void
  bytes: string
  /** Bytes at most. */
  max?: number
  onBytes: (bytes: string) => void
  problem: EntryProblem | null
}): ReactNode {
  const { length, onLength, bytes, onBytes, max = limits.dataKeyBytes.max, problem } = props
  const t = useText('tryit.dataKey')
  const problemText = useEntryProblemText()
  return (
    <div className={styles.pair}>
      <Field label={t('length')}>
        <Select
          value={length}
          onChange={(event) => onLength(event.target.value as DataKeyLength)}
          options={lengths.map((value) => ({ value, label: t(`lengths.${value}`) }))}
        />
      </Field>
      {length === 'bytes' ? (
        <Field
          label={t('bytes')}
          required
          hint={t('bytesHint', { min: limits.dataKeyBytes.min, max })}
          error={problem ? problemText(problem) : undefined}
        >
          <TextInput inputMode="numeric" value={bytes} onChange={(event) => onBytes(event.target.value)} />
        </Field>
      ) : null}
    </div>
  )
}
