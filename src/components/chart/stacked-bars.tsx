import { useId, type ReactNode } from 'react'
import { areaFill, AreaSign, Hatchings, type AreaLook } from './looks.tsx'
import { TimeChart } from './time-chart.tsx'

export interface BarRow {
  /** ms since the epoch. */
  readonly at: number
  /** In the order of the series, the lowest first. */
  readonly values: readonly number[]
}

/** Counts over time, one on another. */
export function StackedBars(props: {
  label: string
  series: readonly { readonly label: string; readonly look: AreaLook }[]
  rows: readonly BarRow[]
  step: number
  describe: (row: BarRow) => string
  hint: string
}): ReactNode {
  const { label, series, rows, step, describe, hint } = props
  const id = useId()
  const sums = rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0))
  return (
    <TimeChart
      label={label}
      rows={rows}
      step={step}
      // Counts are whole: with four steps on the axis none is a fraction.
      top={Math.max(4, ...sums)}
      legend={series.map((one) => (
        <AreaSign key={one.look} look={one.look} id={id}>
          {one.label}
        </AreaSign>
      ))}
      tickText={String}
      describe={describe}
      hint={hint}
    >
      {({ x, y }) => (
        <>
          <Hatchings id={id} />
          {rows.map(({ at, values }) => {
            const width = Math.max(x(at + step) - x(at) - 1, 1)
            let below = 0
            return values.map((value, index) => {
              const bottom = below
              below += value
              return value === 0 ? null : (
                <rect
                  key={`${at} ${series[index]!.look}`}
                  x={x(at)}
                  y={y(below)}
                  width={width}
                  height={y(bottom) - y(below)}
                  {...areaFill(series[index]!.look, id)}
                />
              )
            })
          })}
        </>
      )}
    </TimeChart>
  )
}
