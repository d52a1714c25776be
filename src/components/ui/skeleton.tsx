import type { ReactNode } from 'react'
import styles from './skeleton.module.css'
import { cx } from './cx.ts'

/** Holds the place of text that is on its way. Say once, on what surrounds it, that it is loading (`aria-busy`). */
export function Skeleton(props: { width?: 'short' | 'medium' | 'long' | 'full' }): ReactNode {
  return <span className={cx(styles.skeleton, styles[props.width ?? 'medium'])} aria-hidden />
}
