/**
 * What lies beyond KMS on the way of a request to an external key: KMS's end of the wire, the network, the proxy, and the key manager with
 * its store and its own interface. Loaded when it is first asked for: no key list needs it.
 */
import { markHeader } from '#src/api/contract/backend.ts'
import type { CheckOutcome } from '#mocks/kms/health.ts'
import type { FaultBoard } from '#mocks/gateway/faults.ts'
import { mark } from '#mocks/gateway/encode.ts'
import { seededText, type Runtime } from '#mocks/runtime.ts'
import type { InstanceRow, VaultTables } from '#mocks/store/rows.ts'
import type { Store } from '#mocks/store/store.ts'
import { createTrace } from '#mocks/trace/recorder.ts'
import { createXkiClient } from '#mocks/xki/client.ts'
import { createManager } from '#mocks/xki/manager.ts'
import { createNetwork, seededLatency, type Beyond, type Network, type TakeFaults } from '#mocks/xki/network.ts'
import { XkiError, type XkiPort } from '#mocks/xki/port.ts'
import { createProxy } from '#mocks/xki/proxy.ts'
import { createRequestLog } from '#mocks/xki/request-log.ts'
import { operatorEndpoints, sitesOf } from '#mocks/xki/sites.ts'
import { openVault } from '#mocks/xki/vault.ts'

export interface OutsideOptions {
  /** The key manager's: handed to nobody else. */
  readonly store: Store<VaultTables>
  readonly runtime: Runtime
  /** ms since the epoch by the cloud's clock, for creation times. */
  readonly now: () => number
  /** Draws latencies, and the IDs of keys that are made without one. */
  readonly seed: number
  readonly faults: Pick<FaultBoard, 'take' | 'standing'>
  readonly report: (defect: unknown) => void
  /** How long KMS waits for the proxy, ms. */
  readonly answerBudgetMs: number
  /** Proxies that are no part of the emulator. */
  readonly beyond: Beyond | undefined
}

export interface Outside {
  /** KMS's way out. */
  readonly xki: XkiPort
  /** A health check of the way to an instance's proxy. It uses up no fault, and stands in no log. */
  readonly check: (instance: InstanceRow) => Promise<CheckOutcome>
  /** The proxy, asked by others than KMS. Never rejects. */
  readonly proxy: (request: Request) => Promise<Response>
  /** The key manager's own interface. Never rejects. */
  readonly manager: (request: Request) => Promise<Response>
}

/** As XKS calls it. XKS Proxy API 1.0.3, GetHealthStatus. */
const healthCheck = 'KmsHealthCheck'

export async function openOutside(options: OutsideOptions): Promise<Outside> {
  const { store, runtime, now, seed, faults, report, answerBudgetMs, beyond } = options
  let drawn = 0
  const vault = await openVault({
    store,
    runtime,
    now,
    // Another stream than KMS's. What was drawn before a restart is passed over by the number of keys that there are.
    drawText: (length) => seededText(~seed, [...store.read.externalKeys.values()].length + drawn++, length),
  })
  const log = createRequestLog(now)
  const client = (network: Network): XkiPort =>
    createXkiClient({ network, wallNow: runtime.wallNow, now, nonce: runtime.uuid, answerBudgetMs })
  const proxy = createProxy({ vault, runtime, takeFaults: faults.take, report, log: log.add })
  const network = createNetwork({
    sites: sitesOf(proxy.fetch),
    takeFaults: faults.take,
    latency: seededLatency(seed),
    sleep: runtime.sleep,
    now,
    answerBudgetMs,
    beyond,
  })
  // What is up and down by turns never fails three times in a row.
  const standing: TakeFaults = (hop) => faults.standing(hop).filter(({ kind }) => kind !== 'flapping')
  const checks = client(
    createNetwork({
      sites: sitesOf(createProxy({ vault, runtime, takeFaults: standing, report }).fetch),
      takeFaults: standing,
      latency: seededLatency(~seed),
      sleep: async () => {},
      now,
      answerBudgetMs,
      beyond,
    }),
  )
  const serve = createManager({ vault, log, endpoints: operatorEndpoints, now, report })
  return {
    xki: client(network),
    check: (instance) => checkBy(checks, instance, runtime.uuid()),
    proxy: proxy.fetch,
    manager: async (request) => {
      const response = await serve(request)
      response.headers.set(markHeader, mark)
      return response
    },
  }
}

async function checkBy(xki: XkiPort, instance: InstanceRow, requestId: string): Promise<CheckOutcome> {
  const unrecorded = createTrace(() => 0, 1).start(requestId, 'kms', healthCheck)
  try {
    const { health, latencyMs } = await xki.health(instance, { operation: healthCheck, requestId }, unrecorded)
    const failure = health === 'UNAVAILABLE' ? ({ hop: 'keyManager', cause: 'keyManagerTimeout' } as const) : null
    return { failure, latencyMs }
  } catch (error) {
    if (!(error instanceof XkiError) || error.failure === 'invalidCiphertext') throw error
    return { failure: { hop: error.hop, cause: error.failure }, latencyMs: null }
  }
}
