import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './created-notice.module.css'

export interface CreatedKey {
  readonly keyId: string
  readonly arn: string
  /** The ID of an external key is another than the key's own, and no application's business. */
  readonly isExternal: boolean
  /** Why the alias was refused although the key was made; null where none was, or none was wanted. */
  readonly aliasProblem: ApiError | null
}

/** Says what was made, gives its identifiers, and leads on. */
export function CreatedNotice(props: { created: CreatedKey; region: string; onDismiss: () => void }): ReactNode {
  const { created, region, onDismiss } = props
  const { keyId, arn, isExternal, aliasProblem } = created
  const t = useText('keys.created')
  return (
    <Notice
      live
      tone={aliasProblem ? 'warn' : 'ok'}
      title={t(aliasProblem ? 'aliasTitle' : 'title')}
      actions={
        <>
          <Link to="/keys/$keyId" params={{ keyId }} search={{ region }} className={buttonClass('plain')}>
            {t('tryIt')}
          </Link>
          <Button variant="quiet" onClick={onDismiss}>
            {t('dismiss')}
          </Button>
        </>
      }
    >
      {aliasProblem ? (
        <p>
          {t('alias')} <span lang="en">{aliasProblem.message}</span> <code>{aliasProblem.code}</code>
        </p>
      ) : null}
      <p>{t(isExternal ? 'referenceExternal' : 'reference')}</p>
      <dl className={styles.names}>
        <dt>{t('keyId')}</dt>
        <dd>
          <Identifier text={keyId} thing={t('keyId')} />
        </dd>
        <dt>{t('arn')}</dt>
        <dd>
          <Identifier text={arn} thing={t('arn')} />
        </dd>
      </dl>
    </Notice>
  )
}
