import RefreshCw from 'lucide-react/icons/refresh-cw'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

/** Asks again for what the page shows. */
export function RefreshButton(props: { label: string; busy: boolean; onRefresh: () => void }): ReactNode {
  const { label, busy, onRefresh } = props
  return (
    <Button iconOnly aria-label={label} busy={busy} icon={<RefreshCw size={16} aria-hidden />} onClick={onRefresh} />
  )
}
