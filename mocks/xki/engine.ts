/**
 * What a proxy does, whatever wire it is asked over: it guards the way to the key manager and has it encrypt and decrypt.
 * Order of checks: the manager can be reached, key, state, usage, sizes, cryptography.
 */
import type { FaultKind } from '#src/api/contract/backend.ts'
import { limits as kmsLimits } from '#src/api/contract/rules.ts'
import { ivLengths, open, seal } from '#mocks/crypto/aes-gcm.ts'
import { sameBytes, type Bytes } from '#mocks/crypto/bytes.ts'
import type { Runtime } from '#mocks/runtime.ts'
import type { Spend, TakeFaults } from './network.ts'
import type { SealedBytes } from './port.ts'
import { authenticatedData, integrityValue, maxMetadataLength } from './sealing.ts'
import { VaultError, type ManagedKey, type Usage, type Vault } from './vault.ts'

export type Refusal =
  | 'keyNotFound'
  | 'keyDisabled'
  | 'keyUsage'
  | 'tooLarge'
  | 'invalidCiphertext'
  | 'managerFailed'
  | 'managerTimedOut'
  | 'throttled'

/** The proxy will not do it; the dialect says so in its own words. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal)
    this.refusal = refusal
  }
}

/** In bytes. XKS Proxy API 1.0.3 obliges a proxy to 4,300 of plaintext and 8,192 of additional data. */
export interface ProxyLimits {
  readonly plaintext: number
  readonly additionalData: number
}
export const defaultLimits: ProxyLimits = { plaintext: kmsLimits.plaintextBytes, additionalData: 8192 }

/** One request: the KMS action that it serves, and the simulated time that it takes. */
export interface ProxyCall {
  readonly action: string
  readonly spend: Spend
}

export interface Sealed extends SealedBytes {
  /** Null where it was not asked for. */
  readonly integrity: Bytes | null
}

export interface ProxyEngine {
  /** Rejects where the manager cannot work; the check is deep. */
  readonly health: (call: ProxyCall) => Promise<void>
  readonly metadata: (call: ProxyCall, keyId: string) => ManagedKey
  /** `integrity`: compute the CDIV, and make sure that the result opens before it is returned. */
  readonly encrypt: (
    call: ProxyCall,
    keyId: string,
    input: { readonly plaintext: Bytes; readonly additionalData: Bytes; readonly integrity: boolean },
  ) => Promise<Sealed>
  readonly decrypt: (
    call: ProxyCall,
    keyId: string,
    input: SealedBytes & { readonly additionalData: Bytes },
  ) => Promise<Bytes>
}

export interface EngineOptions {
  readonly vault: Vault
  readonly runtime: Pick<Runtime, 'randomBytes'>
  readonly takeFaults: TakeFaults
  readonly limits: ProxyLimits
}

/** The proxy gives up on its manager before KMS gives up on the proxy. */
const managerBudgetMs = 200

/** What a fault of the hop `keyManager` looks like from the proxy. Latency is measured instead. */
const managerFaults: Readonly<Record<Exclude<FaultKind, 'latency'>, Refusal>> = {
  unreachable: 'managerFailed',
  error: 'managerFailed',
  refuseCredential: 'managerFailed',
  timeout: 'managerTimedOut',
  lostAnswer: 'managerTimedOut',
  throttle: 'throttled',
}

const vaultRefusals: Readonly<Record<Exclude<VaultError['code'], 'AlreadyExists'>, Refusal>> = {
  NotFound: 'keyNotFound',
  Disabled: 'keyDisabled',
  UsageNotAllowed: 'keyUsage',
}

/** Marks the layout of the additional data, so that a later layout can tell this one's ciphertexts apart. */
const layoutMark: Bytes = new Uint8Array([1])

function refuseBeyond(limit: number, bytes: Bytes): void {
  if (bytes.length > limit) throw new ProxyRefusal('tooLarge')
}

export function createEngine({ vault, runtime, takeFaults, limits }: EngineOptions): ProxyEngine {
  function reachManager({ action, spend }: ProxyCall): void {
    let waitedMs = 0
    for (const { kind, ms } of takeFaults('keyManager', action)) {
      if (kind !== 'latency' && managerFaults[kind] !== 'managerTimedOut') throw new ProxyRefusal(managerFaults[kind])
      waitedMs += kind === 'latency' ? (ms ?? 0) : Infinity
    }
    spend(Math.min(waitedMs, managerBudgetMs))
    if (waitedMs > managerBudgetMs) throw new ProxyRefusal('managerTimedOut')
  }

  async function use(keyId: string, usage: Usage): Promise<CryptoKey> {
    try {
      return await vault.use(keyId, usage)
    } catch (error) {
      if (error instanceof VaultError && error.code !== 'AlreadyExists')
        throw new ProxyRefusal(vaultRefusals[error.code])
      throw error
    }
  }

  return {
    health: async (call) => {
      reachManager(call)
      if (!(await vault.selfTest())) throw new ProxyRefusal('managerFailed')
    },

    metadata: (call, keyId) => {
      reachManager(call)
      const key = vault.find(keyId)
      if (!key) throw new ProxyRefusal('keyNotFound')
      return key
    },

    encrypt: async (call, keyId, { plaintext, additionalData, integrity }) => {
      reachManager(call)
      const key = await use(keyId, 'ENCRYPT')
      const trialKey = integrity ? await use(keyId, 'DECRYPT') : null
      refuseBeyond(limits.plaintext, plaintext)
      refuseBeyond(limits.additionalData, additionalData)

      const iv = runtime.randomBytes(12)
      const bound = authenticatedData(additionalData, layoutMark)
      const sealed = { iv, metadata: layoutMark, ...(await seal(key, { iv, plaintext, additionalData: bound })) }
      if (!trialKey) return { ...sealed, integrity: null }
      // Before the trial: what is corrupted after it then no longer fits the value.
      const value = await integrityValue(additionalData, sealed)
      const opened = await open(trialKey, { ...sealed, additionalData: bound })
      if (!opened || !sameBytes(opened, plaintext)) throw new ProxyRefusal('managerFailed')
      return { ...sealed, integrity: value }
    },

    decrypt: async (call, keyId, { iv, ciphertext, tag, metadata, additionalData }) => {
      reachManager(call)
      const key = await use(keyId, 'DECRYPT')
      refuseBeyond(limits.plaintext, ciphertext)
      refuseBeyond(limits.additionalData, additionalData)
      if (!ivLengths.includes(iv.length) || metadata.length > maxMetadataLength)
        throw new ProxyRefusal('invalidCiphertext')

      const bound = authenticatedData(additionalData, metadata)
      const plaintext = await open(key, { iv, ciphertext, tag, additionalData: bound })
      if (!plaintext) throw new ProxyRefusal('invalidCiphertext')
      return plaintext
    },
  }
}
