import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { firstActions } from '#src/api/contract/first-actions.ts'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import type { KeyRows } from './use-key-rows.ts'

const calls = { aliases: 'ListAliases', tags: 'ListTagResources' } as const
const columns = ['aliases', 'tags'] as const

/** Says which columns lack their words, and why: the rest of the list stands. */
export function MissingColumns(props: KeyRows['missing']): ReactNode {
  const t = useText('keys.missing')
  const failed = columns.filter((column) => props[column] !== null)
  if (failed.length === 0) return null
  return (
    <Notice tone="warn" title={t('title')}>
      <ul>
        {failed.map((column) => (
          <li key={column}>
            {isDenied(props[column])
              ? t('denied', { column: t(column), permission: firstActions[calls[column]].permission })
              : t('failed', { column: t(column) })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
