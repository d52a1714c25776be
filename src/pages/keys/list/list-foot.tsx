import type { ReactNode } from 'react'
import { Pagination } from '#src/components/ui/pagination.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { readKeySearch } from '#src/pages/keys/key-search.ts'
import type { ListProps } from './user-keys.tsx'

/** How many keys there are, and the way through their pages. */
export function ListFoot(props: Pick<ListProps, 'search' | 'onSearch'> & { total: number }): ReactNode {
  const { search, onSearch, total } = props
  const t = useText('keys.table')
  return (
    <Pagination
      page={search.page ?? 1}
      size={search.size ?? 10}
      total={total}
      summary={t('total', { total })}
      onPage={(page) => onSearch(readKeySearch({ ...search, page }))}
      onSize={(size) => onSearch(readKeySearch({ ...search, size, page: 1 }))}
    />
  )
}
