import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ivLengths, open, seal } from './aes-gcm.ts'
import { noBytes, utf8, type Bytes } from './bytes.ts'
import { failing, type Vector } from './check-vectors.ts'
import selection from './vectors/wycheproof-aes-gcm.json' with { type: 'json' }

interface VectorFile {
  readonly testGroups: readonly {
    readonly keySize: number
    readonly ivSize: number
    readonly tagSize: number
    readonly tests: readonly (Vector & { readonly comment: string })[]
  }[]
}
/** What keys of KMS have, in bits. */
const keyLengths: readonly number[] = [128, 256]

const vectorsOf = (file: VectorFile) =>
  file.testGroups
    .filter(
      (group) => keyLengths.includes(group.keySize) && group.tagSize === 128 && ivLengths.includes(group.ivSize / 8),
    )
    .flatMap((group) => group.tests)

const importKey = (raw: Bytes, usages: readonly KeyUsage[] = ['encrypt', 'decrypt']): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, usages)

describe('Wycheproof, the committed selection', () => {
  test('covers both key and IV lengths, valid and invalid cases', () => {
    const vectors = vectorsOf(selection)
    expect(vectors).toHaveLength(selection.numberOfTests)
    expect(new Set(vectors.map(({ key, iv, result }) => `${key.length / 2} ${iv.length / 2} ${result}`))).toEqual(
      new Set(['16 12 valid', '16 12 invalid', '32 12 valid', '32 12 invalid', '32 16 valid']),
    )
  })
  test.each(vectorsOf(selection).map((vector) => [vector.tcId, vector.comment, vector] as const))(
    'case %i %s',
    async (id, _, vector) => {
      expect(await failing([vector])).toEqual([])
      // Whatever else is authenticated: what was valid is not, and the rest stays as it is.
      const spoiled = { ...vector, aad: `${vector.aad}00` }
      expect(await failing([spoiled])).toEqual(vector.result === 'valid' ? [id] : [])
    },
  )
})

const wholeFile = resolve('..', 'shared', 'vectors', 'wycheproof-aes-gcm.json')

test.skipIf(!existsSync(wholeFile))('Wycheproof, every case of these sizes in the whole file', async () => {
  const vectors = vectorsOf(JSON.parse(readFileSync(wholeFile, 'utf8')) as VectorFile)
  expect(vectors).toHaveLength(172)
  expect(await failing(vectors)).toEqual([])
})

const key = await importKey(new Uint8Array(32).fill(7))
const iv = new Uint8Array(12).fill(1)

test('an IV of another length is refused before it reaches the cipher', async () => {
  for (const length of [0, 1, 8, 11, 13, 15, 17, 32]) {
    const wrong = new Uint8Array(length)
    await expect(seal(key, { iv: wrong, plaintext: utf8('text'), additionalData: noBytes })).rejects.toThrow(RangeError)
  }
})

test('a tag of another length opens nothing', async () => {
  const { ciphertext, tag } = await seal(key, { iv, plaintext: utf8('text'), additionalData: noBytes })
  for (const wrong of [noBytes, tag.slice(0, 12), tag.slice(0, 15), new Uint8Array([...tag, 0])])
    expect(await open(key, { iv, ciphertext, tag: wrong, additionalData: noBytes })).toBeNull()
})

test('a byte moved between ciphertext and tag opens nothing', async () => {
  const { ciphertext, tag } = await seal(key, { iv, plaintext: utf8('text'), additionalData: noBytes })
  const shifted = { ciphertext: ciphertext.slice(0, -1), tag: new Uint8Array([...ciphertext.slice(-1), ...tag]) }
  expect(await open(key, { iv, ...shifted, additionalData: noBytes })).toBeNull()
})

test('a key of another usage rejects, and does not look like a wrong tag', async () => {
  const encryptOnly = await importKey(new Uint8Array(32), ['encrypt'])
  const sealed = await seal(encryptOnly, { iv, plaintext: utf8('text'), additionalData: noBytes })
  await expect(open(encryptOnly, { iv, ...sealed, additionalData: noBytes })).rejects.toHaveProperty(
    'name',
    'InvalidAccessError',
  )
})
