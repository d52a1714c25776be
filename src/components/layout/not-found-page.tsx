import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { buttonClass } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './layout.module.css'
import { PageHeader } from './page-header.tsx'

export function NotFoundPage(): ReactNode {
  const t = useText('shell')
  return (
    <div className={styles.message}>
      <PageHeader title={t('notFound.title')} />
      <p>{t('notFound.text')}</p>
      <div>
        <Link to="/keys" className={buttonClass('primary')}>
          {t('notFound.home')}
        </Link>
      </div>
    </div>
  )
}
