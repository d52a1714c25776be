/** ResourceSharing API 2020-01-10: KMS instances shared with other accounts of the resource directory. */
import * as shape from './shapes.ts'
import { action } from './action.ts'
import { integer, oneOf, recordList, required, text, textList } from './params.ts'
import { limits, resourceShareNameProblem } from './rules.ts'

/** What can be shared. No list of types is published; this one is read from the name of its permission (assumed). */
export const sharedResourceType = 'KMSInstance'
/** KMS user guide, Share a KMS instance across multiple accounts: the one recommended, and the one deprecated. */
export const sharePermissions = [
  'AliyunRSDefaultPermissionKMSInstance',
  'AliyunRSPermissionKMSInstanceReadWrite',
] as const

export const associationTypes = ['Resource', 'Target'] as const
export type AssociationType = (typeof associationTypes)[number]
export const associationStatuses = ['Associating', 'Associated', 'Failed', 'Disassociating', 'Disassociated'] as const
export const associationFailures = [
  'Unavailable',
  'LimitExceeded',
  'ZonalResourceInaccessible',
  'InternalError',
  'UnsupportedOperation',
] as const
const shareStatuses = ['Active', 'Pending', 'Deleting', 'Deleted'] as const
/** From whom a list is seen: what this account shares, or what is shared with it. */
const shareOwners = ['Self', 'OtherAccounts'] as const

const resourceShare = shape.object({
  ResourceShareId: shape.string(),
  ResourceShareName: shape.string(),
  ResourceShareOwner: shape.string(),
  ResourceShareStatus: shape.oneOf(shareStatuses),
  AllowExternalTargets: shape.boolean(),
  CreateTime: shape.string(),
  UpdateTime: shape.string(),
})
export type ResourceShare = shape.Of<typeof resourceShare>

const association = shape.object({
  ResourceShareId: shape.string(),
  ResourceShareName: shape.string(),
  AssociationType: shape.oneOf(associationTypes),
  /** ID of the resource, or of the account. */
  EntityId: shape.string(),
  /** The resource's type; `Account` for a target. */
  EntityType: shape.string(),
  AssociationStatus: shape.oneOf(associationStatuses),
  /** Why it failed; empty where it did not. */
  AssociationStatusMessage: shape.optional(shape.string()),
  /** With which resource (of a target), or for which account (of a resource). */
  AssociationFailedDetails: shape.optional(
    shape.array(
      shape.object({
        EntityId: shape.string(),
        EntityType: shape.string(),
        OperationType: shape.oneOf(['Associate', 'Disassociate']),
        FailureReason: shape.oneOf(associationFailures),
        FailureDescription: shape.string(),
      }),
    ),
  ),
  CreateTime: shape.string(),
  UpdateTime: shape.string(),
})
export type ShareAssociation = shape.Of<typeof association>

const associations = shape.object({ ResourceShareAssociations: shape.array(association) })

const resources = () => recordList(['ResourceId', 'ResourceType'], { max: limits.shareEntitiesPerCall })
const targets = () => textList({ max: limits.shareEntitiesPerCall })
const shareIds = () => textList({ max: limits.shareEntitiesPerCall })
const permissionNames = () => textList({ max: limits.shareEntitiesPerCall })
const paging = { MaxResults: integer(limits.shareMaxResults), NextToken: text() }

/** Published, and about what is not simulated: accounts outside the directory, resources by ARN, properties, groups, tags of shares. */
const refusedOfChange = ['ResourceArns', 'ResourceProperties', 'TargetProperties']
const refusedOfList = ['ResourceArn', 'ResourceArns']

export const sharingActions = {
  CreateResourceShare: action({
    product: 'resourcesharing',
    kind: 'write',
    permission: 'resourcesharing:CreateResourceShare',
    subject: 'account',
    params: {
      ResourceShareName: required(text(resourceShareNameProblem)),
      Resources: resources(),
      Targets: targets(),
      PermissionNames: permissionNames(),
    },
    refused: ['AllowExternalTargets', 'ResourceGroupId', 'Tag', ...refusedOfChange],
    output: shape.object({ ResourceShare: resourceShare }),
  }),
  UpdateResourceShare: action({
    product: 'resourcesharing',
    kind: 'write',
    permission: 'resourcesharing:UpdateResourceShare',
    subject: 'resourceShare',
    params: { ResourceShareId: required(text()), ResourceShareName: required(text(resourceShareNameProblem)) },
    refused: ['AllowExternalTargets'],
    output: shape.object({ ResourceShare: resourceShare }),
  }),
  DeleteResourceShare: action({
    product: 'resourcesharing',
    kind: 'write',
    permission: 'resourcesharing:DeleteResourceShare',
    subject: 'resourceShare',
    params: { ResourceShareId: required(text()) },
    refused: [],
    output: shape.object({}),
  }),
  AssociateResourceShare: action({
    product: 'resourcesharing',
    kind: 'write',
    permission: 'resourcesharing:AssociateResourceShare',
    subject: 'resourceShare',
    params: {
      ResourceShareId: required(text()),
      Resources: resources(),
      Targets: targets(),
      PermissionNames: permissionNames(),
    },
    refused: refusedOfChange,
    output: associations,
  }),
  DisassociateResourceShare: action({
    product: 'resourcesharing',
    kind: 'write',
    permission: 'resourcesharing:DisassociateResourceShare',
    subject: 'resourceShare',
    params: { ResourceShareId: required(text()), Resources: resources(), Targets: targets() },
    refused: ['ResourceArns', 'ResourceOwner'],
    output: associations,
  }),
  ListResourceShares: action({
    product: 'resourcesharing',
    kind: 'read',
    permission: 'resourcesharing:ListResourceShares',
    subject: 'account',
    params: {
      ResourceOwner: required(oneOf(shareOwners)),
      ResourceShareName: text(),
      ResourceShareStatus: oneOf(shareStatuses),
      ResourceShareIds: shareIds(),
      PermissionName: text(),
      ...paging,
    },
    refused: ['ResourceGroupId', 'Tag'],
    output: shape.object({ ResourceShares: shape.array(resourceShare), NextToken: shape.optional(shape.string()) }),
  }),
  ListResourceShareAssociations: action({
    product: 'resourcesharing',
    kind: 'read',
    permission: 'resourcesharing:ListResourceShareAssociations',
    subject: 'account',
    params: {
      AssociationType: required(oneOf(associationTypes)),
      AssociationStatus: oneOf(associationStatuses),
      ResourceShareIds: shareIds(),
      ResourceId: text(),
      Target: text(),
      ...paging,
    },
    refused: refusedOfList,
    output: shape.object({
      ResourceShareAssociations: shape.array(association),
      NextToken: shape.optional(shape.string()),
    }),
  }),
  ListSharedResources: action({
    product: 'resourcesharing',
    kind: 'read',
    permission: 'resourcesharing:ListSharedResources',
    subject: 'account',
    params: {
      ResourceOwner: required(oneOf(shareOwners)),
      ResourceIds: textList({ max: limits.shareEntitiesPerCall }),
      ResourceShareIds: shareIds(),
      ResourceType: text(),
      Target: text(),
      ...paging,
    },
    refused: refusedOfList,
    output: shape.object({
      SharedResources: shape.array(
        shape.object({
          ResourceShareId: shape.string(),
          ResourceId: shape.string(),
          ResourceType: shape.string(),
          /** Of what other accounts share with this one. */
          ResourceStatus: shape.optional(
            shape.oneOf(['Available', 'ZonalResourceInaccessible', 'LimitExceeded', 'Unavailable']),
          ),
          ResourceStatusMessage: shape.optional(shape.string()),
          CreateTime: shape.string(),
          UpdateTime: shape.string(),
        }),
      ),
      NextToken: shape.optional(shape.string()),
    }),
  }),
  ListSharedTargets: action({
    product: 'resourcesharing',
    kind: 'read',
    permission: 'resourcesharing:ListSharedTargets',
    subject: 'account',
    params: {
      ResourceOwner: required(oneOf(shareOwners)),
      Targets: targets(),
      ResourceId: text(),
      ResourceShareIds: shareIds(),
      ResourceType: text(),
      ...paging,
    },
    refused: refusedOfList,
    output: shape.object({
      SharedTargets: shape.array(
        shape.object({
          ResourceShareId: shape.string(),
          /** A target of this account's share; of another account's, that account. */
          TargetId: shape.string(),
          External: shape.boolean(),
          CreateTime: shape.string(),
          UpdateTime: shape.string(),
        }),
      ),
      NextToken: shape.optional(shape.string()),
    }),
  }),
} as const
