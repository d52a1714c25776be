/** The production build in a browser, for the scripts that measure it. */
import { chromium, type Browser, type Page } from '@playwright/test'
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

/** The key list is usable when a row shows its key's state. */
export const keyListSign: Sign = { selector: 'tbody tr', text: 'Enabled|Disabled' }

const mark = 'usable'

/** Has every page of this tab note when the sign first stands on the screen. */
export async function watchFor(page: Page, sign: Sign): Promise<void> {
  await page.addInitScript(
    ({ selector, text, mark }) => {
      const pattern = new RegExp(text)
      const look = (): void => {
        const elements = [...document.querySelectorAll(selector)]
        if (elements.some((element) => pattern.test(element.textContent))) performance.mark(mark)
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    },
    { ...sign, mark },
  )
}

/** Milliseconds from the start of the navigation until the sign stood. */
export async function usableAfter(page: Page): Promise<number> {
  const entry = await page.waitForFunction((name) => performance.getEntriesByName(name)[0]?.startTime, mark)
  const value = await entry.jsonValue()
  if (value === undefined) throw new Error('The page has no mark.')
  return value
}
