/**
 * A chart over time: axes, a legend, and a mark that is led over it by pointer or by keyboard and says in words what stands there. What
 * is drawn is the caller's. Written on d3's scales: see docs/decisions/017-charts.md.
 */
import { scaleLinear, scaleTime, type ScaleLinear, type ScaleTime } from 'd3-scale'
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { localStamp } from '#src/components/ui/stamp.ts'
import styles from './chart.module.css'
import { cursorAfterKey } from './cursor.ts'
import { useWidth } from './use-width.ts'

export interface Scales {
  readonly x: ScaleTime<number, number>
  readonly y: ScaleLinear<number, number>
  /** Of the part that is drawn on, px. */
  readonly height: number
}

const margin = { top: 8, right: 20, bottom: 24, left: 44 }
const height = 180
const drawnHeight = height - margin.top - margin.bottom
/** Room for one label, px. */
const labelWidth = 72

export function TimeChart<Row extends { readonly at: number }>(props: {
  /** Names the chart. */
  label: string
  /** Oldest first, one for each `step`, and at least one. */
  rows: readonly Row[]
  /** ms. */
  step: number
  /** The largest value. */
  top: number
  legend: ReactNode
  /** Of a value at the left. */
  tickText: (value: number) => string
  /** What a row says. */
  describe: (row: Row) => string
  /** What stands beneath while no row is pointed at. */
  hint: string
  children: (scales: Scales) => ReactNode
}): ReactNode {
  const { label, rows, step, top, legend, tickText, describe, hint, children } = props
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [pointed, setPointed] = useState<number | null>(null)

  const from = rows[0]!.at
  const drawnWidth = Math.max(width - margin.left - margin.right, 0)
  const x = scaleTime()
    .domain([from, rows.at(-1)!.at + step])
    .range([0, drawnWidth])
  const y = scaleLinear().domain([0, top]).nice(4).range([drawnHeight, 0])
  const row = pointed === null ? undefined : rows[pointed]

  function point(event: PointerEvent<SVGSVGElement>): void {
    const at = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left).getTime()
    const index = Math.floor((at - from) / step)
    setPointed(index >= 0 && index < rows.length ? index : null)
  }
  function lead(event: KeyboardEvent): void {
    const next = cursorAfterKey(event.key, pointed, rows.length)
    if (next === undefined) return
    event.preventDefault()
    setPointed(next)
  }

  return (
    <figure className={styles.figure}>
      <div className={styles.legend}>{legend}</div>
      <div
        ref={box}
        className={styles.box}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={rows.length - 1}
        aria-valuenow={pointed ?? rows.length - 1}
        aria-valuetext={describe(row ?? rows.at(-1)!)}
        onKeyDown={lead}
        onFocus={() => setPointed((before) => before ?? rows.length - 1)}
        onBlur={() => setPointed(null)}
      >
        {width === 0 ? null : (
          <svg width={width} height={height} aria-hidden onPointerMove={point} onPointerLeave={() => setPointed(null)}>
            <g transform={`translate(${margin.left} ${margin.top})`}>
              {y.ticks(4).map((value) => (
                <g key={value} transform={`translate(0 ${y(value)})`}>
                  <line x2={drawnWidth} className={styles.grid} />
                  <text x={-8} dy="0.32em" className={styles.tickLeft}>
                    {tickText(value)}
                  </text>
                </g>
              ))}
              {row === undefined ? null : (
                <rect
                  x={x(row.at)}
                  width={Math.max(x(row.at + step) - x(row.at), 1)}
                  height={drawnHeight}
                  className={styles.pointed}
                />
              )}
              {children({ x, y, height: drawnHeight })}
              {x.ticks(Math.max(Math.floor(drawnWidth / labelWidth), 2)).map((moment) => (
                <text key={moment.getTime()} x={x(moment)} y={drawnHeight + 18} className={styles.tickBelow}>
                  {localStamp(moment).slice(-5)}
                </text>
              ))}
            </g>
          </svg>
        )}
      </div>
      <figcaption className={styles.words}>{row === undefined ? hint : describe(row)}</figcaption>
    </figure>
  )
}
