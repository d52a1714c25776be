const two = (part: number): string => String(part).padStart(2, '0')

/** `2026-11-01 09:15`, by the person's own clock: sorts by eye and reads the same in both languages. */
export function localStamp(date: Date, seconds = false): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`
  return seconds ? `${day} ${time}:${two(date.getSeconds())}` : `${day} ${time}`
}

/** The same in UTC, and marked so. */
export const utcStamp = (date: Date, seconds = false): string =>
  `${date
    .toISOString()
    .replace('T', ' ')
    .slice(0, seconds ? 19 : 16)} UTC`

/** The person's own zone at that moment, e.g. `GMT+8`. */
export const zoneName = (date: Date, tag: string): string =>
  new Intl.DateTimeFormat(tag, { timeZoneName: 'short' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long ago, in whole units of the largest that fits: `3 hours ago`, `now`. Never in the future. */
export function agoText(ms: number, tag: string): string {
  const [unit, size] = steps.find(([, step]) => ms >= step) ?? ['second', Infinity]
  return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(-Math.floor(Math.max(0, ms) / size), unit)
}
