/** ResourceSharing API 2020-01-10. */
import { isAccountId } from '#src/api/contract/arn.ts'
import { sharedResourceType, sharePermissions } from '#src/api/contract/sharing.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { drawText, shareIdLength } from '#mocks/kms/ids.ts'
import { associationsIn } from '#mocks/kms/sharing.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { ResourceShareRow } from '#mocks/store/rows.ts'
import { listRules } from './lists.ts'
import { associate, disassociate, type ShareEntities } from './shares.ts'
import { associationView, shareView } from './views.ts'

interface Asked {
  readonly Resources?: readonly { readonly ResourceId: string; readonly ResourceType: string }[] | undefined
  readonly Targets?: readonly string[] | undefined
}

const hasDuplicate = (texts: readonly string[]): boolean => new Set(texts).size < texts.length

/** The identifiers as asked, each once and of the one type there is. */
function entitiesIn({ Resources = [], Targets = [] }: Asked): ShareEntities {
  if (Resources.some(({ ResourceType }) => ResourceType !== sharedResourceType))
    throw new ServiceError('InvalidParameter.ResourceType', {}, { Parameter: 'Resources' })
  const instances = Resources.map(({ ResourceId }) => ResourceId)
  if (hasDuplicate(instances))
    throw new ServiceError('InvalidParameter.Resources.Duplicate', {}, { Parameter: 'Resources' })
  if (hasDuplicate(Targets)) throw new ServiceError('InvalidParameter.Targets.Duplicate', {}, { Parameter: 'Targets' })
  return { instances, accounts: Targets }
}

/** A resource directory or a folder of one: published as targets. */
const directoryPattern = /^(?:rd|r|fd)-[A-Za-z0-9]+$/

/** Members of the simulated resource directory are all accounts that there are. */
function assertTarget({ db, caller }: Context, target: string): void {
  const detail = { Parameter: 'Targets' }
  if (directoryPattern.test(target))
    throw new ServiceError(
      'UnsupportedOperation',
      { reason: 'Resource directories and folders are not implemented as targets.' },
      detail,
    )
  if (!isAccountId(target)) throw new ServiceError('InvalidParameter.Targets', {}, detail)
  if (target === caller.accountId) throw new ServiceError('ShareWithYourself', {}, detail)
  if (!db.read.accounts.get(target)) throw new ServiceError('InvalidTarget', {}, detail)
}

/** KMS user guide: enabled instances of one's own, in their own region. Default keys belong to none, and so cannot be shared. */
function assertInstance({ db, caller, region }: Context, instanceId: string): void {
  const refuse = (reason: string, Reason: 'InstanceNotOwned' | 'InstanceNotEnabled'): ServiceError =>
    new ServiceError('InvalidParameter.Resources', { reason }, { Parameter: 'Resources', Reason })
  const instance = db.read.instances.get(instanceId)
  if (instance?.accountId !== caller.accountId || instance.region !== region)
    throw refuse('This account has no such instance in this region.', 'InstanceNotOwned')
  if (instance.status !== 'Connected') throw refuse('The instance is not enabled.', 'InstanceNotEnabled')
}

function assertPermissions(names: readonly string[] = []): void {
  const known: readonly string[] = sharePermissions
  if (names.some((name) => !known.includes(name)))
    throw new ServiceError('EntityNotExists.Permission', {}, { Parameter: 'PermissionNames' })
}

function assertShareable(ctx: Context, { instances, accounts }: ShareEntities): void {
  for (const instanceId of instances) assertInstance(ctx, instanceId)
  for (const target of accounts) assertTarget(ctx, target)
}

function assertSomething({ instances, accounts }: ShareEntities): void {
  if (instances.length + accounts.length === 0) throw new ServiceError('ResourceAndTargetBothEmpty')
}

/** The share as it stands in a transaction; another request may have deleted it since it was found. */
function existing<T>(share: T | undefined): T {
  if (share === undefined) throw new ServiceError('EntityNotExists.ResourceShare')
  return share
}

export const sharingRules = {
  CreateResourceShare: (ctx, input) => {
    const entities = entitiesIn(input)
    assertShareable(ctx, entities)
    assertPermissions(input.PermissionNames)
    const share = ctx.db.write((tx) => {
      const row: ResourceShareRow = {
        shareId: `rs-${drawText(tx, shareIdLength)}`,
        accountId: ctx.caller.accountId,
        region: ctx.region,
        name: input.ResourceShareName,
        permission: input.PermissionNames?.[0] ?? sharePermissions[0],
        createdAt: ctx.now,
        updatedAt: ctx.now,
      }
      tx.resourceShares.put(row)
      associate({ tx, shareId: row.shareId, now: ctx.now }, entities)
      return row
    })
    return { ResourceShare: shareView(share) }
  },
  UpdateResourceShare: ({ db, now }, { ResourceShareName }, { share: { shareId } }) => {
    const changed = db.write((tx) => {
      const row = { ...existing(tx.resourceShares.get(shareId)), name: ResourceShareName, updatedAt: now }
      tx.resourceShares.put(row)
      return row
    })
    return { ResourceShare: shareView(changed) }
  },
  /** All of it, or nothing: a receiver that still has keys keeps the whole share. */
  DeleteResourceShare: ({ db, now }, _, { share: { shareId } }) => {
    db.write((tx) => {
      const idsIn = (type: 'Resource' | 'Target') => associationsIn(tx, shareId, type).map(({ entityId }) => entityId)
      disassociate({ tx, shareId, now }, { instances: idsIn('Resource'), accounts: idsIn('Target') })
      tx.resourceShares.delete(shareId)
    })
    return {}
  },
  AssociateResourceShare: (ctx, input, { share: { shareId } }) => {
    const entities = entitiesIn(input)
    assertSomething(entities)
    assertShareable(ctx, entities)
    assertPermissions(input.PermissionNames)
    return ctx.db.write((tx) => {
      const share = existing(tx.resourceShares.get(shareId))
      associate({ tx, shareId, now: ctx.now }, entities)
      tx.resourceShares.put({ ...share, updatedAt: ctx.now })
      const asked = new Set([...entities.instances, ...entities.accounts])
      const rows = (['Resource', 'Target'] as const).flatMap((type) => associationsIn(tx, shareId, type))
      return {
        ResourceShareAssociations: rows
          .filter(({ entityId }) => asked.has(entityId))
          .map((row) => associationView(share, row)),
      }
    })
  },
  DisassociateResourceShare: (ctx, input, { share: { shareId } }) => {
    const entities = entitiesIn(input)
    assertSomething(entities)
    return ctx.db.write((tx) => {
      const share = existing(tx.resourceShares.get(shareId))
      const gone = disassociate({ tx, shareId, now: ctx.now }, entities)
      tx.resourceShares.put({ ...share, updatedAt: ctx.now })
      return {
        ResourceShareAssociations: gone.map((row) => ({
          ...associationView(share, { ...row, failures: [] }),
          AssociationStatus: 'Disassociated' as const,
        })),
      }
    })
  },
  ...listRules,
} satisfies Rules<
  | 'CreateResourceShare'
  | 'UpdateResourceShare'
  | 'DeleteResourceShare'
  | 'AssociateResourceShare'
  | 'DisassociateResourceShare'
  | keyof typeof listRules
>
