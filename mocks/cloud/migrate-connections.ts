/** Connections had neither a certificate nor an endpoint service until schema version 4, and attempts to connect were not known. */
import { seenOf } from '#mocks/scenarios/seen.ts'
import type { CloudTables, InstanceRow, ProxyConnection } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'

type Proxy3 = Pick<
  ProxyConnection,
  'connectivity' | 'endpoint' | 'uriPathPrefix' | 'dialect' | 'accessKeyId' | 'signingKey' | 'latencyMs'
> &
  Partial<ProxyConnection>
type StoredInstance = Omit<InstanceRow, 'attempt' | 'proxy'> & {
  readonly attempt?: InstanceRow['attempt']
  readonly proxy: Proxy3 | null
}

export function completeConnections(tx: WriteTransaction<CloudTables>): void {
  const stored: Iterable<StoredInstance> = tx.instances.values()
  for (const { attempt, proxy, ...row } of stored) {
    if (attempt !== undefined) continue
    const completed = proxy && {
      credentialSince: row.createdAt,
      previous: null,
      disconnectedByHand: false,
      ...seenOf(proxy, row.region, row.zoneIds),
      ...proxy,
    }
    tx.instances.put({ ...row, proxy: completed, attempt: null })
  }
}
