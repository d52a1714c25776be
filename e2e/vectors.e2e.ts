/** AES-GCM as the emulator uses it, in a browser's own WebCrypto: the published vectors, run in a page by the emulator's own module. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { expect, test } from './fixtures.ts'

const folder = new URL('../mocks/crypto/', import.meta.url)

interface Vector extends Readonly<Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>> {
  readonly tcId: number
  readonly result: string
}
interface VectorFile {
  readonly numberOfTests: number
  readonly testGroups: readonly { readonly tests: readonly Vector[] }[]
}

type Bytes = Uint8Array<ArrayBuffer>
interface AesGcm {
  readonly open: (
    key: CryptoKey,
    sealed: Readonly<Record<'iv' | 'ciphertext' | 'tag' | 'additionalData', Bytes>>,
  ) => Promise<Bytes | null>
  readonly seal: (
    key: CryptoKey,
    input: Readonly<Record<'iv' | 'plaintext' | 'additionalData', Bytes>>,
  ) => Promise<Readonly<Record<'ciphertext' | 'tag', Bytes>>>
}

/** The module as one script that leaves its functions in `aesGcm`. */
async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('aes-gcm.ts', folder)), formats: ['iife'], name: 'aesGcm' },
    },
  })
  const [output] = Array.isArray(built) ? built : []
  const [chunk] = output?.output ?? []
  if (chunk?.type !== 'chunk') throw new Error('The module was not built.')
  return chunk.code
}

/** In the page: the cases whose outcome is another than the published one. */
async function failing(vectors: readonly Vector[]): Promise<readonly number[]> {
  const { open, seal } = (window as unknown as { aesGcm: AesGcm }).aesGcm
  const bytes = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const same = (a: Uint8Array, b: Uint8Array): boolean => a.join() === b.join()
  const failed: number[] = []
  for (const vector of vectors) {
    const key = await crypto.subtle.importKey('raw', bytes(vector.key), 'AES-GCM', false, ['encrypt', 'decrypt'])
    const [iv, additionalData, plaintext] = [bytes(vector.iv), bytes(vector.aad), bytes(vector.msg)]
    const [ciphertext, tag] = [bytes(vector.ct), bytes(vector.tag)]
    const opened = await open(key, { iv, ciphertext, tag, additionalData })
    const sealed = await seal(key, { iv, plaintext, additionalData })
    const right =
      vector.result === 'valid'
        ? opened !== null && same(opened, plaintext) && same(sealed.ciphertext, ciphertext) && same(sealed.tag, tag)
        : opened === null && !same(sealed.tag, tag)
    if (!right) failed.push(vector.tcId)
  }
  return failed
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
  await page.evaluate(`${await script()}; window.aesGcm = aesGcm`)
  expect(await page.evaluate(failing, vectors)).toEqual([])
  const spoiled = vectors.map((vector) => ({ ...vector, aad: `${vector.aad}00` }))
  const valid = vectors.filter(({ result }) => result === 'valid').map(({ tcId }) => tcId)
  expect(await page.evaluate(failing, spoiled)).toEqual(valid)
})
