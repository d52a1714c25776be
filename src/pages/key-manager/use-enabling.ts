import { useQueryClient } from '@tanstack/react-query'
import { isApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { managerQueryKey, setManagerKeyEnabled } from '#src/api/key-manager.ts'
import { refresh } from '#src/api/queries.ts'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'

/** What is shown of a key after it has changed at the manager, here and in the cloud's report of it. */
export function useManagerRefresh(): () => Promise<unknown> {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: managerQueryKey }),
      refresh(queryClient, ['DescribeExternalKeys']),
    ])
}

/** Enables a key at once, and disables it after asking. */
export function useEnabling(): { readonly enable: (id: string) => void; readonly disable: (id: string) => void } {
  const api = useApi()
  const confirm = useConfirm()
  const errorText = useErrorText()
  const t = useText('manager')
  const refreshAll = useManagerRefresh()

  async function setEnabled(id: string, enabled: boolean): Promise<void> {
    await setManagerKeyEnabled(api, id, enabled)
    await refreshAll()
    showToast({ tone: 'ok', title: t(enabled ? 'done.enabled' : 'done.disabled', { id }) })
  }

  async function enableNow(id: string): Promise<void> {
    try {
      await setEnabled(id, true)
    } catch (error) {
      if (!isApiError(error)) throw error
      showToast({ tone: 'bad', title: errorText(error) })
    }
  }

  return {
    enable: (id) => void enableNow(id),
    disable: (id) =>
      confirm({
        title: t('disableConfirm.title', { id }),
        body: t('disableConfirm.body'),
        confirmLabel: t('disable'),
        danger: true,
        run: () => setEnabled(id, false),
      }),
  }
}
