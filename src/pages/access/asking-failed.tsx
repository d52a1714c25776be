import type { ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { DeniedPlace } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { useText } from '#src/i18n/use-text.ts'

/** Why there is no answer. `framed`: it stands on the page, in no card or panel. */
export function AskingFailed(props: { error: unknown; onRetry: () => void; framed?: boolean }): ReactNode {
  const { error, onRetry, framed = false } = props
  const t = useText('access')
  if (!isDenied(error)) return <ErrorNotice error={error} onRetry={onRetry} />
  return (
    <DeniedPlace error={error} what="answer" framed={framed}>
      {t('denied')}
    </DeniedPlace>
  )
}
