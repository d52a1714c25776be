/**
 * What lies beyond KMS on the way of a request to an external key: KMS's end of the wire, the network, the proxy, and the key manager with
 * its store and its own interface. Loaded when it is first asked for: no key list needs it.
 */
import { markHeader } from '#src/api/contract/backend.ts'
import { mark } from '#mocks/gateway/encode.ts'
import { seededText, type Runtime } from '#mocks/runtime.ts'
import type { VaultTables } from '#mocks/store/rows.ts'
import type { Store } from '#mocks/store/store.ts'
import { createXkiClient } from '#mocks/xki/client.ts'
import { createManager } from '#mocks/xki/manager.ts'
import { createNetwork, seededLatency, type TakeFaults } from '#mocks/xki/network.ts'
import type { XkiPort } from '#mocks/xki/port.ts'
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
  readonly takeFaults: TakeFaults
  readonly report: (defect: unknown) => void
  /** How long KMS waits for the proxy, ms; left out: 250. */
  readonly answerBudgetMs?: number | undefined
}

export interface Outside {
  /** KMS's way out. */
  readonly xki: XkiPort
  /** The proxy, asked by others than KMS. Never rejects. */
  readonly proxy: (request: Request) => Promise<Response>
  /** The key manager's own interface. Never rejects. */
  readonly manager: (request: Request) => Promise<Response>
}

export async function openOutside(options: OutsideOptions): Promise<Outside> {
  const { store, runtime, now, seed, takeFaults, report } = options
  const budget = options.answerBudgetMs === undefined ? {} : { answerBudgetMs: options.answerBudgetMs }
  let drawn = 0
  const vault = await openVault({
    store,
    runtime,
    now,
    // Another stream than KMS's. What was drawn before a restart is passed over by the number of keys that there are.
    drawText: (length) => seededText(~seed, [...store.read.externalKeys.values()].length + drawn++, length),
  })
  const log = createRequestLog(now)
  const proxy = createProxy({ vault, runtime, takeFaults, report, log: log.add })
  const network = createNetwork({
    sites: sitesOf(proxy.fetch),
    takeFaults,
    latency: seededLatency(seed),
    sleep: runtime.sleep,
    now,
    ...budget,
  })
  const serve = createManager({ vault, log, endpoints: operatorEndpoints, now, report })
  return {
    xki: createXkiClient({ network, wallNow: runtime.wallNow, now, nonce: runtime.uuid, ...budget }),
    proxy: proxy.fetch,
    manager: async (request) => {
      const response = await serve(request)
      response.headers.set(markHeader, mark)
      return response
    },
  }
}
