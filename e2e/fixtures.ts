/** What every end-to-end test starts from: a browser context that tolerates no error, and a way to open the console. */
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { watchContext, watchViolations, watchWorkers } from './guard.ts'
import { shareContext, takeStale, type SharedContext } from './shared-context.ts'

export { expect }

interface Options {
  /** Problems that a test provokes on purpose: those that match are no failure. */
  allowedProblems: readonly RegExp[]
  /** A browser context of the test's own: for tests about starting, crashing, stopping, and options of the context. */
  fresh: boolean
}

interface Guard {
  /** Every problem so far, allowed ones too. */
  readonly seen: readonly string[]
}

interface Workers {
  shared: SharedContext
}

/** The same as `use` of playwright.config.ts says for a test's own context. */
const contextOptions = {
  locale: 'en-US',
  timezoneId: 'UTC',
  viewport: { width: 1280, height: 800 },
  reducedMotion: 'reduce',
} as const

export const test = base.extend<Options & { guard: Guard }, Workers>({
  allowedProblems: [[], { option: true }],
  fresh: [false, { option: true }],
  shared: [
    async ({ browser }, use) => {
      const shared = shareContext(browser, contextOptions)
      await use(shared)
      await shared.close()
    },
    { scope: 'worker' },
  ],
  context: async ({ context: own, shared, fresh, baseURL }, use) => {
    if (fresh) {
      await shared.close()
      await use(own)
      return
    }
    await use(await shared.take(baseURL ?? ''))
    await shared.giveBack()
  },
  guard: [
    async ({ context, browser, baseURL, allowedProblems }, use, testInfo) => {
      const seen: string[] = []
      const report = (problem: string): void => {
        seen.push(problem)
      }
      const origins = [baseURL, String(testInfo.config.metadata['subPath'])].flatMap((url) =>
        url ? new URL(url).origin : [],
      )
      const unwatch = watchContext(context, origins, report)
      await watchViolations(context, report)
      const workers = await watchWorkers(browser, report)
      await use({ seen })
      unwatch()
      await workers.detach()
      const problems = seen.filter((problem) => !allowedProblems.some((allowed) => allowed.test(problem)))
      expect(problems, 'errors, warnings, violations and foreign requests').toEqual([])
    },
    { auto: true },
  ],
})

export interface World {
  /** A named world of the emulator; without it the default one. */
  readonly scenario?: string
  /** Where to go, relative to the base: `keys?region=…`. */
  readonly path?: string
  readonly language?: 'en' | 'zh'
  readonly theme?: 'light' | 'dark' | 'system'
  /** Access key ID of the identity to act as. */
  readonly as?: string
}

/**
 * Opens the console in a state of one's choice. What is remembered in storage is set once, before the console runs, so that
 * what a test changes later survives a reload.
 */
export async function open(page: Page, world: World = {}): Promise<void> {
  const { scenario, path = '', language, theme, as } = world
  const local = { 'kms.language': language, 'kms.theme': theme }
  await page.addInitScript(
    ({ local, as }) => {
      if (sessionStorage.getItem('e2e.opened') !== null) return
      sessionStorage.setItem('e2e.opened', 'yes')
      for (const [name, value] of Object.entries(local)) if (value) localStorage.setItem(name, value)
      if (as) sessionStorage.setItem('kms.identity', as)
    },
    { local, as },
  )
  const [pathname = '', search = ''] = path.split('?')
  const query = new URLSearchParams(search)
  const named = scenario ?? (takeStale(page.context()) ? 'default' : undefined)
  takeStale(page.context())
  if (named) query.set('scenario', named)
  await page.goto(query.size > 0 ? `${pathname}?${query}` : pathname)
}

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** WCAG 2.2 AA by axe, on the page as it stands. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag22aa).analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`),
  )
  expect(found, 'axe violations').toEqual([])
}

/** The same in the light and in the dark theme. The page has to follow the system's: `theme: 'system'`. */
export async function expectNoAxeViolationsInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // The next frame is the first one that is painted in the other colours.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    await expectNoAxeViolations(page)
  }
}
