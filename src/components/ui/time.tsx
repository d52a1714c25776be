import type { ReactNode } from 'react'
import { languageTags } from '#src/i18n/languages.ts'
import { useLanguage } from '#src/i18n/use-text.ts'
import { localStamp, utcStamp } from './stamp.ts'

/** A moment as the person's clock shows it; on hover with its zone and in UTC. `value`: ISO 8601, or milliseconds since the epoch. */
export function Time(props: { value: string | number; seconds?: boolean }): ReactNode {
  const { value, seconds = false } = props
  const language = useLanguage()
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return String(value)
  const zoned = new Intl.DateTimeFormat(languageTags[language], { dateStyle: 'long', timeStyle: 'long' }).format(date)
  return (
    <time dateTime={date.toISOString()} title={`${zoned}\n${utcStamp(date, true)}`}>
      {localStamp(date, seconds)}
    </time>
  )
}

/** A moment in full, where much depends on it: by the person's own clock with its zone, and in UTC. `value` as in Time. */
export function LocalAndUtc({ value }: { value: string | number }): ReactNode {
  const language = useLanguage()
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return String(value)
  const zone = new Intl.DateTimeFormat(languageTags[language], { timeZoneName: 'short' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')?.value
  return <time dateTime={date.toISOString()}>{`${localStamp(date)} ${zone ?? ''} · ${utcStamp(date)}`}</time>
}

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long ago a moment was, to the largest unit; the moment itself on hover. `now`: ms since the epoch. */
export function Ago({ value, now }: { value: string; now: number }): ReactNode {
  const language = useLanguage()
  const date = new Date(value)
  const ms = Math.max(0, now - date.getTime())
  const [unit, size] = steps.find(([, step]) => ms >= step) ?? ['second', Infinity]
  const words = new Intl.RelativeTimeFormat(languageTags[language], { numeric: 'auto' })
  return (
    <time dateTime={value} title={localStamp(date, true)}>
      {words.format(-Math.floor(ms / size), unit)}
    </time>
  )
}
