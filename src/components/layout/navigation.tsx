import { Link } from '@tanstack/react-router'
import Activity from 'lucide-react/icons/activity'
import KeyRound from 'lucide-react/icons/key-round'
import Server from 'lucide-react/icons/server'
import ShieldQuestionMark from 'lucide-react/icons/shield-question-mark'
import { useId, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import styles from './navigation.module.css'

/** What exists, and on which side of the cloud's border. `onNavigate`: the drawer of narrow screens closes. */
export function Navigation(props: { onNavigate?: () => void }): ReactNode {
  const t = useText('shell.nav')
  const id = useId()
  const { onNavigate } = props
  return (
    <nav className={styles.nav} aria-label={t('label')}>
      <div className={styles.group}>
        <div id={`${id}-resources`} className={styles.heading}>
          {t('resources')}
        </div>
        <ul aria-labelledby={`${id}-resources`}>
          <li>
            <Link to="/keys" className={styles.link} activeOptions={{ includeSearch: false }} onClick={onNavigate}>
              <KeyRound size={16} aria-hidden />
              {t('keys')}
            </Link>
          </li>
        </ul>
      </div>
      <div className={styles.group}>
        <div id={`${id}-operations`} className={styles.heading}>
          {t('operations')}
        </div>
        <ul aria-labelledby={`${id}-operations`}>
          <li>
            <Link to="/access" className={styles.link} activeOptions={{ includeSearch: false }} onClick={onNavigate}>
              <ShieldQuestionMark size={16} aria-hidden />
              {t('access')}
            </Link>
          </li>
          <li>
            <Link to="/activity" className={styles.link} activeOptions={{ includeSearch: false }} onClick={onNavigate}>
              <Activity size={16} aria-hidden />
              {t('activity')}
            </Link>
          </li>
        </ul>
      </div>
      <div className={styles.outside}>
        <div id={`${id}-outside`} className={styles.heading}>
          {t('outside')}
        </div>
        <ul aria-labelledby={`${id}-outside`}>
          <li>
            <Link
              to="/key-manager"
              className={styles.link}
              activeOptions={{ includeSearch: false }}
              onClick={onNavigate}
            >
              <Server size={16} aria-hidden />
              {t('manager')}
            </Link>
          </li>
        </ul>
      </div>
    </nav>
  )
}
