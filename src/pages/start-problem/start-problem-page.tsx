import { useEffect, type ReactNode } from 'react'
import type { StartProblem } from '#src/api/contract/backend.ts'
import { Mark } from '#src/components/layout/mark.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './start-problem-page.module.css'

/** Instead of the console, where it cannot start: which condition fails, and what to do. */
export function StartProblemPage(props: { problem: StartProblem; detail: string; onRetry: () => void }): ReactNode {
  const { problem, detail, onRetry } = props
  const t = useText('start')

  useEffect(() => {
    document.title = t('documentTitle')
  }, [t])

  return (
    <main className={styles.page}>
      <div className={styles.product}>
        <Mark />
        <h1 className={styles.title}>{t('title')}</h1>
      </div>
      <Notice tone="bad" live title={t(`${problem}.title`)}>
        {t(`${problem}.text`)}
      </Notice>
      <p>{t(`${problem}.remedy`)}</p>
      <div>
        <Button variant="primary" onClick={onRetry}>
          {t('retry')}
        </Button>
      </div>
      <Disclosure summary={t('detail')}>
        <code className={styles.detail}>{detail}</code>
      </Disclosure>
    </main>
  )
}
