import type { ReactNode } from 'react'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { Badge } from '#src/components/ui/badge.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './key-manager.module.css'

/** Nobody signs for the key manager, so that it lets in no page but its own server's. */
export function Elsewhere({ address }: { address: string }): ReactNode {
  const t = useText('manager')
  return (
    <div className={styles.page}>
      <PageHeader title={t('title')}>
        <Badge tone="external">{t('outside')}</Badge>
      </PageHeader>
      <Notice tone="external" title={t('elsewhere.title')}>
        {t.rich('elsewhere.text', { address: () => <code>{address}</code> })}
      </Notice>
    </div>
  )
}
