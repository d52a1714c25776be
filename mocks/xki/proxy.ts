import type { Runtime } from '#mocks/runtime.ts'
import { createXksServer } from './dialects/xks-v1-server.ts'
import { createEngine, defaultLimits, type ProxyLimits } from './engine.ts'
import type { Spend, TakeFaults } from './network.ts'
import type { Vault } from './vault.ts'

export interface Proxy {
  /** Never rejects. `spend` is told the simulated time that the proxy's own way to its manager takes. */
  readonly fetch: (request: Request, spend?: Spend) => Promise<Response>
}

export interface ProxyOptions {
  readonly vault: Vault
  readonly runtime: Pick<Runtime, 'wallNow' | 'randomBytes'>
  /** Told of every defect. */
  readonly report: (defect: unknown) => void
  /** Faults of the hop `keyManager`. */
  readonly takeFaults?: TakeFaults
  readonly limits?: ProxyLimits
}

/** The customer's proxy before the key manager, answering XKS Proxy API version 1 on every path prefix that has a credential. */
export function createProxy({
  vault,
  runtime,
  report,
  takeFaults = () => [],
  limits = defaultLimits,
}: ProxyOptions): Proxy {
  const engine = createEngine({ vault, runtime, takeFaults, limits })
  const serve = createXksServer({ engine, credentials: vault.credentials, wallNow: runtime.wallNow, report })
  return { fetch: (request, spend = () => {}) => serve(request, spend) }
}
