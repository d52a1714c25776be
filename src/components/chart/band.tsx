import { useId, useRef, type ReactNode } from 'react'
import { areaFill, Hatchings, type AreaLook } from './looks.tsx'
import styles from './chart.module.css'
import { useWidth } from './use-width.ts'

const height = 20

/** States over time as one band. What it shows stands in words beside it, so it is hidden from who does not see it. */
export function Band(props: {
  /** ms since the epoch. */
  from: number
  to: number
  /** Each lasts until the next; the first need not begin at `from`. */
  parts: readonly { readonly at: number; readonly look: AreaLook }[]
}): ReactNode {
  const { from, to, parts } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const x = (at: number): number => ((at - from) / (to - from)) * width
  return (
    <div ref={box} className={styles.band}>
      <svg width={width} height={height} aria-hidden>
        <Hatchings id={id} />
        {parts.map(({ at, look }, index) => {
          const end = parts[index + 1]?.at ?? to
          return <rect key={at} x={x(at)} width={Math.max(x(end) - x(at), 2)} height={height} {...areaFill(look, id)} />
        })}
      </svg>
    </div>
  )
}
