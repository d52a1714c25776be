import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import styles from './disclosure.module.css'

/** Opens what is not needed at first sight. Uncontrolled unless `open` and `onToggle` are given. */
export function Disclosure(props: {
  summary: ReactNode
  open?: boolean
  onToggle?: (open: boolean) => void
  children: ReactNode
}): ReactNode {
  const { summary, open, onToggle, children } = props
  return (
    <details
      className={styles.disclosure}
      {...(open === undefined ? {} : { open })}
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
    >
      <summary className={styles.summary}>
        <ChevronRight size={14} aria-hidden className={styles.arrow} />
        {summary}
      </summary>
      <div className={styles.content}>{children}</div>
    </details>
  )
}
