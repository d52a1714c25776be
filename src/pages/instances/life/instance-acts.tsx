import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { useWrite } from '#src/api/queries.ts'
import { Button } from '#src/components/ui/button.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import { isReceived } from '#src/pages/instances/standing.ts'

const ProtectInstance = lazy(() =>
  import('./protect-instance.tsx').then((module) => ({ default: module.ProtectInstance })),
)
const ReleaseInstance = lazy(() =>
  import('./release-instance.tsx').then((module) => ({ default: module.ReleaseInstance })),
)
const BindVpcs = lazy(() => import('./bind-vpcs.tsx').then((module) => ({ default: module.BindVpcs })))

/** What its owner can do with an instance as a whole. */
export function InstanceActs(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const { InstanceId: KmsInstanceId, InstanceName, Status, ChargeType, DeletionProtection } = instance
  const t = useText('instances.life')
  const navigate = useNavigate()
  const confirm = useConfirm()
  const protect = useWrite('SetDeletionProtection', region)
  const [open, setOpen] = useState<'protect' | 'release' | 'vpcs' | null>(null)
  if (isReceived(instance) || DeletionProtection === undefined) return null
  const name = InstanceName || KmsInstanceId
  const close = (): void => setOpen(null)
  return (
    <>
      <Button
        disabledReason={Status === 'Connected' ? undefined : t('vpcs.notEnabled')}
        onClick={() => setOpen('vpcs')}
      >
        {t('vpcs.action')}
      </Button>
      {DeletionProtection ? (
        <Button
          onClick={() =>
            confirm({
              title: t('unprotect.title', { name }),
              body: <p>{t('unprotect.body')}</p>,
              confirmLabel: t('unprotect.confirm'),
              run: async () => {
                await protect.mutateAsync({ KmsInstanceId, EnableDeletionProtection: false })
                showToast({ tone: 'ok', title: t('unprotect.done', { name }) })
              },
            })
          }
        >
          {t('unprotect.action')}
        </Button>
      ) : (
        <Button onClick={() => setOpen('protect')}>{t('protect.action')}</Button>
      )}
      {ChargeType === 'POSTPAY' ? (
        <Button
          variant="danger"
          disabledReason={DeletionProtection ? t('release.protected') : undefined}
          onClick={() => setOpen('release')}
        >
          {t('release.action')}
        </Button>
      ) : null}
      <Suspense>
        {open === 'protect' ? <ProtectInstance instance={instance} region={region} onClose={close} /> : null}
        {open === 'vpcs' ? <BindVpcs instance={instance} region={region} onClose={close} /> : null}
        {open === 'release' ? (
          <ReleaseInstance
            instance={instance}
            region={region}
            onClose={close}
            onReleased={() => {
              showToast({ tone: 'ok', title: t('release.done', { name }) })
              void navigate({ to: '/instances', search: { region } })
            }}
          />
        ) : null}
      </Suspense>
    </>
  )
}
