/**
 * One browser context for the tests of a worker: the service worker stands, scripts are cached, and the emulator's shared worker lives on in
 * a page that stays open, so that a test begins with the load of its world and not with the start of everything.
 */
import type { Browser, BrowserContext, BrowserContextOptions } from '@playwright/test'

export interface SharedContext {
  /** The context, with nothing left in it of the test before but the cloud, which `open` replaces. */
  readonly take: (baseURL: string) => Promise<BrowserContext>
  /** Closes what the test has opened. */
  readonly giveBack: () => Promise<void>
  /** For tests that want the browser for themselves. */
  readonly close: () => Promise<void>
}

/** A page with no calls of its own. */
const quietPage = 'nowhere?region=cn-hangzhou'

/** Contexts whose cloud is still that of an earlier test. */
const stale = new WeakSet<BrowserContext>()

/** Whether this is the first page of a test in a shared context: it has to lay its world anew. Said once. */
export function takeStale(context: BrowserContext): boolean {
  return stale.delete(context)
}

export function shareContext(browser: Browser, options: BrowserContextOptions): SharedContext {
  let context: BrowserContext | null = null

  async function close(): Promise<void> {
    await context?.close()
    context = null
  }

  return {
    take: async (baseURL) => {
      if (!context) {
        context = await browser.newContext({ ...options, baseURL })
        const keeper = await context.newPage()
        await keeper.goto(new URL(quietPage, baseURL).href)
        await keeper.getByRole('heading', { level: 1 }).waitFor()
      }
      const [keeper] = context.pages()
      // Choices of the test before; the keeper has drawn none of its own.
      await keeper?.evaluate(() => localStorage.clear())
      stale.add(context)
      return context
    },
    giveBack: async () => {
      const [, ...opened] = context?.pages() ?? []
      await Promise.all(opened.map((page) => page.close()))
    },
    close,
  }
}
