import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { PageHeader } from './page-header.tsx'
import styles from './layout.module.css'

/** Instead of a page that threw: what it threw, with its request ID where there is one, and a way to try again. */
export function CrashPage({ error, reset }: ErrorComponentProps): ReactNode {
  const t = useText('shell')
  const router = useRouter()
  return (
    <div className={styles.message}>
      <PageHeader title={t('crash.title')} />
      <ErrorNotice
        error={error}
        onRetry={() => {
          reset()
          void router.invalidate()
        }}
      />
      <p>{t('crash.text')}</p>
    </div>
  )
}
