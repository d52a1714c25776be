import type { ReactNode } from 'react'
import styles from './status-mark.module.css'
import { cx } from './cx.ts'

export type StatusShape = 'dot' | 'ring' | 'square' | 'triangle'
export type StatusTone = 'ok' | 'warn' | 'bad' | 'idle'

const shapes: Readonly<Record<StatusShape, ReactNode>> = {
  dot: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  ring: <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  square: <rect x="1" y="1" width="8" height="8" fill="currentColor" />,
  triangle: <path d="M5 0.5 9.75 9.25H0.25Z" fill="currentColor" />,
}

/** A state as shape, word and colour together, with what there is to say about it beneath. */
export function StatusMark(props: {
  shape: StatusShape
  tone: StatusTone
  label: ReactNode
  detail?: ReactNode
}): ReactNode {
  const { shape, tone, label, detail } = props
  return (
    <span className={styles.mark}>
      <span className={cx(styles.line, styles[tone])}>
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
          {shapes[shape]}
        </svg>
        <span>{label}</span>
      </span>
      {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
    </span>
  )
}
