import type { ReactNode } from 'react'
import { cx } from '#src/components/ui/cx.ts'
import { cellStates, type CellState } from './access-search.ts'
import styles from './access-mark.module.css'

/** A mark's side, px. */
const size = 14

/** Strokes of each state in a square of that side: pairs of numbers after a start, each relative to the one before. */
const strokes: Readonly<
  Record<CellState, readonly (readonly [from: readonly [x: number, y: number], rest: string])[]>
> = {
  allowed: [[[2.5, 7.5], 'l3 3l6-7']],
  denied: [
    [[3, 3], 'l8 8'],
    [[11, 3], 'l-8 8'],
  ],
  none: [[[4.5, 7], 'h5']],
  impossible: [
    [[7, 1.5], 'l6 11h-12z'],
    [[7, 5.5], 'v3'],
    [[7, 10.4], 'v.2'],
  ],
}

/** The state's shape with its upper left corner at a place, as the data of a path. */
const shapeAt = (state: CellState, x: number, y: number): string =>
  strokes[state].map(([[fromX, fromY], rest]) => `M${x + fromX} ${y + fromY}${rest}`).join('')

/** A state's shape in its colour; whoever shows it says the word. */
function Mark({ state }: { state: CellState }): ReactNode {
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden className={styles.mark}>
      <path d={shapeAt(state, 0, 0)} className={styles[state]} />
    </svg>
  )
}

/** Shape, word and colour together. */
export function AccessWord(props: { state: CellState; strong?: boolean; children: ReactNode }): ReactNode {
  return (
    <span className={cx(styles.word, styles[props.state], props.strong === true && styles.strong)}>
      <Mark state={props.state} />
      <span>{props.children}</span>
    </span>
  )
}

/** The marks of a whole row in one drawing, a path for each state: thousands of cells scroll by, and each drawing costs. `cell`: px. */
export function MarkRow(props: { states: readonly CellState[]; cell: number; height: number }): ReactNode {
  const { states, cell, height } = props
  const inset = (cell - size) / 2
  return (
    <svg width={states.length * cell} height={height} aria-hidden className={styles.mark}>
      {cellStates.map((state) => {
        const data = states.map((one, at) =>
          one === state ? shapeAt(state, at * cell + inset, (height - size) / 2) : '',
        )
        return <path key={state} d={data.join('')} className={styles[state]} />
      })}
    </svg>
  )
}
