/** What stands where a list of keys would: why there is none, and the one next step. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import Inbox from 'lucide-react/icons/inbox'
import KeyRound from 'lucide-react/icons/key-round'
import SearchX from 'lucide-react/icons/search-x'
import Unplug from 'lucide-react/icons/unplug'
import type { ReactNode } from 'react'
import { isDenied, type ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { managerKeys } from '#src/api/key-manager.ts'
import { DeniedPlace } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { EmptyState } from '#src/components/ui/empty-state.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { createRefusal } from '#src/pages/keys/instances.ts'
import styles from './list-states.module.css'

const iconSize = 28

/** An empty state in the frame that a table would have. */
export function Message(props: {
  icon: LucideIcon
  title: string
  action?: ReactNode
  children: ReactNode
}): ReactNode {
  const { icon: Icon, title, action, children } = props
  return (
    <div className={styles.frame}>
      <EmptyState icon={<Icon size={iconSize} aria-hidden />} title={title} action={action}>
        {children}
      </EmptyState>
    </div>
  )
}

/** A list that could not be read: which permission is missing, or what failed. */
export function ListFailure(props: { error: ApiError; title: string; onRetry: () => void }): ReactNode {
  const { error, title, onRetry } = props
  return isDenied(error) ? (
    <DeniedPlace error={error} what="list" framed />
  ) : (
    <ErrorNotice error={error} title={title} onRetry={onRetry} />
  )
}

export function NoInstance(): ReactNode {
  const t = useText('keys.empty.noInstance')
  return (
    <Message icon={Inbox} title={t('title')}>
      {t('body')}
    </Message>
  )
}

export function InstanceGone(props: { id: string; onShowOthers: () => void }): ReactNode {
  const t = useText('keys.empty.instanceGone')
  return (
    <Message icon={SearchX} title={t('title')} action={<Button onClick={props.onShowOthers}>{t('action')}</Button>}>
      {t('body', { id: props.id })}
    </Message>
  )
}

export function InstanceNotEnabled(): ReactNode {
  const t = useText('keys.empty.notEnabled')
  return (
    <Message icon={Unplug} title={t('title')}>
      {t('body')}
    </Message>
  )
}

/** An instance without keys. On an external one the first step may lie outside the cloud: no key at the manager yet. */
export function NoKeys({ instance }: { instance: KmsInstance }): ReactNode {
  const isReady = createRefusal(instance) === null
  const api = useApi()
  const region = useRegion()
  const t = useText('keys.empty')
  const isExternal = instance.InstanceType === 'External'
  const manager = useQuery({ ...managerKeys(api), enabled: isReady && isExternal })

  if (isReady && isExternal && manager.data?.length === 0)
    return (
      <EmptyState
        external
        icon={<KeyRound size={iconSize} aria-hidden />}
        title={t('noManagerKey.title')}
        action={
          <Link to="/key-manager" search={{ region }} className={buttonClass('plain')}>
            {t('noManagerKey.action')}
          </Link>
        }
      >
        {t('noManagerKey.body')}
      </EmptyState>
    )
  const words = isExternal ? (isReady ? 'external' : 'unconnected') : isReady ? 'ready' : 'other'
  return (
    <Message icon={Inbox} title={t('noKey.title')}>
      {t(`noKey.${words}`)}
    </Message>
  )
}

export function NoMatch(props: { onClear: () => void }): ReactNode {
  const t = useText('keys')
  return (
    <Message
      icon={SearchX}
      title={t('empty.filtered.title')}
      action={<Button onClick={props.onClear}>{t('filter.clear')}</Button>}
    >
      {t('empty.filtered.body')}
    </Message>
  )
}

export function PageBeyondEnd(props: { page: number; last: number; onGoToLast: () => void }): ReactNode {
  const { page, last, onGoToLast } = props
  const t = useText('keys.empty.pageBeyond')
  return (
    <Message icon={SearchX} title={t('title', { page })} action={<Button onClick={onGoToLast}>{t('action')}</Button>}>
      {t('body', { last })}
    </Message>
  )
}
