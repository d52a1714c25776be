/** What an account sees: its own, what is shared to it, and, of an instance that it shares, the receivers' keys. */
import { keyArn } from '#src/api/contract/arn.ts'
import type { Context, Resource } from '#mocks/kms/context.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'

export type Here = Pick<Context, 'db' | 'region' | 'caller'>

/**
 * Joint ownership, the default mode of sharing: the instance's owner manages and uses the receivers' keys like its own, a receiver its
 * own only (KMS user guide, Share a KMS instance across multiple accounts).
 */
export function seesKey({ db, region, caller }: Here, key: KeyRow): boolean {
  if (key.region !== region) return false
  if (key.accountId === caller.accountId) return true
  return key.instanceId !== null && db.read.instances.get(key.instanceId)?.accountId === caller.accountId
}

/** Newest first (assumed). */
export const visibleKeys = (here: Here): readonly KeyRow[] =>
  [...here.db.read.keys.values()].filter((key) => seesKey(here, key)).sort(newestFirst)

export const seesInstance = ({ region, caller }: Here, instance: InstanceRow): boolean =>
  instance.region === region &&
  (instance.accountId === caller.accountId || instance.sharedTo.includes(caller.accountId))

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const newestFirst = (a: KeyRow, b: KeyRow): number => b.createdAt - a.createdAt || byText(a.keyId, b.keyId)

export const arnOfKey = ({ region, accountId, keyId }: KeyRow): string => keyArn(region, accountId, keyId)

/** A key as permissions name it. */
export const keyResource = (key: KeyRow): Resource => ({
  arn: arnOfKey(key),
  accountId: key.accountId,
  policy: key.policy,
})
