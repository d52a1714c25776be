/** What people call a key and sort it by: aliases and tags. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { limits } from '#src/api/contract/rules.ts'
import { q, tagsOf } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Chip } from '#src/components/ui/badge.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './details.module.css'

/** A key's aliases, as its list and its title need them. */
export const aliasesOf = (api: Parameters<typeof q>[0], region: string, keyId: string) =>
  q(api, region, 'ListAliasesByKeyId', { KeyId: keyId, PageSize: limits.pageSize.ListAliasesByKeyId.max })

export function AliasesCard(props: { keyId: string; region: string }): ReactNode {
  const api = useApi()
  const t = useText('details.aliases')
  const aliases = useQuery(aliasesOf(api, props.region, props.keyId))
  return (
    <Card title={t('title')}>
      {aliases.isPending ? (
        <Skeleton width="long" />
      ) : aliases.isError ? (
        <ErrorNotice error={aliases.error} onRetry={() => void aliases.refetch()} />
      ) : aliases.data.Aliases.Alias.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <>
          <ul className={styles.entries}>
            {aliases.data.Aliases.Alias.map(({ AliasName }) => (
              <li key={AliasName}>
                <Identifier text={AliasName} thing={AliasName} />
              </li>
            ))}
          </ul>
          <div className={styles.hint}>{t('hint')}</div>
        </>
      )}
    </Card>
  )
}

export function TagsCard(props: { keyId: string; region: string }): ReactNode {
  const api = useApi()
  const t = useText('details.tags')
  const tags = useQuery(tagsOf(api, props.region, [props.keyId]))
  return (
    <Card title={t('title')}>
      {tags.isPending ? (
        <Skeleton width="medium" />
      ) : tags.isError ? (
        <ErrorNotice error={tags.error} onRetry={() => void tags.refetch()} />
      ) : tags.data.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <div className={styles.chips}>
          {tags.data.map(({ TagKey, TagValue }) => (
            <Chip key={TagKey}>{TagValue === '' ? TagKey : `${TagKey}: ${TagValue}`}</Chip>
          ))}
        </div>
      )}
    </Card>
  )
}
