import { Link, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** A request ID that leads to the way of its request; outside the pages, in a toast or a dialog of the shell, it is only told. */
export function RequestLink({ requestId }: { requestId: string }): ReactNode {
  const router = useRouter({ warn: false }) as ReturnType<typeof useRouter> | null
  const text = <code>{requestId}</code>
  return router ? (
    <Link to="/activity/$requestId" params={{ requestId }}>
      {text}
    </Link>
  ) : (
    text
  )
}
