import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './facts.module.css'

/** Names and values of one thing, in columns as the width allows; `dense`: narrower ones. */
export function Facts(props: { dense?: boolean; children: ReactNode }): ReactNode {
  return <dl className={cx(styles.facts, props.dense === true && styles.dense)}>{props.children}</dl>
}

/** One of them; `wide` takes a row of its own. */
export function Fact(props: { term: string; wide?: boolean; children: ReactNode }): ReactNode {
  return (
    <div className={cx(styles.fact, props.wide === true && styles.wide)}>
      <dt className={styles.term}>{props.term}</dt>
      <dd className={styles.value}>{props.children}</dd>
    </div>
  )
}
