import type { ReactNode } from 'react'
import { isApiError } from '#src/api/api-error.ts'
import { DenialFacts } from './denied.tsx'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './error-notice.module.css'
import { RequestLink } from './request-link.tsx'
import { Button } from './ui/button.tsx'
import { CopyButton } from './ui/copy-button.tsx'
import { Notice } from './ui/notice.tsx'

/**
 * A failure: our words for it in the person's language, the API's own message beneath, where it failed, its code, and the request ID to
 * copy. `title` says what did not work, where that is not plain from the place.
 */
export function ErrorNotice(props: { error: unknown; title?: string; onRetry?: (() => void) | undefined }): ReactNode {
  const { error, title, onRetry } = props
  const t = useText('errors')
  const words = useErrorText()(error)
  const retry =
    onRetry === undefined ? undefined : (
      <Button variant="link" onClick={onRetry}>
        {t('retry')}
      </Button>
    )
  return (
    <Notice tone="bad" live title={title ?? words} actions={retry}>
      {title === undefined ? null : <p>{words}</p>}
      <ErrorFacts error={error} words={words} />
    </Notice>
  )
}

/** What the API itself said: its message, where it failed, the code and the request ID. `words`: ours, which stand beside it. */
export function ErrorFacts({ error, words }: { error: unknown; words: string }): ReactNode {
  const t = useText('errors')
  const message = error instanceof Error ? error.message : String(error)
  if (!isApiError(error)) return <p className={styles.message}>{message}</p>
  const { code, requestId, detail, parameter } = error
  return (
    <div className={styles.facts}>
      {message === '' || message === words ? null : (
        <p className={styles.message} lang="en">
          {message}
        </p>
      )}
      {detail.Hop === undefined ? null : <p>{t('failedAt', { hop: t(`hop.${detail.Hop}`) })}</p>}
      {detail.Decision === undefined ? null : <DenialFacts decision={detail.Decision} />}
      {(detail.Holdings ?? []).map(({ AccountId, KmsInstanceId, KeyCount }) => (
        <p key={`${AccountId} ${KmsInstanceId}`}>
          {t('holding', { account: AccountId, instance: KmsInstanceId, count: KeyCount })}
        </p>
      ))}
      {parameter === null ? null : <p>{t('parameter', { name: parameter })}</p>}
      {code === '' ? null : (
        <p>
          {t('codeLabel')} <code>{code}</code>
        </p>
      )}
      {requestId === null ? null : (
        <p className={styles.requestId}>
          {t('requestId')} <RequestLink requestId={requestId} />
          <CopyButton text={requestId} thing={t('requestId')} />
        </p>
      )}
    </div>
  )
}
