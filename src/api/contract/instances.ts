import * as z from 'zod/mini'
import { action } from './action.ts'
import { integer, oneOf, page, required, text } from './params.ts'
import { limits } from './rules.ts'
import { instanceStatuses, instanceTypes } from './states.ts'

/** Extension: an external instance's way to its proxy. `LatencyMs` is the last measured answer; null before the first. */
export const proxyConnection = z.looseObject({
  Connectivity: z.enum(['Public', 'VpcEndpointService']),
  Endpoint: z.string(),
  UriPathPrefix: z.string(),
  Dialect: z.enum(['xks-v1']),
  LatencyMs: z.nullable(z.number()),
})

/** Extension: who shares the instance with whom. `NotShared` also where sharing is not known. */
export const sharing = z.looseObject({
  State: z.enum(['NotShared', 'SharedByThisAccount', 'SharedToThisAccount']),
  OwnerAccountId: z.string(),
  /** Accounts that it is shared to; empty where this account is one of them. */
  Accounts: z.array(z.string()),
})

/** KMS API 2016-01-20, GetKmsInstance. */
export const kmsInstance = z.looseObject({
  InstanceId: z.string(),
  InstanceName: z.string(),
  Status: z.enum(instanceStatuses),
  CreateTime: z.optional(z.string()),
  StartDate: z.optional(z.string()),
  EndDate: z.optional(z.string()),
  ChargeType: z.optional(z.string()),
  KeyNum: z.optional(z.number()),
  SecretNum: z.optional(z.string()),
  Spec: z.optional(z.number()),
  VpcNum: z.optional(z.number()),
  VpcId: z.optional(z.string()),
  VswitchIds: z.optional(z.array(z.string())),
  ZoneIds: z.optional(z.array(z.string())),
  BindVpcs: z.optional(z.looseObject({ BindVpc: z.array(z.looseObject({ VpcId: z.string() })) })),
  /** Extension: no published field tells the types apart. */
  InstanceType: z.optional(z.enum(instanceTypes)),
  ExternalProxy: z.optional(proxyConnection),
  Sharing: z.optional(sharing),
})
export type KmsInstance = z.output<typeof kmsInstance>
export type Sharing = z.output<typeof sharing>

export const quotaTypes = ['key', 'secret', 'qps', 'vpc'] as const

export const instanceActions = {
  DescribeRegions: action({
    product: 'kms',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: {},
    refused: [],
    output: z.looseObject({
      Regions: z.looseObject({ Region: z.array(z.looseObject({ RegionId: z.string() })) }),
    }),
  }),
  DescribeAccountKmsStatus: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:DescribeAccountKmsStatus',
    subject: 'account',
    params: {},
    refused: [],
    output: z.looseObject({
      AccountStatus: z.enum(['Enabled', 'NotEnabled', 'InDebt', 'Suspended']),
    }),
  }),
  ListKmsInstances: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:ListKmsInstances',
    subject: 'account',
    params: { PageNumber: page(), PageSize: integer(limits.pageSize.ListKmsInstances) },
    refused: ['Filters'],
    output: z.looseObject({
      KmsInstances: z.looseObject({
        KmsInstance: z.array(z.looseObject({ KmsInstanceId: z.string(), KmsInstanceArn: z.string() })),
      }),
      PageNumber: z.number(),
      PageSize: z.number(),
      TotalCount: z.number(),
    }),
  }),
  GetKmsInstance: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:GetKmsInstance',
    subject: 'instance',
    params: { KmsInstanceId: required(text()) },
    refused: [],
    output: z.looseObject({ KmsInstance: kmsInstance }),
  }),
  GetKmsInstanceQuotaInfos: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:GetKmsInstanceQuotaInfos',
    subject: 'instance',
    params: { KmsInstanceId: required(text()), ResourceType: oneOf(quotaTypes) },
    refused: [],
    output: z.looseObject({
      KmsInstanceId: z.string(),
      KmsInstanceQuotaInfos: z.array(
        z.looseObject({
          ResourceType: z.enum(quotaTypes),
          ResourceQuota: z.number(),
          UsedQuantity: z.number(),
          /** Extension, `vpc` only: the other accounts counted, and withdrawn ones with the time their unit returns. */
          Accounts: z.optional(z.array(z.string())),
          Returning: z.optional(z.array(z.looseObject({ AccountId: z.string(), ReturnsAt: z.string() }))),
        }),
      ),
    }),
  }),
} as const
