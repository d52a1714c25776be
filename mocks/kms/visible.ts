/** What an account sees: its own, what is shared to it, and, of an instance that it shares, the receivers' keys. */
import { keyArn } from '#src/api/contract/arn.ts'
import type { Context, Resource } from '#mocks/kms/context.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import { remembered } from './remembered.ts'
import { ownsToo, receiversOf } from './sharing.ts'

export type Here = Pick<Context, 'db' | 'region' | 'caller'>

/**
 * One's own keys and, under joint ownership, those that receivers made on one's instance; a receiver has its own only (KMS user guide, Share
 * a KMS instance across multiple accounts).
 */
export function seesKey({ db, region, caller }: Here, key: KeyRow): boolean {
  if (key.region !== region) return false
  if (key.accountId === caller.accountId) return true
  const instance = key.instanceId === null ? undefined : db.read.instances.get(key.instanceId)
  return instance !== undefined && ownsToo(instance, caller)
}

/** Newest first (assumed). */
export const visibleKeys = (here: Here): readonly KeyRow[] =>
  remembered(here.db, `visible ${here.caller.accountId} ${here.region}`, ['keys', 'instances'], () =>
    [...here.db.read.keys.values()].filter((key) => seesKey(here, key)).sort(newestFirst),
  )

/** `tables`: of a transaction that is under way, where there is one. */
export const seesInstance = (
  { db, region, caller, tables = db.read }: Here & { readonly tables?: Parameters<typeof receiversOf>[0] },
  instance: InstanceRow,
): boolean =>
  instance.region === region &&
  (instance.accountId === caller.accountId || receiversOf(tables, instance).has(caller.accountId))

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const newestFirst = (a: KeyRow, b: KeyRow): number => b.createdAt - a.createdAt || byText(a.keyId, b.keyId)

export const arnOfKey = ({ region, accountId, keyId }: KeyRow): string => keyArn(region, accountId, keyId)

/** A key as permissions name it. */
export const keyResource = (key: KeyRow): Resource => ({
  arn: arnOfKey(key),
  accountId: key.accountId,
  policy: key.policy,
  tags: key.tags,
})
