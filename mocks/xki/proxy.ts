import type { Runtime } from '#mocks/runtime.ts'
import { createServer } from './dialects/server.ts'
import { xkiServer } from './dialects/xki-server.ts'
import { xksV1Server } from './dialects/xks-v1-server.ts'
import { createEngine, defaultLimits, type EngineOptions, type ProxyLimits } from './engine.ts'
import type { Making, Spend, TakeFaults } from './network.ts'
import type { NewLogEntry } from './request-log.ts'
import type { Vault } from './vault.ts'

export interface Proxy {
  /** Never rejects. `spend` is told the simulated time that the proxy's own way to its manager takes. */
  readonly fetch: (request: Request, spend?: Spend, making?: Making) => Promise<Response>
}

export interface ProxyOptions {
  readonly vault: Vault
  readonly runtime: Pick<Runtime, 'wallNow' | 'randomBytes'>
  /** Told of every defect. */
  readonly report: (defect: unknown) => void
  /** Told of every request. */
  readonly log?: (entry: NewLogEntry) => void
  /** Faults of the hop `keyManager`. */
  readonly takeFaults?: TakeFaults
  readonly limits?: ProxyLimits
  /** Whom the proxy lets through; left out: everybody who signs. */
  readonly permits?: EngineOptions['permits']
}

/** The customer's proxy before the key manager: it answers on every path prefix that has a credential, in the dialect of that credential. */
export function createProxy(options: ProxyOptions): Proxy {
  const { vault, runtime, report, log = () => {}, takeFaults = () => [], limits = defaultLimits } = options
  const { permits = () => true } = options
  const serve = createServer({
    dialects: [xksV1Server, xkiServer],
    engine: createEngine({ vault, runtime, takeFaults, limits, permits }),
    credentials: vault.credentials,
    wallNow: runtime.wallNow,
    report,
    log,
  })
  return { fetch: (request, spend = () => {}, making = {}) => serve(request, spend, making) }
}
