import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './progress-bar.module.css'

/** How far something is. `label` names it; `text` says it in words, which stand beside or above. `held`: it stands still. */
export function ProgressBar(props: {
  label: string
  text: string
  done: number
  total: number
  held?: boolean
}): ReactNode {
  const { label, text, done, total, held = false } = props
  const share = total === 0 ? 100 : Math.min(100, (done / total) * 100)
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={Math.min(done, total)}
      aria-valuetext={text}
      className={styles.track}
    >
      <svg width="100%" height="6" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
        <rect x="0" y="0" width={share} height="6" className={cx(styles.done, held && styles.held)} />
      </svg>
    </span>
  )
}
