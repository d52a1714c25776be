import type { ReactNode, RefCallback } from 'react'
import { limits } from '#src/api/contract/rules.ts'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { rotationPeriods, type RotationChoice, type RotationPeriod } from './rotation-choice.ts'
import styles from './rotation.module.css'

/** The input within the field that can be wrong. */
export const rotationInput = (field: HTMLElement): HTMLElement | null =>
  field.querySelector('input') ?? field.querySelector('select')

/** Automatic rotation: off, a usual period, or days to be typed. `error` is drawn at the input that it is about. */
export function RotationField(props: {
  ref: RefCallback<HTMLElement>
  value: RotationChoice
  onChange: (choice: RotationChoice) => void
  onBlur?: () => void
  /** Those that the kind of key allows. */
  periods?: readonly RotationPeriod[]
  hint: ReactNode
  error: ReactNode
}): ReactNode {
  const { ref, value, onChange, onBlur, periods = rotationPeriods, hint, error } = props
  const t = useText('rotation.choice')
  const isCustom = value.period === 'custom'
  const options = periods.map((period) => ({
    value: period,
    label: period === 'off' || period === 'custom' ? t(period) : t('days', { days: Number(period) }),
  }))
  return (
    <div ref={ref} className={styles.choice}>
      <Field label={t('label')} hint={hint} error={isCustom ? null : error}>
        <Select
          value={value.period}
          options={options}
          onBlur={onBlur}
          onChange={(event) => {
            const period = periods.find((known) => known === event.target.value)
            if (period) onChange({ ...value, period })
          }}
        />
      </Field>
      {isCustom ? (
        <Field label={t('period')} required hint={t('periodHint', limits.rotationDays)} error={error}>
          <TextInput
            inputMode="numeric"
            value={value.days}
            onBlur={onBlur}
            onChange={(event) => onChange({ ...value, days: event.target.value })}
          />
        </Field>
      ) : null}
    </div>
  )
}
