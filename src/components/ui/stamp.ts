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
