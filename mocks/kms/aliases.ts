import { aliasArn } from '#src/api/contract/arn.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { AliasRow, CloudTables, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'
import { aliasId } from './find.ts'
import { pageOf } from './paging.ts'

const belongsHere =
  ({ region, caller }: Pick<Context, 'region' | 'caller'>) =>
  (alias: AliasRow): boolean =>
    alias.region === region && alias.accountId === caller.accountId

const aliasEntry = ({ region, accountId, aliasName, keyId }: AliasRow) => ({
  AliasName: aliasName,
  AliasArn: aliasArn(region, accountId, aliasName),
  KeyId: keyId,
})

/** By name. */
const sorted = (aliases: readonly AliasRow[]): readonly AliasRow[] => aliases.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** The caller's own names of its keys. */
export function aliasesByKey(ctx: Pick<Context, 'db' | 'region' | 'caller'>): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>()
  for (const { keyId, aliasName } of sorted([...ctx.db.read.aliases.values()].filter(belongsHere(ctx)))) {
    const ofKey = names.get(keyId)
    if (ofKey) ofKey.push(aliasName)
    else names.set(keyId, [aliasName])
  }
  return names
}

/**
 * Throws AliasAlreadyExists where another account gave the name to a key of the same instance under joint ownership: names are unique there.
 * KMS user guide, Share a KMS instance across multiple accounts.
 */
function assertFreeOnInstance(
  tx: Pick<ReadTransaction<CloudTables>, 'aliases' | 'keys' | 'instances'>,
  { region, caller }: Pick<Context, 'region' | 'caller'>,
  aliasName: string,
  { instanceId }: KeyRow,
): void {
  if (instanceId === null || tx.instances.get(instanceId)?.ownership !== 'Joint') return
  for (const alias of tx.aliases.values())
    if (
      alias.aliasName === aliasName &&
      alias.region === region &&
      alias.accountId !== caller.accountId &&
      tx.keys.get(alias.keyId)?.instanceId === instanceId
    )
      throw new ServiceError('AliasAlreadyExists')
}

/** KMS API 2016-01-20. An alias is unique in its account and region. */
export const aliasRules = {
  CreateAlias: (ctx, { AliasName }, { key }) => {
    const { region, caller } = ctx
    const id = aliasId(region, caller.accountId, AliasName)
    ctx.db.write((tx) => {
      if (tx.aliases.get(id)) throw new ServiceError('AliasAlreadyExists')
      assertFreeOnInstance(tx, ctx, AliasName, key)
      const present = [...tx.aliases.values()].filter(belongsHere(ctx)).length
      if (present >= limits.aliasesPerAccountAndRegion) throw new ServiceError('Rejected.LimitExceeded')
      tx.aliases.put({
        id,
        region,
        accountId: caller.accountId,
        aliasName: AliasName,
        keyId: key.keyId,
        createdAt: ctx.now,
      })
    })
    return {}
  },
  UpdateAlias: (ctx, { AliasName }, { key }) => {
    const id = aliasId(ctx.region, ctx.caller.accountId, AliasName)
    ctx.db.write((tx) => {
      const alias = tx.aliases.get(id)
      if (!alias) throw new ServiceError('Forbidden.AliasNotFound')
      assertFreeOnInstance(tx, ctx, AliasName, key)
      tx.aliases.put({ ...alias, keyId: key.keyId })
    })
    return {}
  },
  DeleteAlias: (ctx, _, { alias }) => {
    ctx.db.write((tx) => tx.aliases.delete(alias.id))
    return {}
  },
  ListAliases: (ctx, input) => {
    const aliases = sorted([...ctx.db.read.aliases.values()].filter(belongsHere(ctx)))
    const { page, paging } = pageOf(aliases, input, limits.pageSize.ListAliases.preset)
    return { Aliases: { Alias: page.map(aliasEntry) }, ...paging }
  },
  ListAliasesByKeyId: (ctx, input, { key }) => {
    const aliases = sorted([...ctx.db.read.aliases.values()].filter(({ keyId }) => keyId === key.keyId))
    const { page, paging } = pageOf(aliases, input, limits.pageSize.ListAliasesByKeyId.preset)
    return { Aliases: { Alias: page.map(aliasEntry) }, ...paging }
  },
} satisfies Rules<'CreateAlias' | 'UpdateAlias' | 'DeleteAlias' | 'ListAliases' | 'ListAliasesByKeyId'>
