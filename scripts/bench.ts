/**
 * `npm run bench [rounds]`: how long until the key list is usable at 4× CPU throttle, beside an empty React page measured in
 * turn with it: on a first visit, on a second one after the tab was closed, and on a reload. Needs a build in dist.
 */
import react from '@vitejs/plugin-react'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { build } from 'vite'
import { keyListSign, launch, serve, usableAfter, watchFor, type Sign } from './serving.ts'

const rounds = Number(process.argv[2] ?? 7)
const throttle = 4
const emptyDir = '.cache/bench/empty'
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

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = NaN, high = NaN] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1)
  return (low + high) / 2
}

await build({
  configFile: false,
  root: 'scripts/bench/empty',
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: { outDir: `${process.cwd()}/${emptyDir}`, emptyOutDir: true },
})
const [consoleServer, emptyServer] = [await serve('dist'), await serve(emptyDir)]
const browser = await launch()
const empty: Times = { 'first visit': [], 'second visit': [], reload: [] }
const console_: Times = { 'first visit': [], 'second visit': [], reload: [] }
try {
  for (let round = 0; round < rounds; round++) {
    await visit(browser, emptyServer.address, emptySign, empty)
    await visit(browser, consoleServer.address, keyListSign, console_)
  }
} finally {
  await browser.close()
  await consoleServer.close()
  await emptyServer.close()
}

console.log(`Until usable, ms, ${throttle}× CPU throttle, median of ${rounds} rounds\n`)
console.log(`${''.padEnd(14)}${'empty page'.padStart(12)}${'key list'.padStart(12)}${'ratio'.padStart(9)}`)
for (const name of visits) {
  const [base, full] = [median(empty[name]), median(console_[name])]
  console.log(
    `${name.padEnd(14)}${base.toFixed(0).padStart(12)}${full.toFixed(0).padStart(12)}${(full / base).toFixed(2).padStart(9)}`,
  )
}
