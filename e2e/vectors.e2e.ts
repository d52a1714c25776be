/** AES-GCM as the emulator uses it, in a browser's own WebCrypto: the published vectors, run in a page by the emulator's own module. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type * as check from '#mocks/crypto/check-vectors.ts'
import type { Vector } from '#mocks/crypto/check-vectors.ts'
import { expect, test } from './fixtures.ts'

const folder = new URL('../mocks/crypto/', import.meta.url)

type Check = typeof check

interface VectorFile {
  readonly numberOfTests: number
  readonly testGroups: readonly { readonly tests: readonly Vector[] }[]
}

/** The module as one script that leaves its functions in `vectors`. */
async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('check-vectors.ts', folder)), formats: ['iife'], name: 'vectors' },
    },
  })
  const [output] = Array.isArray(built) ? built : []
  const [chunk] = output?.output ?? []
  if (chunk?.type !== 'chunk') throw new Error('The module was not built.')
  return chunk.code
}

// A script shown as a page names no icon of its own.
test.use({ allowedProblems: [/favicon\.ico/] })

test('every committed vector has its published outcome in a browser too', async ({ page }) => {
  const file = JSON.parse(readFileSync(new URL('vectors/wycheproof-aes-gcm.json', folder), 'utf8')) as VectorFile
  const vectors = file.testGroups.flatMap(({ tests }) => tests)
  expect(vectors).toHaveLength(file.numberOfTests)
  expect(new Set(vectors.map(({ result }) => result))).toEqual(new Set(['valid', 'invalid']))
  // An answer of the server that loads no console: WebCrypto needs a secure context and nothing else.
  await page.goto('mockServiceWorker.js')
  // Evaluated by the test, and so no script of the page's.
  await page.evaluate(`${await script()}; window.vectors = vectors`)
  const failing = (cases: readonly Vector[]): Promise<unknown> =>
    page.evaluate((given) => (window as unknown as { vectors: Check }).vectors.failing(given), cases)
  expect(await failing(vectors)).toEqual([])
  const spoiled = vectors.map((vector) => ({ ...vector, aad: `${vector.aad}00` }))
  const valid = vectors.filter(({ result }) => result === 'valid').map(({ tcId }) => tcId)
  expect(await failing(spoiled)).toEqual(valid)
})
