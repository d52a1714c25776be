import type { ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'

/** How long a key has until it is deleted, from whole hours. */
export function Countdown(props: { hours: number }): ReactNode {
  const t = useText('keys.table.countdown')
  const days = Math.floor(props.hours / 24)
  if (days > 0) return t('days', { days, hours: props.hours % 24 })
  return props.hours > 0 ? t('hours', { hours: props.hours }) : t('soon')
}
