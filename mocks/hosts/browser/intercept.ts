/** Requests of the page below `<base>api/`, handed to the emulator by msw's service worker. The only importer of msw. */
import { http } from 'msw'
import { setupWorker } from 'msw/browser'

export interface Interception {
  /** Resolves when this page's requests are intercepted again. Rejects when they cannot be. */
  readonly revive: () => Promise<void>
}

/** How long a service worker may take to confirm that it passes a page's requests on, ms. */
const confirmationMs = 10_000
const reloadedKey = 'kms.reloaded'

/**
 * msw loads the page anew when its service worker is registered but does not control the page, as after a forced reload. In a browser that
 * never lets it take control this would not end: the second time in a row is refused.
 */
async function refuseEndlessReload(base: string): Promise<void> {
  const registered = await navigator.serviceWorker.getRegistration(base)
  if (!registered || navigator.serviceWorker.controller) {
    sessionStorage.removeItem(reloadedKey)
    return
  }
  if (sessionStorage.getItem(reloadedKey) !== null) throw new Error('The service worker does not control the page.')
  sessionStorage.setItem(reloadedKey, 'yes')
}

/** A service worker that the browser stopped has forgotten its pages. Resolves when it has confirmed this one. */
function activate(serviceWorker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController()
    const { signal } = listening
    const patience = setTimeout(() => {
      listening.abort()
      reject(new Error('The service worker does not answer.'))
    }, confirmationMs)
    navigator.serviceWorker.addEventListener(
      'message',
      ({ data, source }: MessageEvent<{ readonly type?: unknown }>) => {
        if (source !== serviceWorker || data.type !== 'MOCKING_ENABLED') return
        clearTimeout(patience)
        listening.abort()
        resolve()
      },
      { signal },
    )
    serviceWorker.postMessage('MOCK_ACTIVATE')
  })
}

/** Starts to intercept. Rejects where service workers are blocked. `answer` must not reject. */
export async function intercept(base: string, answer: (request: Request) => Promise<Response>): Promise<Interception> {
  const handler = http.all(`${base}api/*`, ({ request }) => answer(request))
  let registration: ServiceWorkerRegistration | undefined
  let reviving: Promise<void> | null = null

  async function bind(): Promise<void> {
    await refuseEndlessReload(base)
    registration = await setupWorker(handler).start({
      quiet: true,
      onUnhandledRequest: 'bypass',
      serviceWorker: { url: `${base}mockServiceWorker.js`, options: { scope: base } },
      // A new function each time: msw then drops the service worker that it was bound to.
      findWorker: (scriptUrl, wanted) => scriptUrl === wanted,
    })
  }
  // Tabs that open together would find each other's half-made registration, and reload.
  const bindInTurn = (): Promise<void> => navigator.locks.request(`kms-intercept:${base}`, bind)

  async function revive(): Promise<void> {
    const { controller } = navigator.serviceWorker
    if (controller && controller === registration?.active) return activate(controller)
    // Another service worker took over, or somebody removed ours. What msw drops it also unregisters, by its scope:
    // that would hit the one that other tabs use.
    if (registration) registration.unregister = async () => false
    await bindInTurn()
  }

  await bindInTurn()
  return {
    revive: () =>
      (reviving ??= revive().finally(() => {
        reviving = null
      })),
  }
}
