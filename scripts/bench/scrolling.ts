/**
 * Scrolling the access matrix of 200 principals beside a static table of that size: the main thread's work for a way down and up again by the
 * wheel, and the longest wait for a frame on it, at 4× CPU throttle, turn by turn in one browser.
 */
import type { Browser, CDPSession, Page } from '@playwright/test'
import { keyPermissions } from '#src/api/contract/access.ts'
import { keyListSign, usableAfter, watchFor, type Served } from '#scripts/serving.ts'
import { median, throttle } from './measure.ts'

const rows = 200
const steps = 60
const stepPx = 120

/** As plain as a table of that size can be: texts in cells, a head that stands, a box that scrolls. */
const staticTable = `<!doctype html><style>
  div { height: 600px; overflow: auto } th, td { padding: 8px; border-bottom: 1px solid #ddd } thead { position: sticky; top: 0; background: #fff }
</style><div role="grid"><table><thead><tr><th>Principal</th>${keyPermissions.map((name) => `<th>${name.slice(4)}</th>`).join('')}</tr></thead><tbody>${Array.from(
  { length: rows },
  (_, row) =>
    `<tr><th>user/member-${row}</th>${keyPermissions.map((_name, column) => `<td>${(row + column) % 3 ? '✓' : '–'}</td>`).join('')}</tr>`,
).join('')}</tbody></table></div>`

interface Scrolled {
  readonly workMs: number
  readonly longestFrameMs: number
}

/** As text: what compiles this file gives inner functions a helper that the page lacks. */
const watchFrames = `{
  const frames = (window.frames_ = [])
  let last = performance.now()
  requestAnimationFrame(function tick(now) {
    frames.push(now - last)
    last = now
    if (window.frames_ === frames) requestAnimationFrame(tick)
  })
}`
const longestFrame = 'Math.max(...window.frames_)'

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

async function scroll(page: Page, session: CDPSession): Promise<Scrolled> {
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  await page.getByRole('grid').hover()
  await page.evaluate(watchFrames)
  const before = await taskMs(session)
  for (let step = 0; step < steps; step++) {
    await page.mouse.wheel(0, step < steps / 2 ? stepPx : -stepPx)
    await page.waitForTimeout(32)
  }
  const workMs = (await taskMs(session)) - before
  const longestFrameMs = await page.evaluate<number>(longestFrame)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return { workMs, longestFrameMs }
}

async function openMatrix(browser: Browser, full: Served): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await watchFor(page, keyListSign)
  await usableAfter(page, () => page.goto(`${full.address}keys?region=cn-hangzhou&scenario=large`))
  await page.locator('tbody th a').first().click()
  await page.getByRole('link', { name: 'Who may do what' }).click()
  await page.getByRole('grid').and(page.locator(':not([aria-busy="true"])')).waitFor()
  await page.waitForTimeout(1500)
  return page
}

export async function benchScrolling(browser: Browser, full: Served, rounds: number): Promise<void> {
  const matrix = await openMatrix(browser, full)
  const plain = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await plain.setContent(staticTable)
  const pages = { 'static table': plain, 'access matrix': matrix }
  const seen = new Map<string, Scrolled[]>()
  for (const [name, page] of Object.entries(pages)) {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    for (let round = -1; round < rounds; round++) {
      const scrolled = await scroll(page, session)
      if (round >= 0) seen.set(name, [...(seen.get(name) ?? []), scrolled])
    }
  }
  const work = (name: string): number => median(seen.get(name)!.map(({ workMs }) => workMs))
  console.log(
    `\nScrolling ${rows} principals × ${keyPermissions.length} permissions, ${steps} steps of the wheel, ${throttle}× CPU throttle, median of ${rounds} rounds\n`,
  )
  for (const name of seen.keys()) {
    const frame = median(seen.get(name)!.map(({ longestFrameMs }) => longestFrameMs))
    const ratio = (work(name) / work('static table')).toFixed(2)
    console.log(
      `${name.padEnd(18)}${work(name).toFixed(0).padStart(7)} ms of work  ${ratio}×   longest frame ${frame.toFixed(0)} ms`,
    )
  }
  await matrix.context().close()
  await plain.context().close()
}
