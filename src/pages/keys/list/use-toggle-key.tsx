import { useCallback, useState } from 'react'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import { toggleOf } from '#src/pages/keys/key-row.ts'
import styles from './list.module.css'

export interface ToggleKey {
  /** The key that is being enabled. */
  readonly busyKeyId: string | null
  /** Enables a key at once; asks before it disables one. `name`: what the person knows the key by. Stable. */
  readonly toggle: (key: KeyMetadata, name: string) => void
}

export function useToggleKey(region: string): ToggleKey {
  const t = useText('keys.action')
  const confirm = useConfirm()
  const [busyKeyId, setBusyKeyId] = useState<string | null>(null)
  const { mutateAsync: enableKey } = useWrite('EnableKey', region)
  const { mutateAsync: disableKey } = useWrite('DisableKey', region)

  const enable = useCallback(
    async (KeyId: string, name: string) => {
      setBusyKeyId(KeyId)
      try {
        await enableKey({ KeyId })
        showToast({ tone: 'ok', title: t('enabled'), detail: name })
      } catch (error) {
        showToast({ tone: 'bad', title: t('enableFailed'), detail: <ErrorNotice error={error} /> })
      } finally {
        setBusyKeyId(null)
      }
    },
    [enableKey, t],
  )
  const askToDisable = useCallback(
    (KeyId: string, name: string) =>
      confirm({
        title: t('disable.title'),
        body: (
          <div className={styles.consequences}>
            <p>
              <strong>{name}</strong>
            </p>
            <p>{t('disable.body')}</p>
            <p>{t('disable.services')}</p>
            <p>{t('disable.reversible')}</p>
          </div>
        ),
        confirmLabel: t('disable.confirm'),
        danger: true,
        run: async () => {
          await disableKey({ KeyId })
          showToast({ tone: 'ok', title: t('disabled'), detail: name })
        },
      }),
    [confirm, disableKey, t],
  )

  const toggle = useCallback(
    ({ KeyId, KeyState }: KeyMetadata, name: string) => {
      if (toggleOf(KeyState).action === 'DisableKey') askToDisable(KeyId, name)
      else void enable(KeyId, name)
    },
    [askToDisable, enable],
  )
  return { busyKeyId, toggle }
}
