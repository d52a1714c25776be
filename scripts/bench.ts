/**
 * `npm run bench [rounds] [start|reactions]`: how long until the key list is usable, and how fast it reacts with 10,000 keys, each beside an empty React page in
 * the same run. Needs a build in dist.
 */
import { parseArgs } from 'node:util'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { benchReactions } from './bench/reactions.ts'
import { benchStart } from './bench/start.ts'
import { launch, serve } from './serving.ts'

const words = parseArgs({ allowPositionals: true }).positionals
const part = words.find((word) => word === 'start' || word === 'reactions')
const rounds = Number(words.find((word) => /^\d+$/.test(word)) ?? 7)
const emptyDir = '.cache/bench/empty'

await build({
  configFile: false,
  root: 'scripts/bench/empty',
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: { outDir: `${process.cwd()}/${emptyDir}`, emptyOutDir: true },
})
const [full, empty] = [await serve('dist'), await serve(emptyDir)]
const browser = await launch()
try {
  if (part !== 'reactions') await benchStart(browser, full, empty, rounds)
  if (part !== 'start') await benchReactions(browser, full, empty, Math.min(rounds, 5))
} finally {
  await browser.close()
  await full.close()
  await empty.close()
}
