/** Rows as the ResourceSharing API 2020-01-10 tells them. */
import { sharedResourceType, type ResourceShare, type ShareAssociation } from '#src/api/contract/sharing.ts'
import type { ResourceShareRow, ShareAssociationRow } from '#mocks/store/rows.ts'

/** Times with milliseconds: `2020-12-03T08:02:22.413Z`. `time`: ms since the epoch. */
export const sharingTime = (time: number): string => new Date(time).toISOString()

export const shareView = ({ shareId, name, accountId, createdAt, updatedAt }: ResourceShareRow): ResourceShare => ({
  ResourceShareId: shareId,
  ResourceShareName: name,
  ResourceShareOwner: accountId,
  ResourceShareStatus: 'Active',
  AllowExternalTargets: false,
  CreateTime: sharingTime(createdAt),
  UpdateTime: sharingTime(updatedAt),
})

const entityTypes = { Resource: sharedResourceType, Target: 'Account' } as const
const otherEnd = { Resource: 'Target', Target: 'Resource' } as const

const noRoom = 'The access management quota of the instance is used up.'

/** Failed where it failed for one of the share's other entities, though it may stand for the rest (assumed). */
export function associationView(
  { shareId, name }: ResourceShareRow,
  { type, entityId, failures, createdAt, updatedAt }: ShareAssociationRow,
): ShareAssociation {
  return {
    ResourceShareId: shareId,
    ResourceShareName: name,
    AssociationType: type,
    EntityId: entityId,
    EntityType: entityTypes[type],
    AssociationStatus: failures.length > 0 ? 'Failed' : 'Associated',
    AssociationStatusMessage: failures.length > 0 ? noRoom : '',
    AssociationFailedDetails: failures.map((failure) => ({
      EntityId: failure.entityId,
      EntityType: entityTypes[otherEnd[type]],
      OperationType: 'Associate' as const,
      FailureReason: 'LimitExceeded' as const,
      FailureDescription: noRoom,
    })),
    CreateTime: sharingTime(createdAt),
    UpdateTime: sharingTime(updatedAt),
  }
}
