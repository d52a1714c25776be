import type { ReactNode } from 'react'
import styles from './denial.module.css'

export function Row(props: { term: string; children: ReactNode }): ReactNode {
  return (
    <div className={styles.row}>
      <dt>{props.term}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
