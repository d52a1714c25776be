import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { ApiProvider } from './api/api.tsx'
import type { Backend, Identity } from './api/contract/backend.ts'
import { gatherNotifications } from './api/gathered-notifications.ts'
import { createRefresher } from './api/refresher.ts'
import { ErrorNotice } from './components/error-notice.tsx'
import { Announcer } from './components/ui/announcer.tsx'
import { ConfirmProvider } from './components/ui/confirm.tsx'
import { Toasts } from './components/ui/toasts.tsx'
import { router } from './router.tsx'

/** Answers are taken as fresh for this long, ms: what changes in between is announced by the backend anyway. */
const staleTime = 2000

gatherNotifications()

// The client repeats reads where that is safe; nothing else repeats anything.
const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

const refresh = createRefresher(queryClient, {
  now: () => Date.now(),
  later: (ms, work) => void setTimeout(work, ms),
})

/** The console over one backend. When the whole cloud was replaced, everything above the shell begins anew with its identities. */
export function App(props: { backend: Backend; identities: readonly Identity[] }): ReactNode {
  const { backend } = props
  const [world, setWorld] = useState({ generation: 0, identities: props.identities })

  useEffect(() => {
    let asked = 0
    return backend.onChange(({ table, ids }) => {
      const isReplaced = table === 'everything'
      if (!isReplaced) refresh({ table, ids })
      if (!isReplaced && table !== 'identities') return
      const question = ++asked
      void backend.identities().then((identities) => {
        if (isReplaced) queryClient.clear()
        // An older answer does not take a newer one's place.
        else if (question !== asked) return
        setWorld(({ generation }) => ({ generation: isReplaced ? generation + 1 : generation, identities }))
      })
    })
  }, [backend])

  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <ApiProvider key={world.generation} backend={backend} identities={world.identities}>
          <ConfirmProvider renderError={(error) => <ErrorNotice error={error} />}>
            <RouterProvider router={router} />
          </ConfirmProvider>
        </ApiProvider>
        <Toasts />
        <Announcer />
      </QueryClientProvider>
    </CSPProvider>
  )
}
