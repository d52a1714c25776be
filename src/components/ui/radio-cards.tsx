import { useId, type ReactNode } from 'react'
import styles from './radio-cards.module.css'

export interface RadioCard<V extends string> {
  readonly value: V
  readonly label: string
  readonly detail?: ReactNode
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
        <label key={card.value} className={styles.card}>
          <input
            type="radio"
            name={name}
            value={card.value}
            checked={card.value === value}
            onChange={() => onChange(card.value)}
            aria-labelledby={`${name}-${card.value}`}
            {...(card.detail === undefined ? {} : { 'aria-describedby': `${name}-${card.value}-detail` })}
          />
          <span className={styles.words}>
            <span id={`${name}-${card.value}`} className={styles.label}>
              {card.label}
            </span>
            {card.detail === undefined ? null : (
              <span id={`${name}-${card.value}-detail`} className={styles.detail}>
                {card.detail}
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}
