import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useId, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { Button } from './button.tsx'
import { Select } from './inputs.tsx'
import styles from './pagination.module.css'
import { useAnswerFirst } from './use-answer-first.ts'

export const pageSizes = [10, 20, 50] as const
export type PageSize = (typeof pageSizes)[number]

const options = pageSizes.map((size) => ({ value: String(size), label: String(size) }))

/** `summary`: how many there are, in the page's own words. */
export function Pagination(props: {
  page: number
  size: PageSize
  total: number
  summary: ReactNode
  onPage: (page: number) => void
  onSize: (size: PageSize) => void
}): ReactNode {
  const { size, total, summary, onSize } = props
  const [page, choose] = useAnswerFirst(props.page, props.onPage)
  const t = useText('ui')
  const sizeId = useId()
  const pages = Math.max(1, Math.ceil(total / size))
  return (
    <nav className={styles.pagination} aria-label={t('pages.label')}>
      <span className={styles.summary}>{summary}</span>
      <label htmlFor={sizeId}>{t('pages.size')}</label>
      <span className={styles.size}>
        <Select
          id={sizeId}
          value={String(size)}
          options={options}
          onChange={(event) => onSize(pageSizes.find((known) => String(known) === event.target.value) ?? size)}
        />
      </span>
      <Button
        variant="quiet"
        iconOnly
        aria-label={t('pages.previous')}
        icon={<ChevronLeft size={16} aria-hidden />}
        disabledReason={page <= 1 ? t('pages.atFirst') : undefined}
        onClick={() => choose(page - 1)}
      />
      <span aria-current="page" className={styles.position} aria-label={t('pages.position', { page, pages })}>
        {page} / {pages}
      </span>
      <Button
        variant="quiet"
        iconOnly
        aria-label={t('pages.next')}
        icon={<ChevronRight size={16} aria-hidden />}
        disabledReason={page >= pages ? t('pages.atLast') : undefined}
        onClick={() => choose(page + 1)}
      />
    </nav>
  )
}
