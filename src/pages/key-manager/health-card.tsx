import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { checkManager } from '#src/api/key-manager.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './key-manager.module.css'

/** Whether the manager can make, wrap and use a key: asked when one asks. */
export function HealthCard(): ReactNode {
  const api = useApi()
  const t = useText('manager.health')
  const check = useMutation({ mutationFn: () => checkManager(api) })
  return (
    <Card
      title={t('title')}
      external
      aside={
        <Button busy={check.isPending} onClick={() => check.mutate()}>
          {t('check')}
        </Button>
      }
    >
      <div className={styles.stack}>
        <p className={styles.quiet}>{t('hint')}</p>
        <div aria-live="polite" className={styles.inline}>
          {check.data ? (
            <>
              {check.data.working ? (
                <StatusMark shape="dot" tone="ok" label={t('working')} />
              ) : (
                <StatusMark shape="square" tone="bad" label={t('broken')} />
              )}
              <span className={styles.quiet}>
                {t.rich('checked', { time: () => <Time value={check.data.checkedAt} seconds /> })}
              </span>
            </>
          ) : check.isError ? (
            <ErrorNotice error={check.error} />
          ) : (
            <span className={styles.quiet}>{t('never')}</span>
          )}
        </div>
      </div>
    </Card>
  )
}
