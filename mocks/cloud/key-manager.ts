/** The other side: the key manager with its store, its own interface, and the proxy before it. */
import { markHeader } from '#src/api/contract/backend.ts'
import { mark } from '#mocks/gateway/encode.ts'
import { seededText, type Runtime } from '#mocks/runtime.ts'
import type { VaultTables } from '#mocks/store/rows.ts'
import type { Store } from '#mocks/store/store.ts'
import { createManager } from '#mocks/xki/manager.ts'
import type { Host, TakeFaults } from '#mocks/xki/network.ts'
import { createProxy } from '#mocks/xki/proxy.ts'
import { openVault } from '#mocks/xki/vault.ts'

export interface KeyManagerOptions {
  readonly store: Store<VaultTables>
  readonly runtime: Runtime
  /** ms since the epoch, for creation times. */
  readonly now: () => number
  /** Draws the IDs of keys that are made without one. */
  readonly seed: () => number
  readonly takeFaults: TakeFaults
  readonly report: (defect: unknown) => void
}

export interface KeyManager {
  /** Whether a request is for the manager's own interface. */
  readonly serves: (request: Request) => boolean
  readonly fetch: (request: Request) => Promise<Response>
  /** What answers KMS. */
  readonly proxy: Host
}

export async function openKeyManager(options: KeyManagerOptions): Promise<KeyManager> {
  const { store, runtime, now, seed, takeFaults, report } = options
  let drawn = 0
  const vault = await openVault({
    store,
    runtime,
    now,
    // Another stream than KMS's. What was drawn before a restart is passed over by the number of keys that there are.
    drawText: (length) => seededText(~seed(), [...store.read.externalKeys.values()].length + drawn++, length),
  })
  const serve = createManager(vault, report)
  return {
    serves: ({ url }) => new URL(url).pathname.includes('/api/key-manager/'),
    fetch: async (request) => {
      const response = await serve(request)
      response.headers.set(markHeader, mark)
      return response
    },
    proxy: createProxy({ vault, runtime, takeFaults, report }).fetch,
  }
}
