/**
 * `npm run size`: the compressed sizes of the build in dist, beside their budgets. What the key list needs is what a browser
 * asks for until the first row stands. The emulator's worker is its file and all that it imports at once: what every start waits
 * for. Its later parts are the rest: the scenarios, for the first start of all, a reset and a link to a scenario, and the migration
 * of what an older build stored. Fails when a budget is exceeded.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { importsOf } from './imports.ts'
import { keyListSign, launch, serve, usableAfter, watchFor } from './serving.ts'

const dist = 'dist'
const kB = 1000
const budgets = { keyList: 170 * kB, msw: 50 * kB, worker: 60 * kB, workerLater: 60 * kB, route: 40 * kB } as const

interface ManifestChunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
}
type Manifest = Readonly<Record<string, ManifestChunk>>

/** Files of the named chunks and of what they import at once. */
function closure(manifest: Manifest, names: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const add = (name: string): void => {
    const chunk = manifest[name]
    if (!chunk || seen.has(name)) return
    seen.add(name)
    for (const imported of chunk.imports ?? []) add(imported)
  }
  for (const name of names) add(name)
  return new Set([...seen].flatMap((name) => manifest[name]?.file ?? []))
}

/** The worker's file among those of its build, which the manifest does not name, and what it imports at once. */
function workerClosure(files: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const add = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const { specifier, fixed } of importsOf(file, readFileSync(`${dist}/${file}`, 'utf8')))
      if (fixed) add(`assets/${specifier.replace(/^\.\//, '')}`)
  }
  files.filter((file) => file.startsWith('assets/emulator-worker-')).forEach(add)
  return seen
}

const sizes = new Map<string, number>()
function compressed(files: Iterable<string>): number {
  let total = 0
  for (const file of files) {
    const size = sizes.get(file) ?? gzipSync(readFileSync(`${dist}/${file}`), { level: 9 }).length
    sizes.set(file, size)
    total += size
  }
  return total
}

/** Scripts that the browser asks for until the key list is usable, workers' apart, as files of the build. */
async function scriptsUntilUsable(): Promise<string[]> {
  const server = await serve(dist)
  const browser = await launch()
  try {
    const page = await browser.newPage({ locale: 'en-US' })
    const scripts = new Set<string>()
    page.on('request', (request) => {
      if (request.resourceType() === 'script' && request.url().startsWith(server.address)) {
        scripts.add(request.url().slice(server.address.length))
      }
    })
    await watchFor(page, keyListSign)
    await usableAfter(page, () => page.goto(server.address))
    return [...scripts].filter((file) => !file.startsWith('assets/emulator-') && file.startsWith('assets/'))
  } finally {
    await browser.close()
    await server.close()
  }
}

const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8')) as Manifest
const starts = Object.keys(manifest).filter((name) => manifest[name]?.isEntry || manifest[name]?.isDynamicEntry)
const console_ = closure(
  manifest,
  starts.filter((name) => !name.startsWith('mocks/')),
)
const emulator = closure(
  manifest,
  starts.filter((name) => name.startsWith('mocks/')),
)
const emulatorOnly = new Set([...emulator].filter((file) => !console_.has(file)))
const msw = [...closure(manifest, ['mocks/hosts/browser/intercept.ts'])].filter((file) => emulatorOnly.has(file))
const workerFiles = readdirSync(`${dist}/assets`)
  .filter((file) => /^emulator-.*\.js$/.test(file))
  .map((file) => `assets/${file}`)
const worker = workerClosure(workerFiles)
const workerLater = workerFiles.filter((file) => !worker.has(file))
const routes = starts.filter((name) => /^src\/pages\/.*-page\.tsx$/.test(name))

const loaded = await scriptsUntilUsable()
const keyList = loaded.filter((file) => !emulatorOnly.has(file))

const rows: readonly (readonly [what: string, size: number, budget: number])[] = [
  ['JavaScript until the key list is usable', compressed(keyList), budgets.keyList],
  ['MSW', compressed(msw), budgets.msw],
  ['Emulator worker, until a stored cloud is open', compressed(worker), budgets.worker],
  ['Emulator worker, later parts', compressed(workerLater), budgets.workerLater],
  ...routes.map(
    (name) =>
      [`Route ${name.replace('src/pages/', '')}`, compressed([manifest[name]?.file ?? '']), budgets.route] as const,
  ),
]

const inKB = (bytes: number): string => (bytes / kB).toFixed(1).padStart(7)
console.log(`${''.padEnd(50)}  kB gz   budget`)
for (const [what, size, budget] of rows) {
  console.log(`${what.padEnd(48)}${inKB(size)}  ${inKB(budget)}${size > budget ? '   over budget' : ''}`)
}
console.log(
  `\nUntil the key list is usable: ${keyList.map((file) => `${file} ${(compressed([file]) / kB).toFixed(1)}`).join(', ')}`,
)

if (worker.size === 0 || workerLater.length === 0 || msw.length === 0 || routes.length === 0)
  throw new Error('The build lacks a part that has a budget.')
process.exitCode = rows.some(([, size, budget]) => size > budget) ? 1 : 0
