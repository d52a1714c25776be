import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './filters.module.css'

/** Pages of as many principals as one answer holds; nothing where one page is enough. */
export function PrincipalPages(props: {
  page: number
  size: number
  total: number
  onPage: (page: number) => void
}): ReactNode {
  const { page, size, total, onPage } = props
  const t = useText('access.matrix')
  const from = (page - 1) * size + 1
  if (total <= size) return null
  return (
    <nav aria-label={t('pages')} className={styles.pages}>
      <Button
        variant="quiet"
        iconOnly
        aria-label={t('previous')}
        icon={<ChevronLeft size={16} aria-hidden />}
        disabledReason={page <= 1 ? t('atFirst') : undefined}
        onClick={() => onPage(page - 1)}
      />
      <span aria-current="page">{t('page', { from, to: Math.min(total, from + size - 1), total })}</span>
      <Button
        variant="quiet"
        iconOnly
        aria-label={t('next')}
        icon={<ChevronRight size={16} aria-hidden />}
        disabledReason={page * size >= total ? t('atLast') : undefined}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  )
}
