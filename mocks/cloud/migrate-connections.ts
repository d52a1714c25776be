/**
 * Until schema version 4 connections had neither a certificate nor an endpoint service, attempts to connect were not known, all instances were
 * subscriptions, and of bound VPCs there was the ID.
 */
import { boundVpc, seenOf } from '#mocks/scenarios/seen.ts'
import type { BoundVpc, CloudTables, InstanceRow, ProxyConnection } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'

type Proxy3 = Pick<
  ProxyConnection,
  'connectivity' | 'endpoint' | 'uriPathPrefix' | 'dialect' | 'accessKeyId' | 'signingKey' | 'latencyMs'
> &
  Partial<ProxyConnection>
type StoredInstance = Omit<InstanceRow, 'attempt' | 'proxy' | 'charge' | 'protection' | 'boundVpcs'> & {
  readonly attempt?: InstanceRow['attempt']
  readonly boundVpcs: readonly (string | BoundVpc)[]
  readonly proxy: Proxy3 | null
}

export function completeConnections(tx: WriteTransaction<CloudTables>): void {
  const stored: Iterable<StoredInstance> = tx.instances.values()
  for (const { attempt, proxy, boundVpcs, ...row } of stored) {
    if (attempt !== undefined) continue
    const completed = proxy && {
      credentialSince: row.createdAt,
      previous: null,
      // No health check disconnected anything then.
      disconnectedByHand: row.status === 'Disconnected',
      ...seenOf(proxy, row.region, row.zoneIds),
      ...proxy,
    }
    const bound = boundVpcs.map((vpc) => (typeof vpc === 'string' ? boundVpc(vpc, row.region, row.accountId) : vpc))
    tx.instances.put({ ...row, proxy: completed, boundVpcs: bound, charge: 'PREPAY', protection: null, attempt: null })
  }
}
