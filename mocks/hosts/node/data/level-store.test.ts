import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { generateAesGcmKey, open as openSealed, seal } from '#mocks/crypto/aes-gcm.ts'
import { noBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { generateHmacKey, hmac, verifyHmac } from '#mocks/crypto/hmac.ts'
import { generateWrappedKey, generateWrappingKey, unwrapKey } from '#mocks/crypto/wrapping.ts'
import { contentOf, testFolder, type TestFolder } from '#mocks/testing/data-folder.ts'
import { checkLevelStore, type LevelStore, type LevelStoreOptions } from './level-store.ts'
import { createSealer } from './sealer.ts'

let root: TestFolder
let store: LevelStore | null = null
let isEmpty = false
const sealer = createSealer(new Uint8Array(32).fill(7))
const folder = () => join(root.path, 'store')

beforeEach(() => {
  root = testFolder()
})
afterEach(async () => {
  await close()
  root.remove()
})

async function open(more: Partial<LevelStoreOptions> = {}): Promise<LevelStore> {
  await close()
  const checked = await checkLevelStore({ folder: folder(), tables: ['notes', 'others'], version: 2, sealer, ...more })
  isEmpty = checked.isEmpty
  return (store = await checked.open())
}
async function close(): Promise<void> {
  await store?.close()
  store = null
}
const put = (id: string, text = id, table = 'notes') => ({ table, id, row: { id, text } })

describe('a store in LevelDB', () => {
  it('holds what was written, in its tables, after it was opened anew', async () => {
    const first = await open()
    expect(isEmpty).toBe(true)
    expect(await first.load()).toEqual({ notes: [], others: [] })
    await first.write([put('a'), put('b/c é'), put('a', 'other', 'others')])
    await first.write([{ table: 'notes', id: 'a', row: undefined }, put('b/c é', 'changed')])
    const again = await open()
    expect(await again.load()).toEqual({
      notes: [{ id: 'b/c é', text: 'changed' }],
      others: [{ id: 'a', text: 'other' }],
    })
    await again.replace([put('new')])
    expect(await (await open()).load()).toEqual({ notes: [{ id: 'new', text: 'new' }], others: [] })
  })

  it('keeps bytes and keys, which work as before and cannot be read back', async () => {
    const [mac, aes, wrapping] = [await generateHmacKey(), await generateAesGcmKey(256), await generateWrappingKey()]
    const wrapped = await generateWrappedKey(wrapping)
    const iv = new Uint8Array(12)
    const sealed = await seal(aes, { iv, plaintext: utf8('text'), additionalData: noBytes })
    const row = { id: 'k', nested: { list: [mac, { aes }], wrapping }, wrapped, nothing: null }
    await (await open()).write([{ table: 'notes', id: 'k', row }])
    const [kept] = (await (await open()).load())['notes'] as [typeof row]
    const [keptMac, { aes: keptAes }] = kept.nested.list as [CryptoKey, { aes: CryptoKey }]
    expect(await verifyHmac(keptMac, await hmac(mac, utf8('x')), utf8('x'))).toBe(true)
    expect(await openSealed(keptAes, { iv, ...sealed, additionalData: noBytes })).toEqual(utf8('text'))
    expect(kept.wrapped).toEqual(wrapped)
    expect((await unwrapKey(kept.wrapped, kept.nested.wrapping, ['decrypt'])).algorithm).toMatchObject({
      name: 'AES-GCM',
    })
    for (const key of [keptMac, keptAes, kept.nested.wrapping]) expect(key.extractable).toBe(false)
  })

  it('opens no key under another sealing key, and none that was moved to another row', async () => {
    await (await open()).write([{ table: 'notes', id: 'k', row: { key: await generateHmacKey() } }])
    await expect(open({ sealer: createSealer(new Uint8Array(32)) })).rejects.toThrow('is damaged')
    const moved = createSealer(new Uint8Array(32).fill(7))
    const key = moved.seal(await generateHmacKey(), 'notes/a')
    await expect(moved.unseal(key, 'notes/b')).rejects.toThrow()
  })

  it('refuses what a newer build stored, and reads what an older one did', async () => {
    await (await open({ version: 3 })).write([put('a')])
    await expect(open()).rejects.toThrow('written by a newer build')
    expect(await (await open({ version: 4, tables: ['notes', 'more'] })).load()).toMatchObject({ more: [] })
  })

  it('takes it as new where its first start was killed before anything was there', async () => {
    await open()
    await close()
    for (const name of readdirSync(folder())) rmSync(join(folder(), name))
    await open()
    expect(isEmpty).toBe(true)
  })

  it('passes over a write that a kill cut off: nobody was answered', async () => {
    const whole = await open()
    await whole.write([put('a')])
    await whole.write([put('b')])
    await close()
    const [log] = readdirSync(folder()).filter((name) => name.endsWith('.log'))
    const path = join(folder(), log!)
    truncateSync(path, readFileSync(path).length - 5)
    expect((await (await open()).load())['notes']).toEqual([{ id: 'a', text: 'a' }])
  })
})

/** Enough for files of every kind: tables, a log behind them, the manifest. */
async function fill(): Promise<void> {
  const rows = Array.from({ length: 400 }, (_, index) =>
    put(`row-${index}`, 'x'.repeat(index % 7 === 0 ? 9000 : 40) + index),
  )
  const filling = await open()
  for (let from = 0; from < rows.length; from += 50) await filling.write(rows.slice(from, from + 50))
  // Opening anew makes tables of what stood in the log.
  const again = await open()
  for (let round = 0; round < 5; round++) await again.write([put(`late-${round}`)])
  await close()
}

describe('a damaged store', () => {
  it('is said to be damaged, and left as it is, wherever a byte of it changed', { timeout: 60_000 }, async () => {
    await fill()
    const whole = contentOf(folder())
    const kinds = new Set(Object.keys(whole).map((name) => name.replace(/[\d-]+/g, '')))
    expect([...kinds].sort()).toEqual(['.ldb', '.log', 'CURRENT', 'MANIFEST'])
    for (const name of Object.keys(whole)) {
      const path = join(folder(), name)
      const bytes = readFileSync(path)
      for (let part = 0; part < 12; part++) {
        const at = Math.floor((bytes.length * part) / 12)
        const changed = Buffer.from(bytes)
        changed[at] = changed[at]! ^ 0x55
        writeFileSync(path, changed)
        const before = contentOf(folder())
        const outcome = await open().then(
          async (opened) => Object.values(await opened.load()).flat().length,
          (error: Error) => error.message,
        )
        await close()
        // Some bytes carry nothing: padding, and names that nobody reads. Then all is there.
        if (outcome !== 405) {
          expect([name, at, outcome]).toEqual([
            name,
            at,
            expect.stringMatching(/ is damaged: .*Nothing in it was changed/),
          ])
          expect(contentOf(folder())).toEqual(before)
        }
        for (const [kept, content] of Object.entries(whole))
          writeFileSync(join(folder(), kept), Buffer.from(content, 'base64'))
        for (const added of Object.keys(contentOf(folder()))) if (!(added in whole)) rmSync(join(folder(), added))
      }
    }
    expect(Object.values(await (await open()).load()).flat()).toHaveLength(405)
  })

  it('is said to be so where a file has gone', async () => {
    await fill()
    const whole = contentOf(folder())
    for (const name of Object.keys(whole)) {
      rmSync(join(folder(), name))
      const before = contentOf(folder())
      await expect(open()).rejects.toThrow('is damaged')
      expect(contentOf(folder())).toEqual(before)
      writeFileSync(join(folder(), name), Buffer.from(whole[name]!, 'base64'))
    }
    expect(readdirSync(root.path)).toEqual(['store'])
  })
})
