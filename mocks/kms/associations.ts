/** What depends on a key: found by a detection over the cloud's inventory, or known to KMS itself. An extension: no public API tells. */
import { associatedServices, type KeyAssociations } from '#src/api/contract/extensions.ts'
import { otherAccounts } from '#src/api/contract/policy.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import type { KeyRow, KeyUseRow, ResourceRow } from '#mocks/store/rows.ts'
import { aliasesByKey } from './aliases.ts'
import { checkedServices, detectionStatus } from './detection.ts'
import { shownPrincipals } from './principals.ts'
import { wireTime } from './time.ts'
import { attemptsOn, callsUntil } from './usage.ts'
import { arnOfKey, keyResource, seesKey } from './visible.ts'

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Resources of other accounts are counted with their service and type; their names are their account's business (assumed). */
function resourceEntry({ caller }: Context, { service, type, resourceId, name, accountId }: ResourceRow) {
  const isOwn = accountId === caller.accountId
  return {
    Service: service,
    ResourceType: type,
    ResourceId: isOwn ? resourceId : '',
    ResourceName: isOwn ? name : '',
    AccountId: accountId,
  }
}

function detectionOf(ctx: Context, key: KeyRow): Pick<KeyAssociations, 'Detection' | 'Resources'> {
  const detection = ctx.db.read.detections.get(key.keyId)
  const wallNow = ctx.runtime.wallNow()
  const checked = detection ? checkedServices(detection, wallNow) : []
  return {
    Detection: {
      Status: detectionStatus(detection, wallNow),
      DetectedAt: detection ? wireTime(detection.at) : null,
      CheckedServices: [...checked],
      Services: [...associatedServices],
    },
    Resources: {
      Resource: (detection?.resources ?? [])
        .filter(({ service }) => checked.includes(service))
        .map((resource) => resourceEntry(ctx, resource)),
    },
  }
}

/** Of every account, like ListAliasesByKeyId: they all go with the key. */
const aliasesOf = ({ db }: Context, { keyId }: KeyRow): string[] =>
  [...new Set([...db.read.aliases.values()].filter((row) => row.keyId === keyId).map((row) => row.aliasName))].sort(
    byText,
  )

/** The owner; under joint ownership the owner of the shared instance; then whom the policy names. */
function accountsOf(
  { db }: Context,
  { accountId, instanceId, policy }: KeyRow,
): KeyAssociations['Accounts']['Account'] {
  const instance = instanceId === null ? undefined : db.read.instances.get(instanceId)
  const sharer = instance?.ownership === 'Joint' ? instance.accountId : undefined
  const named = policy ? [...otherAccounts(policy, accountId)].sort(byText) : []
  return [
    { AccountId: accountId, Via: 'Owner' },
    ...(sharer !== undefined && sharer !== accountId ? [{ AccountId: sharer, Via: 'Sharing' } as const] : []),
    ...named.filter((id) => id !== sharer).map((AccountId) => ({ AccountId, Via: 'KeyPolicy' }) as const),
  ]
}

type Use = KeyAssociations['Uses']['Use'][number]

/** By the principals' shown names: those of another account may be one. The last user first. */
function usesOf(ctx: Context, key: KeyRow): Use[] {
  const shown = shownPrincipals(ctx, key)
  const newestFirst = [...ctx.db.read.keyUses.values()]
    .filter(({ keyId }) => keyId === key.keyId)
    .sort((a, b) => b.lastAt - a.lastAt || byText(a.principalArn, b.principalArn))
  const uses = new Map<string, Use>()
  for (const row of newestFirst) {
    const PrincipalArn = shown(row.principalArn)
    const calls = callsUntil(ctx.now, row)
    const newer = uses.get(PrincipalArn)
    uses.set(
      PrincipalArn,
      newer ? { ...newer, CallsLast30Days: newer.CallsLast30Days + calls } : useEntry(row, PrincipalArn, calls),
    )
  }
  return [...uses.values()]
}

const useEntry = ({ lastAt, lastAction }: KeyUseRow, PrincipalArn: string, CallsLast30Days: number): Use => ({
  PrincipalArn,
  LastUsedAt: wireTime(lastAt),
  LastAction: lastAction,
  CallsLast30Days,
})

/** The other KMS keys of the instance on the same external key, the oldest first. */
function siblingsOf(ctx: Context, { keyId, instanceId, externalKeyId }: KeyRow) {
  if (externalKeyId === null) return []
  const aliases = aliasesByKey(ctx)
  return [...ctx.db.read.keys.values()]
    .filter((row) => row.externalKeyId === externalKeyId && row.instanceId === instanceId && row.keyId !== keyId)
    .filter((row) => seesKey(ctx, row) && ctx.may('kms:DescribeKey', keyResource(row)))
    .sort((a, b) => a.createdAt - b.createdAt || byText(a.keyId, b.keyId))
    .map((row) => ({
      KeyId: row.keyId,
      KeyArn: arnOfKey(row),
      KeyState: row.state,
      AliasNames: [...(aliases.get(row.keyId) ?? [])],
    }))
}

function attemptEntries(ctx: Context, key: KeyRow) {
  const shown = shownPrincipals(ctx, key)
  return attemptsOn(ctx.db.read, key.keyId).map(({ at, principalArn, action, requestId }) => ({
    Time: wireTime(at),
    PrincipalArn: shown(principalArn),
    Action: action,
    RequestId: requestId,
  }))
}

export const associationRules = {
  /** Looks at the inventory now; while one is under way, that one goes on. */
  DetectKeyAssociations: (ctx, _, { key }) => {
    const { db, now, runtime } = ctx
    const startedAt = runtime.wallNow()
    db.write((tx) => {
      if (detectionStatus(tx.detections.get(key.keyId), startedAt) === 'Detecting') return
      const resources = [...tx.resources.values()].filter(({ keyId }) => keyId === key.keyId)
      tx.detections.put({
        keyId: key.keyId,
        at: now,
        startedAt,
        resources: resources.sort((a, b) => byText(a.id, b.id)),
      })
    })
    return {}
  },
  DescribeKeyAssociations: (ctx, _, { key }) => {
    ctx.keepUses()
    const uses = usesOf(ctx, key)
    return {
      ...detectionOf(ctx, key),
      Aliases: { Alias: aliasesOf(ctx, key) },
      Accounts: { Account: accountsOf(ctx, key) },
      Uses: { Use: uses },
      CallsLast30Days: uses.reduce((sum, { CallsLast30Days }) => sum + CallsLast30Days, 0),
      CountedUntil: wireTime(ctx.now),
      SiblingKeys: { Key: siblingsOf(ctx, key) },
      AttemptsSinceScheduled: { Attempt: attemptEntries(ctx, key) },
    }
  },
} satisfies Rules<'DetectKeyAssociations' | 'DescribeKeyAssociations'>
