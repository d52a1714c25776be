import { Toast } from '@base-ui/react/toast'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Info from 'lucide-react/icons/info'
import X from 'lucide-react/icons/x'
import { useEffect, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { connectToasts, type ToastRequest } from './toast.ts'
import styles from './toasts.module.css'

/** Failures stay until they are closed; the rest goes by itself, ms. All are announced politely: the library hides one of
 * high priority from assistive technology while its buttons can be focused. */
const timeouts = { ok: 6000, info: 6000, bad: 0 } as const
const icons = { ok: CircleCheck, info: Info, bad: CircleAlert } as const

export default function ToastRegion(): ReactNode {
  const t = useText('ui')
  return (
    <Toast.Provider limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport} aria-label={t('notifications')}>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList(): ReactNode {
  const t = useText('ui')
  const { toasts, add, close } = Toast.useToastManager<ToastRequest>()
  useEffect(
    () =>
      connectToasts((request) => {
        add({
          title: request.title,
          description: request.detail,
          type: request.tone,
          timeout: timeouts[request.tone],
          data: request,
        })
      }),
    [add],
  )
  return toasts.map((toast) => {
    const { tone = 'info', action } = toast.data ?? {}
    const Icon = icons[tone]
    return (
      <Toast.Root key={toast.id} toast={toast} className={cx(styles.toast, styles[tone])}>
        <Toast.Content className={styles.content}>
          <Icon size={16} aria-hidden className={styles.icon} />
          <div className={styles.words}>
            <Toast.Title className={styles.title} />
            <Toast.Description className={styles.detail} render={<div />} />
            {action ? (
              <div>
                <Button
                  variant="link"
                  onClick={() => {
                    action.onSelect()
                    close(toast.id)
                  }}
                >
                  {action.label}
                </Button>
              </div>
            ) : null}
          </div>
          <Toast.Close
            aria-label={t('close')}
            render={<Button variant="quiet" iconOnly icon={<X size={14} aria-hidden />} />}
          />
        </Toast.Content>
      </Toast.Root>
    )
  })
}
