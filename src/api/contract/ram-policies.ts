/** RAM policies, their versions, and to whom they are attached: RAM API 2015-05-01. */
import { action } from './action.ts'
import { boolean, oneOf, required } from './params.ts'
import {
  groupName,
  groups,
  markerPaging,
  markerRest,
  named,
  policyDocument,
  roleName,
  roles,
  upTo,
  userName,
  users,
} from './directory.ts'
import * as shape from './shapes.ts'

const policyTypes = ['System', 'Custom'] as const
export type PolicyType = (typeof policyTypes)[number]

const PolicyName = required(named(/^[A-Za-z0-9-]{1,128}$/))
const VersionId = required(named(/^v[1-9][0-9]{0,8}$/))
const policyParams = { PolicyType: required(oneOf(policyTypes)), PolicyName }

const policyFields = {
  PolicyName: shape.string(),
  PolicyType: shape.oneOf(policyTypes),
  Description: shape.optional(shape.string()),
  DefaultVersion: shape.string(),
}
const policy = shape.object({
  ...policyFields,
  CreateDate: shape.string(),
  /** Users, groups and roles of the caller's account that it is attached to. */
  AttachmentCount: shape.number(),
})
const versionFields = { VersionId: shape.string(), IsDefaultVersion: shape.boolean(), CreateDate: shape.string() }
const version = shape.object({ ...versionFields, PolicyDocument: shape.string() })

const base = { product: 'ram', subject: 'ram', refused: [] } as const
const read = { ...base, kind: 'read' } as const
const write = { ...base, kind: 'write' } as const
const nothing = shape.object({})

const attached = shape.object({
  Policies: shape.object({ Policy: shape.array(shape.object({ ...policyFields, AttachDate: shape.string() })) }),
})
const AttachDate = shape.string()

export const ramPolicyActions = {
  ListPolicies: action({
    ...read,
    permission: 'ram:ListPolicies',
    params: { PolicyType: oneOf(policyTypes), ...markerPaging },
    output: shape.object({ Policies: shape.object({ Policy: shape.array(policy) }), ...markerRest }),
  }),
  GetPolicy: action({
    ...read,
    permission: 'ram:GetPolicy',
    params: policyParams,
    output: shape.object({ Policy: policy, DefaultPolicyVersion: version }),
  }),
  GetPolicyVersion: action({
    ...read,
    permission: 'ram:GetPolicyVersion',
    params: { ...policyParams, VersionId },
    output: shape.object({ PolicyVersion: version }),
  }),
  ListPolicyVersions: action({
    ...read,
    permission: 'ram:ListPolicyVersions',
    params: policyParams,
    output: shape.object({
      PolicyVersions: shape.object({ PolicyVersion: shape.array(shape.object(versionFields)) }),
    }),
  }),
  CreatePolicy: action({
    ...write,
    permission: 'ram:CreatePolicy',
    params: { PolicyName, Description: upTo(1024), PolicyDocument: policyDocument },
    output: shape.object({ Policy: shape.object({ ...policyFields, CreateDate: shape.string() }) }),
  }),
  CreatePolicyVersion: action({
    ...write,
    permission: 'ram:CreatePolicyVersion',
    params: { PolicyName, PolicyDocument: policyDocument, SetAsDefault: boolean() },
    refused: ['RotateStrategy'],
    output: shape.object({ PolicyVersion: shape.object(versionFields) }),
  }),
  SetDefaultPolicyVersion: action({
    ...write,
    permission: 'ram:SetDefaultPolicyVersion',
    params: { PolicyName, VersionId },
    output: nothing,
  }),
  DeletePolicyVersion: action({
    ...write,
    permission: 'ram:DeletePolicyVersion',
    params: { PolicyName, VersionId },
    output: nothing,
  }),
  /** Versions besides the default one, and attachments, have to go before. */
  DeletePolicy: action({ ...write, permission: 'ram:DeletePolicy', params: { PolicyName }, output: nothing }),

  /** What is attached to the user itself; its groups' policies are the groups'. */
  ListPoliciesForUser: action({
    ...read,
    permission: 'ram:ListPoliciesForUser',
    params: { UserName: userName },
    output: attached,
  }),
  ListPoliciesForRole: action({
    ...read,
    permission: 'ram:ListPoliciesForRole',
    params: { RoleName: roleName },
    output: attached,
  }),
  ListPoliciesForGroup: action({
    ...read,
    permission: 'ram:ListPoliciesForGroup',
    params: { GroupName: groupName },
    output: attached,
  }),
  ListEntitiesForPolicy: action({
    ...read,
    permission: 'ram:ListEntitiesForPolicy',
    params: policyParams,
    output: shape.object({
      Users: users({ UserId: shape.string(), AttachDate }),
      Groups: groups({ AttachDate }),
      Roles: roles({ AttachDate }),
    }),
  }),
  AttachPolicyToUser: action({
    ...write,
    permission: 'ram:AttachPolicyToUser',
    params: { ...policyParams, UserName: userName },
    output: nothing,
  }),
  AttachPolicyToRole: action({
    ...write,
    permission: 'ram:AttachPolicyToRole',
    params: { ...policyParams, RoleName: roleName },
    output: nothing,
  }),
  AttachPolicyToGroup: action({
    ...write,
    permission: 'ram:AttachPolicyToGroup',
    params: { ...policyParams, GroupName: groupName },
    output: nothing,
  }),
  DetachPolicyFromUser: action({
    ...write,
    permission: 'ram:DetachPolicyFromUser',
    params: { ...policyParams, UserName: userName },
    output: nothing,
  }),
  DetachPolicyFromRole: action({
    ...write,
    permission: 'ram:DetachPolicyFromRole',
    params: { ...policyParams, RoleName: roleName },
    output: nothing,
  }),
  DetachPolicyFromGroup: action({
    ...write,
    permission: 'ram:DetachPolicyFromGroup',
    params: { ...policyParams, GroupName: groupName },
    output: nothing,
  }),
} as const
