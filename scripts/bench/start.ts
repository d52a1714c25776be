/** How long until the key list is usable at 4× CPU throttle, beside an empty React page measured in turn with it. */
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { keyListSign, usableAfter, watchFor, type Served, type Sign } from '#scripts/serving.ts'
import { median, throttle } from './measure.ts'

const emptySign: Sign = { selector: 'h1', text: 'Empty' }

const visits = ['first visit', 'second visit', 'reload'] as const
type Times = Record<(typeof visits)[number], number[]>

async function throttledPage(context: BrowserContext, sign: Sign): Promise<Page> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  await watchFor(page, sign)
  return page
}

async function visit(browser: Browser, address: string, sign: Sign, times: Times): Promise<void> {
  const context = await browser.newContext({ locale: 'en-US' })
  const first = await throttledPage(context, sign)
  times['first visit'].push(await usableAfter(first, () => first.goto(address)))
  await first.close()
  const second = await throttledPage(context, sign)
  times['second visit'].push(await usableAfter(second, () => second.goto(address)))
  times.reload.push(await usableAfter(second, () => second.reload()))
  await context.close()
}

const noTimes = (): Times => ({ 'first visit': [], 'second visit': [], reload: [] })

export async function benchStart(browser: Browser, full: Served, empty: Served, rounds: number): Promise<void> {
  const emptyTimes = noTimes()
  const fullTimes = noTimes()
  for (let round = 0; round < rounds; round++) {
    await visit(browser, empty.address, emptySign, emptyTimes)
    await visit(browser, full.address, keyListSign, fullTimes)
  }
  console.log(`Until usable, ms, ${throttle}× CPU throttle, median of ${rounds} rounds\n`)
  console.log(`${''.padEnd(14)}${'empty page'.padStart(12)}${'key list'.padStart(12)}${'ratio'.padStart(9)}`)
  for (const name of visits) {
    const [base, whole] = [median(emptyTimes[name]), median(fullTimes[name])]
    console.log(
      `${name.padEnd(14)}${base.toFixed(0).padStart(12)}${whole.toFixed(0).padStart(12)}${(whole / base).toFixed(2).padStart(9)}`,
    )
  }
}
