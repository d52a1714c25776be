import { line } from 'd3-shape'
import type { ReactNode } from 'react'
import { lineClass, LineSign, type LineLook } from './looks.tsx'
import styles from './chart.module.css'
import { TimeChart } from './time-chart.tsx'

export interface LineRow {
  /** ms since the epoch. */
  readonly at: number
  /** In the order of the series; null: nothing was measured, and the line breaks. */
  readonly values: readonly (number | null)[]
}

/** Measured values over time, and a limit that they should stay below. */
export function Lines(props: {
  label: string
  series: readonly { readonly label: string; readonly look: Exclude<LineLook, 'limit'> }[]
  limit: { readonly label: string; readonly value: number }
  rows: readonly LineRow[]
  step: number
  tickText: (value: number) => string
  describe: (row: LineRow) => string
  hint: string
}): ReactNode {
  const { label, series, limit, rows, step, tickText, describe, hint } = props
  return (
    <TimeChart
      label={label}
      rows={rows}
      step={step}
      top={Math.max(limit.value, ...rows.flatMap(({ values }) => values.map((value) => value ?? 0)))}
      legend={
        <>
          {series.map((one) => (
            <LineSign key={one.look} look={one.look}>
              {one.label}
            </LineSign>
          ))}
          <LineSign look="limit">{limit.label}</LineSign>
        </>
      }
      tickText={tickText}
      describe={describe}
      hint={hint}
    >
      {({ x, y }) => (
        <>
          <line
            x1={x.range()[0]}
            x2={x.range()[1]}
            y1={y(limit.value)}
            y2={y(limit.value)}
            className={lineClass('limit')}
          />
          {series.map(({ look }, index) => {
            const valueOf = (row: LineRow): number | null => row.values[index] ?? null
            const middle = (row: LineRow): number => x(row.at + step / 2)
            const drawn = line<LineRow>()
              .defined((row) => valueOf(row) !== null)
              .x(middle)
              .y((row) => y(valueOf(row) ?? 0))
            return (
              <g key={look}>
                <path d={drawn(rows) ?? ''} className={lineClass(look)} />
                {/* A value between two gaps has no line: a point shows it. */}
                {rows.map((row) => {
                  const value = valueOf(row)
                  return value === null ? null : (
                    <circle key={row.at} cx={middle(row)} cy={y(value)} r={2} className={styles.dot} />
                  )
                })}
              </g>
            )
          })}
        </>
      )}
    </TimeChart>
  )
}
