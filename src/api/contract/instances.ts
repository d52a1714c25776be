import * as shape from './shapes.ts'
import { action } from './action.ts'
import { integer, oneOf, page, required, text } from './params.ts'
import { limits } from './rules.ts'
import { instanceStatuses, instanceTypes } from './states.ts'

/** Extension: an external instance's way to its proxy. `LatencyMs` is the last measured answer; null before the first. */
export const proxyConnection = shape.object({
  Connectivity: shape.oneOf(['Public', 'VpcEndpointService']),
  Endpoint: shape.string(),
  UriPathPrefix: shape.string(),
  Dialect: shape.oneOf(['xks-v1', 'xki']),
  LatencyMs: shape.nullable(shape.number()),
})

/** KMS user guide, Share a KMS instance across multiple accounts: joint at first; independent, once chosen, for good. */
export const sharingOwnerships = ['Joint', 'Independent'] as const
export type SharingOwnership = (typeof sharingOwnerships)[number]

/** Extension: who shares the instance with whom. `NotShared` also where sharing is not known. */
export const sharing = shape.object({
  State: shape.oneOf(['NotShared', 'SharedByThisAccount', 'SharedToThisAccount']),
  OwnerAccountId: shape.string(),
  /** Accounts that it is shared to; empty where this account is one of them. */
  Accounts: shape.array(shape.string()),
  /** Whose a receiver's keys are: the instance's owner's too, or the receiver's alone. */
  Ownership: shape.oneOf(sharingOwnerships),
})

/** KMS API 2016-01-20, GetKmsInstance. */
export const kmsInstance = shape.object({
  InstanceId: shape.string(),
  InstanceName: shape.string(),
  Status: shape.oneOf(instanceStatuses),
  CreateTime: shape.optional(shape.string()),
  StartDate: shape.optional(shape.string()),
  EndDate: shape.optional(shape.string()),
  ChargeType: shape.optional(shape.string()),
  KeyNum: shape.optional(shape.number()),
  SecretNum: shape.optional(shape.string()),
  Spec: shape.optional(shape.number()),
  VpcNum: shape.optional(shape.number()),
  VpcId: shape.optional(shape.string()),
  VswitchIds: shape.optional(shape.array(shape.string())),
  ZoneIds: shape.optional(shape.array(shape.string())),
  BindVpcs: shape.optional(
    shape.object({
      BindVpc: shape.array(
        shape.object({
          VpcId: shape.string(),
          VSwitchId: shape.optional(shape.string()),
          RegionId: shape.optional(shape.string()),
          VpcOwnerId: shape.optional(shape.string()),
        }),
      ),
    }),
  ),
  DeletionProtection: shape.optional(shape.boolean()),
  DeletionProtectionDescription: shape.optional(shape.string()),
  /** Extension: no published field tells the types apart. */
  InstanceType: shape.optional(shape.oneOf(instanceTypes)),
  ExternalProxy: shape.optional(proxyConnection),
  Sharing: shape.optional(sharing),
})
export type KmsInstance = shape.Of<typeof kmsInstance>
export type Sharing = shape.Of<typeof sharing>

/** Extension: why an account takes a unit of the access management quota: it is shared to, or key policies name it. */
const quotaUnit = shape.object({
  AccountId: shape.string(),
  ResourceShares: shape.array(shape.object({ ResourceShareId: shape.string(), ResourceShareName: shape.string() })),
  /** Some of the keys whose policies name it, as far as the caller may see them. */
  Keys: shape.array(shape.string()),
  /** All of them. */
  KeyCount: shape.number(),
})
export type QuotaUnit = shape.Of<typeof quotaUnit>

export const quotaTypes = ['key', 'secret', 'qps', 'vpc'] as const

export const instanceActions = {
  DescribeRegions: action({
    product: 'kms',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: {},
    refused: [],
    output: shape.object({
      Regions: shape.object({ Region: shape.array(shape.object({ RegionId: shape.string() })) }),
    }),
  }),
  DescribeAccountKmsStatus: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeAccountKmsStatus',
    subject: 'account',
    params: {},
    refused: [],
    output: shape.object({
      AccountStatus: shape.oneOf(['Enabled', 'NotEnabled', 'InDebt', 'Suspended']),
    }),
  }),
  ListKmsInstances: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListKmsInstances',
    subject: 'account',
    params: { PageNumber: page(), PageSize: integer(limits.pageSize.ListKmsInstances) },
    refused: ['Filters'],
    output: shape.object({
      KmsInstances: shape.object({
        KmsInstance: shape.array(shape.object({ KmsInstanceId: shape.string(), KmsInstanceArn: shape.string() })),
      }),
      PageNumber: shape.number(),
      PageSize: shape.number(),
      TotalCount: shape.number(),
    }),
  }),
  GetKmsInstance: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:GetKmsInstance',
    subject: 'instance',
    params: { KmsInstanceId: required(text()) },
    refused: [],
    output: shape.object({ KmsInstance: kmsInstance }),
  }),
  GetKmsInstanceQuotaInfos: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:GetKmsInstanceQuotaInfos',
    subject: 'instance',
    params: { KmsInstanceId: required(text()), ResourceType: oneOf(quotaTypes) },
    refused: [],
    output: shape.object({
      KmsInstanceId: shape.string(),
      KmsInstanceQuotaInfos: shape.array(
        shape.object({
          ResourceType: shape.oneOf(quotaTypes),
          ResourceQuota: shape.number(),
          UsedQuantity: shape.number(),
          /** Extension, `vpc` only: what each unit is spent on. */
          Vpcs: shape.optional(shape.array(shape.string())),
          Units: shape.optional(shape.array(quotaUnit)),
          /** Extension, `vpc` only: the other accounts counted, and withdrawn ones with the time their unit returns. */
          Accounts: shape.optional(shape.array(shape.string())),
          Returning: shape.optional(
            shape.array(shape.object({ AccountId: shape.string(), ReturnsAt: shape.string() })),
          ),
        }),
      ),
    }),
  }),
} as const
