/**
 * Reactions to clicks and keys with 10,000 keys and 50 rows in sight, at 4× CPU throttle: from the event until the next frame is painted, by
 * the browser's own Event Timing (steps of 8 ms). Each is done for the first time, so the drawing of what it opens counts. The pointer rests
 * on its target before it presses, as a person's does. Beside them a button of an empty React page that does next to nothing.
 */
import type { Browser, Locator, Page } from '@playwright/test'
import { keyListSign, usableAfter, watchFor, type Served } from '#scripts/serving.ts'
import { median, throttle } from './measure.ts'

/** The design's budget for each, ms. */
const budgetMs = 100

interface Interaction {
  readonly name: string
  /** What is pressed by the pointer. */
  readonly target?: (page: Page) => Locator
  /** The key that is pressed, or that is held while the pointer presses. */
  readonly key?: string
  /** What has the focus before; not measured. */
  readonly focus?: (page: Page) => Locator
  /** How long it waits before, ms, for what is fetched; not measured. */
  readonly rest?: number
  /** Back to where it can be done again; not measured. */
  readonly undo?: (page: Page) => Promise<void>
}

const escape = (page: Page): Promise<void> => page.keyboard.press('Escape')
const table = (page: Page) => page.getByRole('table', { name: 'Keys' })
const administrators = (page: Page) => page.getByRole('combobox', { name: 'Administrators' })
const firstBox = (page: Page) => table(page).locator('tbody').getByRole('checkbox')

const interactions: readonly Interaction[] = [
  { name: 'select a row', target: (page) => firstBox(page).first() },
  { name: 'select 40 rows with Shift', target: (page) => firstBox(page).nth(40), key: 'Shift' },
  {
    name: 'select the page',
    target: (page) => table(page).locator('thead').getByRole('checkbox'),
    undo: async (page) => {
      const head = table(page).locator('thead').getByRole('checkbox')
      if (await head.isChecked()) await head.click()
    },
  },
  {
    name: 'open a row’s menu',
    target: (page) => table(page).locator('tbody [aria-haspopup="menu"]').first(),
    undo: escape,
  },
  { name: 'open the command palette', key: 'Control+k' },
  { name: 'type in the command palette', key: 't', undo: escape },
  {
    name: 'open the list of instances',
    target: (page) => page.getByRole('button', { name: /^Instance ID/ }),
    undo: escape,
  },
  { name: 'move by arrow to the next row', key: 'ArrowDown', focus: (page) => firstBox(page).first() },
  { name: 'move by arrow along the row', key: 'ArrowRight' },
  { name: 'turn the page', target: (page) => page.getByRole('button', { name: 'Next page' }) },
  { name: 'change to the default keys', target: (page) => page.getByRole('tab', { name: 'Default Key' }) },
  { name: 'and back', target: (page) => page.getByRole('tab', { name: 'User Master Key' }) },
  { name: 'open Create Key', target: (page) => page.getByRole('button', { name: 'Create Key' }) },
  { name: 'type in Create Key', key: 'a' },
  { name: 'choose a custom policy', target: (page) => page.getByRole('radio', { name: 'Custom policy' }) },
  { name: 'open the list of 10,000 users', key: 'ArrowDown', focus: administrators, rest: 10_000 },
  { name: 'look for one of them', key: 'f' },
  { name: 'and pick', key: 'Enter' },
]

/** Scrolls to what is meant, and lets the pointer or the focus come to rest there. */
async function prepare(page: Page, { target, focus, rest = 0 }: Interaction): Promise<void> {
  await page.waitForTimeout(rest)
  await target?.(page).hover()
  await focus?.(page).focus()
}

async function act(page: Page, { target, key }: Interaction): Promise<void> {
  if (!target) return key === undefined ? undefined : page.keyboard.press(key)
  if (key !== undefined) await page.keyboard.down(key)
  await page.mouse.down()
  await page.mouse.up()
  if (key !== undefined) await page.keyboard.up(key)
}

/** The longest reaction since the last call, ms: of all events that the browser counts as interactions. */
async function longestReaction(page: Page): Promise<number> {
  await page.waitForTimeout(400)
  return page.evaluate(() => {
    const seen = window as unknown as { reactions: number[] }
    const longest = Math.max(0, ...seen.reactions)
    seen.reactions.length = 0
    return longest
  })
}

const watchReactions = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const seen: number[] = []
    Object.assign(window, { reactions: seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ((entry as PerformanceEntry & { interactionId: number }).interactionId > 0) seen.push(entry.duration)
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  })

async function throttledPage(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await watchReactions(page)
  await watchFor(page, address.includes('keys') ? keyListSign : { selector: 'button', text: 'Pressed' })
  await usableAfter(page, () => page.goto(address))
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  return page
}

async function round(browser: Browser, full: Served, empty: Served, times: Map<string, number[]>): Promise<void> {
  const note = (name: string, ms: number): void => void times.set(name, [...(times.get(name) ?? []), ms])
  const bare = await throttledPage(browser, empty.address)
  await bare.getByRole('button').click()
  await longestReaction(bare)
  await bare.getByRole('button').click()
  note('button of an empty page', await longestReaction(bare))
  await bare.context().close()

  const page = await throttledPage(browser, `${full.address}keys?region=cn-hangzhou&size=50&scenario=large`)
  await page.getByText('10,000 keys').waitFor()
  await page.getByRole('table', { name: 'Keys' }).and(page.locator('[aria-busy="false"]')).waitFor()
  // What the list asks for last: the proxy, permissions.
  await page.waitForTimeout(3000)
  for (const interaction of interactions) {
    await prepare(page, interaction)
    await longestReaction(page)
    await act(page, interaction)
    note(interaction.name, await longestReaction(page))
    await interaction.undo?.(page)
  }
  await page.context().close()
}

export async function benchReactions(browser: Browser, full: Served, empty: Served, rounds: number): Promise<void> {
  const times = new Map<string, number[]>()
  for (let turn = 0; turn < rounds; turn++) await round(browser, full, empty, times)
  console.log(
    `\nReactions with 10,000 keys, ms, ${throttle}× CPU throttle, median of ${rounds} rounds (16: not measurable)\n`,
  )
  for (const [name, values] of times) {
    const ms = Math.max(median(values), 16)
    console.log(
      `${name.padEnd(34)}${ms.toFixed(0).padStart(6)}${ms > budgetMs ? `   over the budget of ${budgetMs}` : ''}`,
    )
  }
}
