/**
 * The page's only Trusted Types policy, and the first import of the entry. Text becomes code in two places: msw registers its
 * service worker, and the emulator's worker is started. Both turn the address into plain text, so the policy is the default one;
 * it admits those addresses and nothing else. It turns no text into markup or script: React and Base UI need neither.
 */

declare global {
  // TypeScript's DOM types lack Trusted Types; this is the part in use (W3C Trusted Types).
  interface Window {
    readonly trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(text: string): string }): unknown
    }
  }
}

/** Named so by the build (vite.config.ts); the hash changes with its content. */
const workerFile = /^assets\/emulator-worker-[\w-]{8}\.js$/

/**
 * The address in full, where the page at `page` (its URL), served under `base`, may start a worker from it.
 * Throws a TypeError for every other address.
 */
export function admittedScript(text: string, page: string, base: string): string {
  const url = new URL(text, page)
  const root = new URL(base, page).href
  const file = url.href.startsWith(root) ? url.href.slice(root.length) : null
  if (file === 'mockServiceWorker.js' || (file !== null && workerFile.test(file))) return url.href
  throw new TypeError(`No worker is started from ${url.href}.`)
}

if (typeof window !== 'undefined') {
  window.trustedTypes?.createPolicy('default', {
    createScriptURL: (text) => {
      if (!__EMULATOR__) throw new TypeError('This build starts no worker.')
      return admittedScript(text, window.location.href, import.meta.env.BASE_URL)
    },
  })
}
