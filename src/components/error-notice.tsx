import type { ReactNode } from 'react'
import { isApiError, type ApiError } from '#src/api/api-error.ts'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './error-notice.module.css'
import { Button } from './ui/button.tsx'
import { CopyButton } from './ui/copy-button.tsx'
import { Notice } from './ui/notice.tsx'

/** A failure: our words, where it failed, which permission is missing; beneath them the API's message, its code, and the request ID to copy. */
export function ErrorNotice(props: {
  error: unknown
  title?: string
  onRetry?: () => void
  actions?: ReactNode
}): ReactNode {
  const { error, title, onRetry, actions } = props
  const t = useText('errors')
  const errorText = useErrorText()
  const retry = onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null
  return (
    <Notice
      tone="bad"
      live
      title={title ?? errorText(error)}
      {...(retry !== null || actions !== undefined
        ? {
            actions: (
              <>
                {retry}
                {actions}
              </>
            ),
          }
        : {})}
    >
      {title === undefined ? null : <div>{errorText(error)}</div>}
      {isApiError(error) ? <ApiFacts error={error} /> : null}
    </Notice>
  )
}

function ApiFacts(props: { error: ApiError }): ReactNode {
  const { code, message, requestId, detail } = props.error
  const t = useText('errors')
  return (
    <>
      {detail.Cause === undefined ? null : <div>{t(`cause.${detail.Cause}`)}</div>}
      {detail.Hop === undefined ? null : <div>{t('failedAt', { hop: t(`hop.${detail.Hop}`) })}</div>}
      {detail.Decision === undefined ? null : <div>{t('permission', { action: detail.Decision.AuthAction })}</div>}
      {code === '' ? null : (
        <div className={styles.facts}>
          <span lang="en">{message}</span>
          <span>
            {t('codeLabel')}: <code>{code}</code>
          </span>
          {requestId === null ? null : (
            <span className={styles.requestId}>
              {t('requestId')}: <code>{requestId}</code>
              <CopyButton text={requestId} thing={t('requestId')} />
            </span>
          )}
        </div>
      )}
    </>
  )
}
