import { webcrypto } from 'node:crypto'
import { expect, test } from 'vitest'
import { open, seal } from '#mocks/crypto/aes-gcm.ts'
import { noBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { vaultTables, type VaultTables } from '#mocks/store/rows.ts'
import { openStore, type Persistence, type Store } from '#mocks/store/store.ts'
import { testRuntime } from '#mocks/testing/runtime.ts'
import { createProxyCredential } from './credential.ts'
import { ensureWrappingKey, newExternalKey, openVault, VaultError, type Vault } from './vault.ts'

async function freshVault(
  store?: Store<VaultTables>,
): Promise<{ store: Store<VaultTables>; vault: Vault; advance: (ms: number) => void }> {
  const runtime = testRuntime()
  const opened = store ?? (await openStore(vaultTables))
  let drawn = 0
  const vault = await openVault({
    store: opened,
    runtime,
    now: runtime.wallNow,
    drawText: (length) => `${++drawn}`.padStart(length, '0'),
  })
  return { store: opened, vault, advance: runtime.advance }
}

const refusal = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof VaultError ? error.code : String(error)),
  )

test('a key is made ENABLED, under the wanted ID or a drawn one', async () => {
  const { vault, advance } = await freshVault()
  const named = await vault.create({ id: 'mine', name: 'My key' })
  expect(named).toEqual({
    id: 'mine',
    name: 'My key',
    spec: 'AES_256',
    status: 'ENABLED',
    usages: ['ENCRYPT', 'DECRYPT'],
    createdAt: expect.any(Number) as number,
  })
  advance(1000)
  const drawn = await vault.create({ name: '' })
  expect(drawn.id).toBe('hsm-000000000001')
  expect(vault.list()).toEqual([named, drawn])
  expect(vault.find('mine')).toEqual(named)
  expect(vault.find('nobody')).toBeUndefined()
})

test('an ID is taken once, also by two at the same time', async () => {
  const { vault, store } = await freshVault()
  const both = await Promise.all(['1', '2'].map((name) => refusal(vault.create({ id: 'a', name }))))
  expect(both.sort((a, b) => a.localeCompare(b))).toEqual(['AlreadyExists', 'none'])
  const { wrapped } = store.read.externalKeys.get('a')!
  expect(await refusal(vault.create({ id: 'a', name: '3' }))).toBe('AlreadyExists')
  expect(store.read.externalKeys.get('a')?.wrapped).toBe(wrapped)
})

test('a drawn ID passes over one that is taken', async () => {
  const { vault } = await freshVault()
  await vault.create({ id: 'hsm-000000000001', name: '' })
  expect((await vault.create({ name: '' })).id).toBe('hsm-000000000002')
})

test('disable and enable, also twice', async () => {
  const { vault } = await freshVault()
  await vault.create({ id: 'a', name: '' })
  for (const status of ['DISABLED', 'DISABLED', 'ENABLED', 'ENABLED'] as const) {
    expect((await vault.setStatus('a', status)).status).toBe(status)
    expect(await refusal(vault.use('a', 'ENCRYPT'))).toBe(status === 'ENABLED' ? 'none' : 'Disabled')
  }
  expect(await refusal(vault.setStatus('nobody', 'ENABLED'))).toBe('NotFound')
})

test('a key is used for one usage at a time, and never leaves', async () => {
  const { vault } = await freshVault()
  await vault.create({ id: 'a', name: '' })
  const [encrypting, decrypting] = [await vault.use('a', 'ENCRYPT'), await vault.use('a', 'DECRYPT')]
  expect([encrypting.usages, decrypting.usages]).toEqual([['encrypt'], ['decrypt']])
  for (const key of [encrypting, decrypting]) {
    expect(key.extractable).toBe(false)
    await expect(webcrypto.subtle.exportKey('raw', key)).rejects.toThrow('not extractable')
  }
  const iv = new Uint8Array(12)
  const sealed = await seal(encrypting, { iv, plaintext: utf8('text'), additionalData: noBytes })
  expect(await open(decrypting, { iv, ...sealed, additionalData: noBytes })).toEqual(utf8('text'))
})

test('use refuses an unknown key, then a disabled one, then another usage', async () => {
  const { vault, store } = await freshVault()
  const row = await newExternalKey(await ensureWrappingKey(store), { id: 'a', name: '', createdAt: 0, usages: [] })
  store.write((tx) => tx.externalKeys.put({ ...row, status: 'DISABLED' }))
  expect(await refusal(vault.use('b', 'ENCRYPT'))).toBe('NotFound')
  expect(await refusal(vault.use('a', 'ENCRYPT'))).toBe('Disabled')
  await vault.setStatus('a', 'ENABLED')
  expect(await refusal(vault.use('a', 'ENCRYPT'))).toBe('UsageNotAllowed')
})

/** Every byte string below a value, CryptoKeys left out: they show none. */
function bytesIn(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value]
  if (value instanceof CryptoKey || typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(bytesIn)
}

test('what is stored holds no key bytes: wrapped keys, and a wrapping key that cannot be read', async () => {
  // A wrapping key that the test can read shows what the vault would have to hold for the bytes to be in it.
  const { subtle } = webcrypto
  const legible = await subtle.generateKey({ name: 'AES-KW', length: 256 }, true, ['wrapKey', 'unwrapKey'])
  const store = await openStore(vaultTables)
  store.write((tx) => tx.wrappingKeys.put({ id: 'current', key: legible }))
  const { vault } = await freshVault(store)
  await vault.create({ id: 'a', name: '' })

  const stored = store.read.externalKeys.get('a')!
  const key = await subtle.unwrapKey('raw', stored.wrapped, legible, 'AES-KW', 'AES-GCM', true, ['encrypt'])
  const raw = Buffer.from(await subtle.exportKey('raw', key))
  expect(raw).toHaveLength(32)
  const rows = Object.values(store.read).flatMap((table) => [...table.values()])
  const kept = bytesIn(rows)
  expect(kept).toEqual([stored.wrapped])
  for (const bytes of kept)
    for (let at = 0; at + 8 <= raw.length; at++)
      expect(Buffer.from(bytes).includes(raw.subarray(at, at + 8))).toBe(false)
  for (const text of [raw.toString('base64'), raw.toString('hex')]) expect(JSON.stringify(rows)).not.toContain(text)
})

test('the wrapping key of its own making cannot be read, and stays', async () => {
  const { store } = await freshVault()
  const { key } = store.read.wrappingKeys.get('current')!
  expect([key.extractable, key.algorithm.name]).toEqual([false, 'AES-KW'])
  await expect(webcrypto.subtle.exportKey('raw', key)).rejects.toThrow('not extractable')
  await freshVault(store)
  expect(store.read.wrappingKeys.get('current')?.key).toBe(key)
  expect(await Promise.all([ensureWrappingKey(store), ensureWrappingKey(store)])).toEqual([key, key])
})

test('two that need a wrapping key at once get the same one', async () => {
  const store = await openStore(vaultTables)
  const [one, two] = await Promise.all([ensureWrappingKey(store), ensureWrappingKey(store)])
  expect(one).toBe(two)
})

test('no two keys are the same', async () => {
  const { vault, store } = await freshVault()
  await Promise.all(['a', 'b', 'c'].map((id) => vault.create({ id, name: '' })))
  const wrapped = [...store.read.externalKeys.values()].map((row) => Buffer.from(row.wrapped).toString('hex'))
  expect(new Set(wrapped).size).toBe(3)
})

test('the self-test works, and fails with the wrapping key', async () => {
  const { vault, store } = await freshVault()
  expect(await vault.selfTest()).toBe(true)
  const key = await webcrypto.subtle.generateKey({ name: 'AES-KW', length: 256 }, false, ['wrapKey'])
  store.write((tx) => tx.wrappingKeys.put({ id: 'current', key }))
  await expect(vault.selfTest()).rejects.toThrow('not valid for the provided key')
})

test('a change is answered when it is durable, and not before', async () => {
  let release: () => void = () => {}
  let held = false
  const persistence: Persistence = {
    load: async () => ({}),
    write: () => (held ? new Promise((resolve) => (release = resolve)) : Promise.resolve()),
    replace: async () => {},
  }
  const { vault } = await freshVault(await openStore(vaultTables, persistence))
  await vault.create({ id: 'a', name: '' })
  held = true
  let answered = false
  const change = vault.setStatus('a', 'DISABLED').then(() => {
    answered = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(answered).toBe(false)
  release()
  await change
  expect(vault.find('a')?.status).toBe('DISABLED')
})

test('credentials are listed by their prefix', async () => {
  const { vault, store } = await freshVault()
  const runtime = testRuntime()
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => createProxyCredential(runtime)))
  store.write((tx) => {
    tx.credentials.put({ ...one!, uriPathPrefix: '/a' })
    tx.credentials.put({ ...two!, uriPathPrefix: '/b' })
    tx.credentials.put({ ...three!, uriPathPrefix: '/a' })
  })
  expect(vault.credentials('/a').map(({ accessKeyId }) => accessKeyId)).toEqual([one!.accessKeyId, three!.accessKeyId])
  expect(vault.credentials('')).toEqual([])
})

test('a credential is as the specification wants it, and its secret is gone', async () => {
  const { accessKeyId, signingKey } = await createProxyCredential(testRuntime())
  expect(accessKeyId).toMatch(/^[A-Z2-7]{20,30}$/)
  expect(signingKey.extractable).toBe(false)
  expect(signingKey.algorithm.name).toBe('HMAC')
})
