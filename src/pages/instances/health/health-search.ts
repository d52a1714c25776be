/** How far back Connection health looks, in its address. Absent: an hour. */
export const periods = { '15m': 15, '1h': 60, '6h': 360, '24h': 1440 } as const
export type Period = keyof typeof periods

export interface HealthSearch {
  readonly period?: Exclude<Period, '1h'> | undefined
}

export const isPeriod = (text: unknown): text is Period => typeof text === 'string' && Object.hasOwn(periods, text)

export const readHealthSearch = ({ period }: Readonly<Record<string, unknown>>): HealthSearch =>
  isPeriod(period) && period !== '1h' ? { period } : {}
