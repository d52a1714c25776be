import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './radio-cards.module.css'

export interface RadioCard<V extends string> {
  readonly value: V
  readonly label: string
  readonly detail?: ReactNode
  /** Why it cannot be chosen. It stays reachable by keyboard and says so. */
  readonly disabledReason?: string | undefined
}

/** A choice of a few, each with its explanation, as native radio buttons. Stands in `<Field group>`, which names it. */
export function RadioCards<V extends string>(props: {
  value: V
  onChange: (value: V) => void
  cards: readonly RadioCard<V>[]
}): ReactNode {
  const { value, onChange, cards } = props
  const name = useId()
  return (
    <div className={styles.cards}>
      {cards.map((card) => (
        <Card key={card.value} card={card} name={name} checked={card.value === value} onChange={onChange} />
      ))}
    </div>
  )
}

function Card<V extends string>(props: {
  card: RadioCard<V>
  name: string
  checked: boolean
  onChange: (value: V) => void
}): ReactNode {
  const { card, name, checked, onChange } = props
  const { value, label, detail, disabledReason } = card
  const id = `${name}-${value}`
  const disabled = disabledReason !== undefined
  const about = [detail === undefined ? null : `${id}-detail`, disabled ? `${id}-reason` : null].filter(Boolean)
  return (
    <label className={cx(styles.card, disabled && styles.disabled)}>
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={() => {
          if (!disabled) onChange(value)
        }}
        aria-labelledby={id}
        {...(about.length === 0 ? {} : { 'aria-describedby': about.join(' ') })}
        {...(disabled ? { 'aria-disabled': true } : {})}
      />
      <span className={styles.words}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        {detail === undefined ? null : (
          <span id={`${id}-detail`} className={styles.detail}>
            {detail}
          </span>
        )}
        {disabled ? (
          <span id={`${id}-reason`} className={styles.detail}>
            {disabledReason}
          </span>
        ) : null}
      </span>
    </label>
  )
}
