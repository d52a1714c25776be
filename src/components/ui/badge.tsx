import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import styles from './badge.module.css'
import { cx } from './cx.ts'

export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'accent' | 'external'

/** A word that classifies. */
export function Badge(props: { tone?: Tone; children: ReactNode }): ReactNode {
  return <span className={cx(styles.badge, styles[props.tone ?? 'idle'])}>{props.children}</span>
}

/** A key–value pair or a filter in force; with `onRemove` it can be taken away, `name` naming it then. */
export function Chip(
  props: { tone?: 'accent' | 'plain'; mono?: boolean; children: ReactNode } & (
    | { onRemove: () => void; name: string }
    | { onRemove?: never; name?: never }
  ),
): ReactNode {
  const { tone = 'plain', mono = false, children, onRemove, name } = props
  const t = useText('ui')
  return (
    <span className={cx(styles.chip, tone === 'accent' && styles.accent, mono && styles.mono)}>
      <span className={styles.text}>{children}</span>
      {onRemove ? (
        <button type="button" className={styles.remove} aria-label={t('remove', { thing: name })} onClick={onRemove}>
          <X size={12} aria-hidden />
        </button>
      ) : null}
    </span>
  )
}
