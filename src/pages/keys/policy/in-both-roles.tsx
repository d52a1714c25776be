import type { ReactNode } from 'react'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { inBothRoles, shortPrincipal } from './principals.ts'

/** Said of those who are picked both to administer and to use the key. */
export function InBothRoles(props: {
  administrators: readonly string[]
  users: readonly string[]
  ownAccountId: string
}): ReactNode {
  const t = useText('policy.principals')
  const both = inBothRoles(props)
  if (both.length === 0) return null
  const names = both.map((arn) => shortPrincipal(arn, props.ownAccountId)).join(t('separator'))
  return <Notice live>{t('inBoth', { count: both.length, names })}</Notice>
}
