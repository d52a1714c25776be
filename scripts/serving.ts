/** The production build in a browser, for the scripts that measure it. */
import { chromium, type Browser, type ConsoleMessage, type Page } from '@playwright/test'
import { preview } from 'vite'
import { browserArguments, ensureBrowser } from './browser.ts'

export interface Served {
  /** Ends in `/`. */
  readonly address: string
  readonly close: () => Promise<void>
}

/** Serves a build with the console's headers on a free port of loopback. */
export async function serve(outDir: string): Promise<Served> {
  const server = await preview({ build: { outDir }, preview: { port: 4700, strictPort: false }, logLevel: 'warn' })
  const address = server.resolvedUrls?.local[0]
  if (!address) throw new Error('The server has no address.')
  return { address, close: () => server.close() }
}

export const launch = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await ensureBrowser(), args: browserArguments })

/** What makes a page usable: an element whose text matches. Plain data, since it is handed to the page. */
export interface Sign {
  readonly selector: string
  readonly text: string
}

const patienceMs = 60_000

/** The key list is usable when a row shows its key's state. */
export const keyListSign: Sign = { selector: 'tbody tr', text: 'Enabled|Disabled' }

const prefix = 'usable after '

/** Has every document of this tab say when the sign first stands. */
export const watchFor = (page: Page, sign: Sign): Promise<unknown> =>
  // No function in here has a name: what compiles this file would call its own helper for it, which the page lacks.
  page.addInitScript(
    ({ selector, text, prefix }) => {
      const pattern = new RegExp(text)
      new MutationObserver((_, observer) => {
        if (![...document.querySelectorAll(selector)].some((element) => pattern.test(element.textContent))) return
        observer.disconnect()
        requestAnimationFrame(() => console.debug(prefix + performance.now()))
      }).observe(document, { childList: true, subtree: true, characterData: true })
    },
    { ...sign, prefix },
  )

/** Milliseconds from the start of a navigation until the sign stood on the screen. */
export async function usableAfter(page: Page, navigate: () => Promise<unknown>): Promise<number> {
  const predicate = (message: ConsoleMessage): boolean => message.text().startsWith(prefix)
  const [message] = await Promise.all([page.waitForEvent('console', { predicate, timeout: patienceMs }), navigate()])
  return Number(message.text().slice(prefix.length))
}
