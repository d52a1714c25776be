/**
 * `npm run bench [rounds] [crypto|http|decisions|start|reactions|scrolling]`: how long until the key list is usable, and how fast it reacts with 10,000 keys, each beside an
 * empty React page in the same run; what explanations of access cost beside plain decisions; what the way to an external key costs beside AES-GCM alone; and what the cloud does over HTTP beside a bare handler. Needs a build in dist.
 */
import { parseArgs } from 'node:util'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { benchCrypto } from './bench/crypto.ts'
import { benchDecisions } from './bench/decisions.ts'
import { benchHttp } from './bench/http.ts'
import { benchReactions } from './bench/reactions.ts'
import { benchScrolling } from './bench/scrolling.ts'
import { benchStart } from './bench/start.ts'
import { launch, serve } from './serving.ts'

const parts = ['crypto', 'http', 'decisions', 'start', 'reactions', 'scrolling'] as const
const words = parseArgs({ allowPositionals: true }).positionals
const named = parts.filter((part) => words.includes(part))
const wanted = new Set(named.length > 0 ? named : parts)
const rounds = Number(words.find((word) => /^\d+$/.test(word)) ?? 7)

if (wanted.has('crypto')) await benchCrypto(rounds)
if (wanted.has('http')) await benchHttp(Math.min(rounds, 5))
if (wanted.has('decisions')) await benchDecisions(rounds)
if (wanted.has('start') || wanted.has('reactions') || wanted.has('scrolling')) await benchPages()

async function benchPages(): Promise<void> {
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
    if (wanted.has('start')) await benchStart(browser, full, empty, rounds)
    if (wanted.has('scrolling')) await benchScrolling(browser, full, Math.min(rounds, 5))
    if (wanted.has('reactions')) await benchReactions(browser, full, empty, Math.min(rounds, 5))
  } finally {
    await browser.close()
    await full.close()
    await empty.close()
  }
}
