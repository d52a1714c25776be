import type { ReactNode } from 'react'
import styles from './visually-hidden.module.css'

/** Text for assistive technology only. */
export function VisuallyHidden(props: { id?: string; children: ReactNode }): ReactNode {
  return (
    <span id={props.id} className={styles.hidden}>
      {props.children}
    </span>
  )
}
