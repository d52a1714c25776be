/** The two builds, made anew only where the sources have changed since. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { build } from 'vite'
import { sourcesDigest } from './sources.ts'

/** Inside a build, so that whoever replaces the build takes the stamp with it. */
const stampOf = (outDir: string): string => `${outDir}/.vite/sources`

async function unlessFresh(outDir: string, what: string, make: () => Promise<unknown>): Promise<void> {
  const sources = sourcesDigest()
  const stamp = stampOf(outDir)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  // Standard output belongs to what is built.
  console.error(`Building ${what} …`)
  await make()
  writeFileSync(stamp, sources)
}

const consoleDir = 'dist'
const cloudDir = 'dist-cloud'

export const ensureConsole = (): Promise<void> =>
  unlessFresh(consoleDir, 'the console', () => build({ logLevel: 'warn', build: { outDir: consoleDir } }))

/** The cloud as programs for Node: what `npm run cloud` runs, and what the package exports. */
export const buildCloud = (): Promise<unknown> =>
  build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['classic-level'] },
    build: {
      ssr: true,
      outDir: cloudDir,
      emptyOutDir: true,
      target: 'node20',
      manifest: true,
      rolldownOptions: {
        input: { main: 'mocks/hosts/node/main.ts', 'start-cloud': 'mocks/hosts/node/start-cloud.ts' },
        output: { entryFileNames: '[name].js' },
      },
    },
  })

export const ensureCloud = (): Promise<void> => unlessFresh(cloudDir, 'the cloud', buildCloud)
