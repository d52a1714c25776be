import { Link } from '@tanstack/react-router'
import Activity from 'lucide-react/icons/activity'
import Boxes from 'lucide-react/icons/boxes'
import KeyRound from 'lucide-react/icons/key-round'
import Server from 'lucide-react/icons/server'
import ShieldQuestionMark from 'lucide-react/icons/shield-question-mark'
import { useId, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './navigation.module.css'

const groups = [
  {
    name: 'resources',
    outside: false,
    pages: [
      { to: '/keys', name: 'keys', Icon: KeyRound },
      { to: '/instances', name: 'instances', Icon: Boxes },
    ],
  },
  {
    name: 'operations',
    outside: false,
    pages: [
      { to: '/access', name: 'access', Icon: ShieldQuestionMark },
      { to: '/activity', name: 'activity', Icon: Activity },
    ],
  },
  { name: 'outside', outside: true, pages: [{ to: '/key-manager', name: 'manager', Icon: Server }] },
] as const

/** What exists, and on which side of the cloud's border. `onNavigate`: the drawer of narrow screens closes. */
export function Navigation(props: { onNavigate?: () => void }): ReactNode {
  const t = useText('shell.nav')
  const id = useId()
  const { onNavigate } = props
  const { hasManager } = useApi().backend
  return (
    <nav className={styles.nav} aria-label={t('label')}>
      {groups
        .filter(({ outside }) => hasManager || !outside)
        .map((group) => (
          <div key={group.name} className={group.outside ? styles.outside : styles.group}>
            <div id={`${id}-${group.name}`} className={styles.heading}>
              {t(group.name)}
            </div>
            <ul aria-labelledby={`${id}-${group.name}`}>
              {group.pages.map(({ to, name, Icon }) => (
                <li key={name}>
                  <Link to={to} className={styles.link} activeOptions={{ includeSearch: false }} onClick={onNavigate}>
                    <Icon size={16} aria-hidden />
                    {t(name)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </nav>
  )
}
