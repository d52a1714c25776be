import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { q } from '#src/api/queries.ts'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** Says that the key has gone under an open panel, where it has. */
export function KeyGone(props: { keyId: string; region: string }): ReactNode {
  const api = useApi()
  const t = useText('labels')
  const described = useQuery(q(api, props.region, 'DescribeKey', { KeyId: props.keyId }))
  return described.error?.code === 'Forbidden.KeyNotFound' ? (
    <Notice tone="bad" live title={t('gone.title')}>
      {t('gone.body')}
    </Notice>
  ) : null
}
