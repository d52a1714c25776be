import type { ReactNode } from 'react'
import { cx } from '#src/components/ui/cx.ts'
import type { CellState } from './access-search.ts'
import styles from './access-mark.module.css'

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 2, strokeLinecap: 'round' } as const

const shapes: Readonly<Record<CellState, ReactNode>> = {
  allowed: <path d="M2.5 7.5 5.5 10.5 11.5 3.5" {...line} />,
  denied: <path d="M3 3 11 11M11 3 3 11" {...line} />,
  none: <path d="M4.5 7H9.5" {...line} />,
  impossible: <path d="M7 1.5 13 12.5H1ZM7 5.5V8.5M7 10.4V10.6" {...line} strokeWidth={1.5} strokeLinejoin="round" />,
}

/** One element a state: a matrix of thousands of cells makes none of its own. */
const marks = Object.fromEntries(
  Object.entries(shapes).map(([state, shape]) => [
    state,
    <svg key={state} width="14" height="14" viewBox="0 0 14 14" aria-hidden className={styles[state]}>
      {shape}
    </svg>,
  ]),
) as Readonly<Record<CellState, ReactNode>>

/** A state's shape in its colour; whoever shows it says the word. */
export const accessMark = (state: CellState): ReactNode => marks[state]

/** Shape, word and colour together. */
export function AccessWord(props: { state: CellState; strong?: boolean; children: ReactNode }): ReactNode {
  return (
    <span className={cx(styles.word, styles[props.state], props.strong === true && styles.strong)}>
      {marks[props.state]}
      <span>{props.children}</span>
    </span>
  )
}
