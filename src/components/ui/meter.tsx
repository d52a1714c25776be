import type { ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import styles from './meter.module.css'

/** A quota: used, what the present choice adds, and what is left. More than there is fills the bar and is said in words by the caller. */
export function Meter(props: { label: string; total: number; used: number; added?: number }): ReactNode {
  const { label, total, used, added = 0 } = props
  const t = useText('ui')
  const left = Math.max(0, total - used - added)
  const over = used + added > total
  const summary = t(added > 0 ? 'meter.summaryWithAdded' : 'meter.summary', { used, added, left, total })
  const share = (count: number): number => (total === 0 ? 0 : Math.min(100, (count / total) * 100))
  return (
    <div className={styles.meter}>
      <span className={styles.label}>{label}</span>
      <span
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={Math.min(total, used + added)}
        aria-valuetext={summary}
        className={styles.track}
      >
        <svg width="100%" height="6" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
          <rect x="0" y="0" width={share(used)} height="6" className={styles.used} />
          <rect
            x={share(used)}
            y="0"
            width={share(used + added) - share(used)}
            height="6"
            className={over ? styles.over : styles.added}
          />
        </svg>
      </span>
      <span className={styles.summary}>{summary}</span>
    </div>
  )
}
