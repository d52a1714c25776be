import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { refresh } from '#src/api/queries.ts'
import { RefreshButton } from '#src/components/ui/refresh-button.tsx'
import { useText } from '#src/i18n/use-text.ts'

const reads = [
  'ListKmsInstances',
  'GetKmsInstanceQuotaInfos',
  'ListKeys',
  'DescribeKey',
  'DescribeExternalKeys',
  'ListAliases',
  'ListTagResources',
] as const

/** Asks everything on the page again. */
export function RefreshList(): ReactNode {
  const queryClient = useQueryClient()
  const t = useText('keys.table')
  const [busy, setBusy] = useState(false)

  async function ask(): Promise<void> {
    setBusy(true)
    await refresh(queryClient, reads)
    setBusy(false)
  }

  return <RefreshButton label={t('refresh')} busy={busy} onRefresh={() => void ask()} />
}
