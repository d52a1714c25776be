/**
 * The external key manager: outside the cloud, with a store of its own that KMS cannot read. Key bytes are stored only
 * wrapped, and imported non-extractable for one usage when it is first needed.
 */
import { open, seal } from '#mocks/crypto/aes-gcm.ts'
import { noBytes, sameBytes, type Bytes } from '#mocks/crypto/bytes.ts'
import { generateWrappedKey, generateWrappingKey, unwrapKey } from '#mocks/crypto/wrapping.ts'
import { drawProxyCredential } from './credential.ts'
import type { Runtime } from '#mocks/runtime.ts'
import type { ExternalKeyRow, ProxyCredentialRow, VaultTables } from '#mocks/store/rows.ts'
import type { Store } from '#mocks/store/store.ts'

export type ManagedKey = Omit<ExternalKeyRow, 'wrapped'>
export type Usage = ExternalKeyRow['usages'][number]

export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly code: 'NotFound' | 'AlreadyExists' | 'Disabled' | 'UsageNotAllowed'
  constructor(code: VaultError['code'], message: string) {
    super(message)
    this.code = code
  }
}

export interface Vault {
  /** Oldest first. */
  readonly list: () => readonly ManagedKey[]
  readonly find: (id: string) => ManagedKey | undefined
  /** Makes an ENABLED AES-256 key; draws an ID where none is given. Rejects with VaultError AlreadyExists. */
  readonly create: (wanted: { readonly id?: string | undefined; readonly name: string }) => Promise<ManagedKey>
  /** Resolves when the change is durable. Rejects with VaultError NotFound. */
  readonly setStatus: (id: string, status: ManagedKey['status']) => Promise<ManagedKey>
  /** Its key bytes are gone: what was encrypted with them opens never more. Resolves when that is durable. Rejects with VaultError NotFound. */
  readonly remove: (id: string) => Promise<ManagedKey>
  /** Null: no limit. Resolves when the change is durable. Rejects with VaultError NotFound. */
  readonly setLimit: (id: string, requestsPerMinute: number | null) => Promise<ManagedKey>
  /** Counts a request for a key; false: its limit of this minute is reached. The minute begins with the first request in it. */
  readonly admit: (id: string) => boolean
  /** Remembers that a KMS key asked for a key; not where there is no such key. */
  readonly noteCaller: (id: string, kmsKeyArn: string) => void
  /** The key for one usage, non-extractable. Rejects with VaultError NotFound, Disabled or UsageNotAllowed, in this order. */
  readonly use: (id: string, usage: Usage) => Promise<CryptoKey>
  /** Whether the manager can make, wrap and use a key now. Touches no key of a customer. */
  readonly selfTest: () => Promise<boolean>
  /** All that the proxy accepts, the newest first. */
  readonly allCredentials: () => readonly ProxyCredentialRow[]
  /** Draws a credential for a path prefix; its secret is known to whoever asked, and kept nowhere. Resolves when it is durable. */
  readonly createCredential: (
    wanted: Required<Pick<ProxyCredentialRow, 'uriPathPrefix' | 'dialect'>>,
  ) => Promise<{ readonly credential: ProxyCredentialRow; readonly secret: string }>
  /** From now on it is refused. Resolves when that is durable. Rejects with VaultError NotFound. */
  readonly removeCredential: (accessKeyId: string) => Promise<ProxyCredentialRow>
  /** The credentials that the proxy accepts on a path prefix; none: it does not serve that prefix. */
  readonly credentials: (uriPathPrefix: string) => readonly ProxyCredentialRow[]
}

export interface VaultOptions {
  readonly store: Store<VaultTables>
  readonly runtime: Pick<Runtime, 'randomBytes'>
  /** ms since the epoch, for creation times, usage limits and callers. */
  readonly now: () => number
  /** Text for identifiers, of the base-36 alphabet. */
  readonly drawText: (length: number) => string
}

/** The manager's wrapping key; made at first need, and never readable. */
export async function ensureWrappingKey(store: Store<VaultTables>): Promise<CryptoKey> {
  const present = store.read.wrappingKeys.get('current')
  if (present) return present.key
  const made = await generateWrappingKey()
  return store.write((tx) => {
    const meanwhile = tx.wrappingKeys.get('current')
    if (meanwhile) return meanwhile.key
    tx.wrappingKeys.put({ id: 'current', key: made })
    return made
  })
}

/** A row with a new key in it, for the store whose wrapping key is given. */
export async function newExternalKey(
  wrappingKey: CryptoKey,
  about: Pick<ExternalKeyRow, 'id' | 'name' | 'createdAt'> & Partial<Pick<ExternalKeyRow, 'status' | 'usages'>>,
): Promise<ExternalKeyRow> {
  const wrapped = await generateWrappedKey(wrappingKey)
  return { spec: 'AES_256', status: 'ENABLED', usages: ['ENCRYPT', 'DECRYPT'], ...about, wrapped }
}

const minuteMs = 60_000
/** KMS keys that are remembered of each external key; who asked longest ago is forgotten first. */
const maxCallers = 1000
const maxArnLength = 2048

const subtleUsage = { ENCRYPT: 'encrypt', DECRYPT: 'decrypt' } as const

const notFound = (id: string): VaultError => new VaultError('NotFound', `There is no key ${id}.`)

const withoutBytes = ({ wrapped: _, ...key }: ExternalKeyRow): ManagedKey => key

export async function openVault({ store, runtime, now, drawText }: VaultOptions): Promise<Vault> {
  await ensureWrappingKey(store)
  await store.durable()

  function freeId(): string {
    for (;;) {
      const id = `hsm-${drawText(12)}`
      if (!store.read.externalKeys.get(id)) return id
    }
  }

  async function change(id: string, changes: Partial<ExternalKeyRow>): Promise<ManagedKey> {
    const row = store.write(({ externalKeys }) => {
      const before = externalKeys.get(id)
      if (!before) throw notFound(id)
      const after = { ...before, ...changes }
      externalKeys.put(after)
      return after
    })
    await store.durable()
    return withoutBytes(row)
  }

  /** By the bytes they came from: they go with the row, and a key that is removed is not remembered. */
  const unwrapped = {
    ENCRYPT: new WeakMap<Bytes, Promise<CryptoKey>>(),
    DECRYPT: new WeakMap<Bytes, Promise<CryptoKey>>(),
  }
  const unwrap = async ({ wrapped }: ExternalKeyRow, usage: Usage): Promise<CryptoKey> =>
    unwrapKey(wrapped, await ensureWrappingKey(store), [subtleUsage[usage]])

  const minutes = new Map<string, { readonly since: number; requests: number }>()

  return {
    list: () =>
      [...store.read.externalKeys.values()]
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
        .map(withoutBytes),

    find: (id) => {
      const row = store.read.externalKeys.get(id)
      return row && withoutBytes(row)
    },

    create: async ({ id = freeId(), name }) => {
      const row = await newExternalKey(await ensureWrappingKey(store), { id, name, createdAt: now() })
      store.write(({ externalKeys }) => {
        if (externalKeys.get(id)) throw new VaultError('AlreadyExists', `There is a key ${id} already.`)
        externalKeys.put(row)
      })
      await store.durable()
      return withoutBytes(row)
    },

    setStatus: (id, status) => change(id, { status }),
    setLimit: (id, requestsPerMinute) => change(id, { requestsPerMinute }),

    remove: async (id) => {
      const row = store.write(({ externalKeys }) => {
        const before = externalKeys.get(id)
        if (!before) throw notFound(id)
        externalKeys.delete(id)
        return before
      })
      await store.durable()
      minutes.delete(id)
      return withoutBytes(row)
    },

    admit: (id) => {
      const limit = store.read.externalKeys.get(id)?.requestsPerMinute ?? null
      if (limit === null) return true
      const last = minutes.get(id)
      const minute = last && now() - last.since < minuteMs ? last : { since: now(), requests: 0 }
      minutes.set(id, minute)
      if (minute.requests >= limit) return false
      minute.requests += 1
      return true
    },

    noteCaller: (id, kmsKeyArn) => {
      const row = store.read.externalKeys.get(id)
      if (!row || kmsKeyArn === '' || kmsKeyArn.length > maxArnLength) return
      const known = row.callers?.find((caller) => caller.kmsKeyArn === kmsKeyArn)
      // To the minute: not every request is a row that changes.
      if (known && now() - known.lastRequestAt < minuteMs) return
      const others = (row.callers ?? []).filter((caller) => caller !== known).slice(0, maxCallers - 1)
      const callers = [{ kmsKeyArn, lastRequestAt: now() }, ...others]
      store.write(({ externalKeys }) => externalKeys.put({ ...row, callers }))
    },

    use: async (id, usage) => {
      const row = store.read.externalKeys.get(id)
      if (!row) throw notFound(id)
      if (row.status !== 'ENABLED') throw new VaultError('Disabled', `The key ${id} is disabled.`)
      if (!row.usages.includes(usage)) throw new VaultError('UsageNotAllowed', `The key ${id} may not ${usage}.`)
      const known = unwrapped[usage].get(row.wrapped) ?? unwrap(row, usage)
      unwrapped[usage].set(row.wrapped, known)
      return known
    },

    selfTest: async () => {
      const wrappingKey = await ensureWrappingKey(store)
      const key = await unwrapKey(await generateWrappedKey(wrappingKey), wrappingKey, ['encrypt', 'decrypt'])
      const iv = runtime.randomBytes(12)
      const plaintext = runtime.randomBytes(16)
      const sealed = await seal(key, { iv, plaintext, additionalData: noBytes })
      const opened = await open(key, { iv, ...sealed, additionalData: noBytes })
      return opened !== null && sameBytes(opened, plaintext)
    },

    allCredentials: () => [...store.read.credentials.values()].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0)),

    createCredential: async (wanted) => {
      const { secret, ...drawn } = await drawProxyCredential(runtime, wanted.dialect)
      const credential = { ...wanted, ...drawn, createdAt: now() }
      store.write(({ credentials }) => credentials.put(credential))
      await store.durable()
      return { credential, secret }
    },

    removeCredential: async (accessKeyId) => {
      const row = store.write(({ credentials }) => {
        const before = credentials.get(accessKeyId)
        if (!before) throw new VaultError('NotFound', `There is no credential ${accessKeyId}.`)
        credentials.delete(accessKeyId)
        return before
      })
      await store.durable()
      return row
    },

    credentials: (uriPathPrefix) =>
      [...store.read.credentials.values()].filter((credential) => credential.uriPathPrefix === uriPathPrefix),
  }
}
