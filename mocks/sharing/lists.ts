/** What is shared, by whom, with whom. ResourceSharing API 2020-01-10. */
import { limits } from '#src/api/contract/rules.ts'
import { sharedResourceType, type AssociationType } from '#src/api/contract/sharing.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { associationsIn, isGranted } from '#mocks/kms/sharing.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { ResourceShareRow, ShareAssociationRow } from '#mocks/store/rows.ts'
import { associationView, sharingTime, shareView } from './views.ts'

interface Paging {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

/** A page after the row that the token names, in the list's order. Throws InvalidParameter.NextToken for a row that is not there. */
function pageAfter<T>(rows: readonly T[], idOf: (row: T) => string, { MaxResults, NextToken }: Paging) {
  const before = NextToken === undefined ? -1 : rows.findIndex((row) => idOf(row) === NextToken)
  if (NextToken !== undefined && before < 0)
    throw new ServiceError('InvalidParameter.NextToken', {}, { Parameter: 'NextToken' })
  const page = rows.slice(before + 1, before + 1 + (MaxResults ?? limits.shareMaxResults.preset))
  const last = page.at(-1)
  const isTruncated = last !== undefined && last !== rows.at(-1)
  return { page, rest: isTruncated ? { NextToken: idOf(last) } : {} }
}

const newestFirst = (a: ResourceShareRow, b: ResourceShareRow): number =>
  b.createdAt - a.createdAt || (a.shareId < b.shareId ? -1 : 1)

interface AskedShares {
  readonly ResourceOwner: 'Self' | 'OtherAccounts'
  readonly ResourceShareIds?: readonly string[] | undefined
}

const isTarget = ({ db, caller }: Context, { shareId }: ResourceShareRow): boolean =>
  associationsIn(db.read, shareId, 'Target').some(({ entityId }) => entityId === caller.accountId)

/** This account's shares in the region, or the other accounts' that it is a target of; the newest first. */
function sharesOf(ctx: Context, { ResourceOwner, ResourceShareIds }: AskedShares): readonly ResourceShareRow[] {
  return [...ctx.db.read.resourceShares.values()]
    .filter(
      (share) =>
        share.region === ctx.region &&
        (ResourceShareIds === undefined || ResourceShareIds.includes(share.shareId)) &&
        (ResourceOwner === 'Self' ? share.accountId === ctx.caller.accountId : isTarget(ctx, share)),
    )
    .sort(newestFirst)
}

interface InShare {
  readonly share: ResourceShareRow
  readonly row: ShareAssociationRow
}

const inShares = ({ db }: Context, shares: readonly ResourceShareRow[], type: AssociationType): readonly InShare[] =>
  shares.flatMap((share) => associationsIn(db.read, share.shareId, type).map((row) => ({ share, row })))

const idOfRow = ({ row }: InShare): string => row.id

/** Of another account's share with this one: whether this resource got through. */
function statusHere({ db, caller }: Context, { share, row }: InShare) {
  const target = associationsIn(db.read, share.shareId, 'Target').find(({ entityId }) => entityId === caller.accountId)
  const isAvailable = target !== undefined && isGranted(row, target)
  return {
    ResourceStatus: isAvailable ? ('Available' as const) : ('LimitExceeded' as const),
    ResourceStatusMessage: '',
  }
}

const wanted = (list: readonly string[] | undefined, value: string): boolean =>
  list === undefined || list.includes(value)

export const listRules = {
  ListResourceShares: (ctx, input) => {
    const { ResourceShareName, ResourceShareStatus = 'Active', PermissionName, ResourceOwner } = input
    const shares = sharesOf(ctx, { ResourceOwner, ResourceShareIds: input.ResourceShareIds }).filter(
      ({ name, permission }) =>
        ResourceShareStatus === 'Active' &&
        (ResourceShareName === undefined || name === ResourceShareName) &&
        (PermissionName === undefined || permission === PermissionName),
    )
    const { page, rest } = pageAfter(shares, ({ shareId }) => shareId, input)
    return { ResourceShares: page.map(shareView), ...rest }
  },
  ListResourceShareAssociations: (ctx, input) => {
    const { AssociationType: type, AssociationStatus, ResourceId, Target } = input
    const other = type === 'Target' ? ResourceId : Target
    if (other !== undefined) throw new ServiceError('ConflictedAssociationType')
    const entity = type === 'Target' ? Target : ResourceId
    const shares = sharesOf(ctx, { ResourceOwner: 'Self', ResourceShareIds: input.ResourceShareIds })
    const rows = inShares(ctx, shares, type).filter(
      ({ share, row }) =>
        (entity === undefined || row.entityId === entity) &&
        (AssociationStatus === undefined || associationView(share, row).AssociationStatus === AssociationStatus),
    )
    const { page, rest } = pageAfter(rows, idOfRow, input)
    return { ResourceShareAssociations: page.map(({ share, row }) => associationView(share, row)), ...rest }
  },
  ListSharedResources: (ctx, input) => {
    const { ResourceOwner, ResourceIds, ResourceType = sharedResourceType, Target } = input
    const isOwn = ResourceOwner === 'Self'
    /** One's own: the account that it is shared with; another's: that account. */
    const reaches = ({ shareId, accountId }: ResourceShareRow): boolean =>
      Target === undefined ||
      (isOwn
        ? associationsIn(ctx.db.read, shareId, 'Target').some(({ entityId }) => entityId === Target)
        : accountId === Target)
    const rows = inShares(ctx, sharesOf(ctx, input).filter(reaches), 'Resource').filter(
      ({ row }) => ResourceType === sharedResourceType && wanted(ResourceIds, row.entityId),
    )
    const { page, rest } = pageAfter(rows, idOfRow, input)
    return {
      SharedResources: page.map((one) => ({
        ResourceShareId: one.share.shareId,
        ResourceId: one.row.entityId,
        ResourceType: sharedResourceType,
        ...(isOwn ? {} : statusHere(ctx, one)),
        CreateTime: sharingTime(one.row.createdAt),
        UpdateTime: sharingTime(one.row.updatedAt),
      })),
      ...rest,
    }
  },
  ListSharedTargets: (ctx, input) => {
    const { ResourceOwner, Targets, ResourceId, ResourceType = sharedResourceType } = input
    const isOwn = ResourceOwner === 'Self'
    const holds = ({ shareId }: ResourceShareRow): boolean =>
      ResourceType === sharedResourceType &&
      (ResourceId === undefined ||
        associationsIn(ctx.db.read, shareId, 'Resource').some(({ entityId }) => entityId === ResourceId))
    const rows = inShares(ctx, sharesOf(ctx, input).filter(holds), 'Target')
      .filter(({ row }) => isOwn || row.entityId === ctx.caller.accountId)
      .map((one) => ({ ...one, targetId: isOwn ? one.row.entityId : one.share.accountId }))
      .filter(({ targetId }) => wanted(Targets, targetId))
    const { page, rest } = pageAfter(rows, idOfRow, input)
    return {
      SharedTargets: page.map(({ share, row, targetId }) => ({
        ResourceShareId: share.shareId,
        TargetId: targetId,
        External: false,
        CreateTime: sharingTime(row.createdAt),
        UpdateTime: sharingTime(row.updatedAt),
      })),
      ...rest,
    }
  },
} satisfies Rules<'ListResourceShares' | 'ListResourceShareAssociations' | 'ListSharedResources' | 'ListSharedTargets'>
