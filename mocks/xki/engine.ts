/**
 * What a proxy does, whatever wire it is asked over: it guards the way to the key manager and has it encrypt and decrypt.
 * Order of checks: the
 * proxy's policy, the manager can be reached, key, state, usage, usage limit, sizes, cryptography.
 */
import type { ManagerFaultKind } from '#src/api/contract/faults.ts'
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
  | 'denied'

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
/** What XKS obliges a proxy to, and no more. */
export const smallestLimits: ProxyLimits = { plaintext: 4300, additionalData: 8192 }
export const defaultLimits: ProxyLimits = { plaintext: kmsLimits.plaintextBytes, additionalData: 8192 }

/** One request: who asks and for what, as KMS tells it, and the simulated time that it takes. */
export interface ProxyCall {
  /** The KMS action that it serves. */
  readonly action: string
  readonly requestId: string
  /** Null where KMS says none. */
  readonly principalArn: string | null
  readonly keyArn: string | null
  readonly spend: Spend
  /** Instead of the proxy's own. */
  readonly limits?: ProxyLimits
}

export type ManagerHealth = 'ACTIVE' | 'DEGRADED'

export interface Sealed extends SealedBytes {
  /** Null where it was not asked for. */
  readonly integrity: Bytes | null
}

export interface ProxyEngine {
  /** Rejects where the manager cannot work; the check is deep. DEGRADED: it works, and takes more than half of the time that it has. */
  readonly health: (call: ProxyCall) => Promise<ManagerHealth>
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
  /** The proxy's policy: whether it lets a request for a key through, by what KMS says about it. */
  readonly permits: (call: Pick<ProxyCall, 'action' | 'principalArn' | 'keyArn'>, keyId: string) => boolean
}

/** The proxy gives up on its manager before KMS gives up on the proxy. */
const managerBudgetMs = 200

/** What a fault of the hop `keyManager` looks like from the proxy. Latency is measured instead. */
const managerFaults: Readonly<Record<Exclude<ManagerFaultKind, 'latency'>, Refusal>> = {
  unreachable: 'managerFailed',
  error: 'managerFailed',
  refuseCredential: 'managerFailed',
  timeout: 'managerTimedOut',
  lostAnswer: 'managerTimedOut',
  throttle: 'throttled',
  flapping: 'managerFailed',
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

/** The faults of a manager; those of a proxy alone are none of its own. */
const isManagers = (kind: string): kind is keyof typeof managerFaults => Object.hasOwn(managerFaults, kind)

export function createEngine({ vault, runtime, takeFaults, limits: own, permits }: EngineOptions): ProxyEngine {
  let reached = 0

  /** Milliseconds that the manager took to answer. */
  function reachManager({ action, spend }: ProxyCall): number {
    let waitedMs = 0
    for (const { kind, ms } of takeFaults('keyManager', action)) {
      if (kind === 'latency') waitedMs += ms ?? 0
      else if (kind === 'flapping' && reached++ % 2 === 1) continue
      else if (isManagers(kind) && managerFaults[kind] !== 'managerTimedOut')
        throw new ProxyRefusal(managerFaults[kind])
      else if (isManagers(kind)) waitedMs = Infinity
    }
    spend(Math.min(waitedMs, managerBudgetMs))
    if (waitedMs > managerBudgetMs) throw new ProxyRefusal('managerTimedOut')
    return waitedMs
  }

  /** Every request for a key begins so; the manager learns which KMS key asks. */
  function ask(call: ProxyCall, keyId: string): void {
    if (!permits(call, keyId)) throw new ProxyRefusal('denied')
    reachManager(call)
    if (call.keyArn !== null) vault.noteCaller(keyId, call.keyArn)
  }

  function admit(keyId: string): void {
    if (!vault.admit(keyId)) throw new ProxyRefusal('throttled')
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
      const waitedMs = reachManager(call)
      if (!(await vault.selfTest())) throw new ProxyRefusal('managerFailed')
      return waitedMs > managerBudgetMs / 2 ? 'DEGRADED' : 'ACTIVE'
    },

    metadata: (call, keyId) => {
      ask(call, keyId)
      const key = vault.find(keyId)
      if (!key) throw new ProxyRefusal('keyNotFound')
      return key
    },

    encrypt: async (call, keyId, { plaintext, additionalData, integrity }) => {
      ask(call, keyId)
      const { limits = own } = call
      const key = await use(keyId, 'ENCRYPT')
      const trialKey = integrity ? await use(keyId, 'DECRYPT') : null
      admit(keyId)
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
      ask(call, keyId)
      const { limits = own } = call
      const key = await use(keyId, 'DECRYPT')
      admit(keyId)
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
