import { useQuery } from '@tanstack/react-query'
import Pencil from 'lucide-react/icons/pencil'
import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { tagsOf } from '#src/api/queries.ts'
import { DeniedNotice } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Chip } from '#src/components/ui/badge.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf, type KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { loadTags, useLabelPanels } from './label-panels.tsx'
import styles from './labels.module.css'

/** A key's tags, and the way to edit them. */
export function TagsCard(props: { keyMetadata: KeyMetadata; region: string; facts: KeyFacts }): ReactNode {
  const { keyMetadata: key, region, facts } = props
  const api = useApi()
  const t = useText('labels.tags')
  const blockerText = useBlockerText()
  const tags = useQuery(tagsOf(api, region, [key.KeyId]))
  const openPanel = useLabelPanels()
  // Whoever may do one of the two has something to edit.
  const adding = blockerOf('TagResource', facts)
  const blocker = adding && blockerOf('UntagResource', facts) ? adding : null
  const reason = tags.data ? blocker && blockerText(blocker) : t('unread')
  return (
    <Card
      title={t('title')}
      aside={
        <Button
          icon={<Pencil size={16} aria-hidden />}
          disabledReason={reason ?? undefined}
          onPointerEnter={() => void loadTags()}
          onClick={() => openPanel({ is: 'tags', keyMetadata: key })}
        >
          {t('edit')}
        </Button>
      }
    >
      {tags.isPending ? (
        <Skeleton width="medium" />
      ) : isDenied(tags.error) ? (
        <DeniedNotice error={tags.error} />
      ) : tags.isError ? (
        <ErrorNotice error={tags.error} onRetry={() => void tags.refetch()} />
      ) : tags.data.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <ul className={styles.chips} aria-label={t('title')}>
          {tags.data.map(({ TagKey, TagValue }) => (
            <li key={TagKey}>
              <Chip>{TagValue === '' ? TagKey : t('tag', { key: TagKey, value: TagValue })}</Chip>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
