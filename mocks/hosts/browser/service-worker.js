/**
 * Stands before msw's service worker, in one file with it (vite.config.ts): its listeners come first, and so decide for msw's.
 * Left alone, msw unregisters itself when the last page closes. A reload closes and opens a page: the new one would find a registration
 * that is about to vanish, and every visit would install it anew. And it would pass on each of the console's own files.
 */
const api = new URL('api/', self.registration.scope).href

// Where the browser knows static routes, pages and their files do not wait for this worker to start.
addEventListener('install', (event) => {
  const files = ['script', 'style', 'font', 'image'].map((requestDestination) => ({ requestDestination }))
  event.addRoutes?.({ condition: { or: [{ requestMode: 'navigate' }, ...files] }, source: 'network' })
})

addEventListener('fetch', (event) => {
  if (!event.request.url.startsWith(api)) event.stopImmediatePropagation()
})

addEventListener('message', (event) => {
  if (event.data !== 'CLIENT_CLOSED') return
  event.stopImmediatePropagation()
  activeClientIds.delete(event.source.id)
})
