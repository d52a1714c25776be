import type { ReactNode } from 'react'
import { languageTags } from '#src/i18n/languages.ts'
import { useLanguage } from '#src/i18n/use-text.ts'
import { agoText, localStamp, utcStamp, zoneName } from './stamp.ts'

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
  const tag = languageTags[useLanguage()]
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return String(value)
  return <time dateTime={date.toISOString()}>{`${localStamp(date)} ${zoneName(date, tag)} · ${utcStamp(date)}`}</time>
}

/** How long ago a moment was; the moment itself on hover. `now`: ms since the epoch. */
export function Ago({ value, now }: { value: string; now: number }): ReactNode {
  const tag = languageTags[useLanguage()]
  const date = new Date(value)
  return (
    <time dateTime={value} title={localStamp(date, true)}>
      {agoText(now - date.getTime(), tag)}
    </time>
  )
}
