import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './empty-state.module.css'

/** What belongs here, why it is empty, and the one next step. */
export function EmptyState(props: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  /** The next step lies outside the cloud. */
  external?: boolean
}): ReactNode {
  const { icon, title, children, action, external = false } = props
  return (
    <div className={cx(styles.empty, external && styles.external)}>
      {icon === undefined ? null : <div className={styles.icon}>{icon}</div>}
      <h2 className={styles.title}>{title}</h2>
      {children === undefined ? null : <div className={styles.text}>{children}</div>}
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  )
}
