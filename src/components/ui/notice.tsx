import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Info from 'lucide-react/icons/info'
import KeyRound from 'lucide-react/icons/key-round'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { cx } from './cx.ts'
import styles from './notice.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

export type NoticeTone = 'info' | 'ok' | 'warn' | 'bad' | 'external'

const icons = {
  info: Info,
  ok: CircleCheck,
  warn: TriangleAlert,
  bad: CircleAlert,
  external: KeyRound,
} as const satisfies Record<NoticeTone, unknown>

/**
 * Something the person should know here. `external`: about what stands outside the cloud. `live`: it appeared in answer to what the person
 * did, so it is announced (a failure at once, the rest politely).
 */
export function Notice(props: {
  tone?: NoticeTone
  title?: string
  children?: ReactNode
  actions?: ReactNode
  live?: boolean
}): ReactNode {
  const { tone = 'info', title, children, actions, live = false } = props
  const t = useText('ui')
  const Icon = icons[tone]
  return (
    <div className={cx(styles.notice, styles[tone])} {...(live ? { role: tone === 'bad' ? 'alert' : 'status' } : {})}>
      <Icon size={16} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <VisuallyHidden>{t(`notice.${tone}`)}</VisuallyHidden>
        {title === undefined ? null : <div className={styles.title}>{title}</div>}
        {children === undefined ? null : <div>{children}</div>}
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  )
}
