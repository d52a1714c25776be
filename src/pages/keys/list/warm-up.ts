import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { withMessages } from '#src/i18n/spoken.ts'

/** Code that the next gestures in a list want, the likeliest first. */
const wanted: (() => Promise<unknown>)[] = [
  () => withMessages(['bulk'], import('#src/pages/keys/bulk/selection-bar.tsx')),
  () => import('#src/components/ui/tooltip-popup.tsx'),
  () => import('#src/components/ui/menu-popup.tsx'),
  () => withMessages(['life'], import('#src/pages/keys/life/key-menu.tsx')),
  () => import('#src/components/ui/picker-popup.tsx'),
  () => withMessages(['life'], import('#src/pages/keys/life/life-dialogs.tsx')),
  () => withMessages(['create', 'labels', 'policy', 'rotation'], import('#src/pages/keys/create/create-key-panel.tsx')),
  () => withMessages(['defaultkey'], import('./default-keys.tsx')),
  () => withMessages(['shortcuts'], import('#src/components/shortcuts/command-palette.tsx')),
]

const idle = (): Promise<unknown> =>
  new Promise((resolve) => {
    // Safari has no idle callbacks.
    if ('requestIdleCallback' in window) requestIdleCallback(resolve)
    else setTimeout(resolve, 100)
  })

/**
 * Once the list is at rest, loads what it is likely to want next, a piece at a time while the browser is idle: the first gesture finds its
 * code there. What fails is tried again by whoever wants it.
 */
export function useWarmUp(isAtRest: boolean): void {
  const { routesByPath } = useRouter()
  useEffect(() => {
    if (!isAtRest) return
    let isOver = false
    const keyPage = () => Promise.resolve(routesByPath['/keys/$keyId'].options.component?.preload?.())
    void (async () => {
      for (;;) {
        await idle()
        if (isOver) return
        const load = wanted.shift()
        await (load ?? keyPage)().catch(() => undefined)
        if (!load) return
      }
    })()
    return () => {
      isOver = true
    }
  }, [isAtRest, routesByPath])
}
