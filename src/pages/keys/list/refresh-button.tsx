import { useQueryClient } from '@tanstack/react-query'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useState, type ReactNode } from 'react'
import { refresh } from '#src/api/queries.ts'
import { Button } from '#src/components/ui/button.tsx'
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
export function RefreshButton(): ReactNode {
  const queryClient = useQueryClient()
  const t = useText('keys.table')
  const [busy, setBusy] = useState(false)

  async function ask(): Promise<void> {
    setBusy(true)
    await refresh(queryClient, reads)
    setBusy(false)
  }

  return (
    <Button
      iconOnly
      aria-label={t('refresh')}
      icon={<RefreshCw size={16} aria-hidden />}
      busy={busy}
      onClick={() => void ask()}
    />
  )
}
