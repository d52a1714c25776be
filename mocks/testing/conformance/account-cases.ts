/** RAM and STS: a user, a group, a role and a policy from their making to their end. */
import { roleArn, rootArn } from '#src/api/contract/arn.ts'
import { accounts } from '#mocks/scenarios/names.ts'
import { does, type Case } from './case.ts'

const UserName = 'conformance'
const RoleName = 'conformance'
const GroupName = 'auditors'
const PolicyName = 'Conformance'
const PolicyType = 'Custom'
const policy = { PolicyType, PolicyName }
const { accountId } = accounts.main
const document = (Action: string): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: [Action], Resource: ['*'] }] })
const trust = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: rootArn(accountId) } }],
})
const RoleArn = roleArn(accountId, RoleName)

const ram = (action: string, parameters: Readonly<Record<string, string>>, more: Partial<Case> = {}): Case =>
  does(action, () => parameters, { product: 'ram', ...more })

export const accountCases: readonly Case[] = [
  ram('CreateUser', { UserName, DisplayName: '一致性' }, { answers: () => ({ 'User.DisplayName': '一致性' }) }),
  ram('CreateUser', { UserName }, { name: 'refused a second time', code: 'EntityAlreadyExists.User' }),
  ram('GetUser', { UserName }, { answers: () => ({ 'User.UserName': UserName }) }),
  ram('ListUsers', {}),
  ram('AddUserToGroup', { UserName, GroupName }),
  ram('ListGroups', {}),
  ram('ListGroupsForUser', { UserName }, { answers: () => ({ 'Groups.Group.0.GroupName': GroupName }) }),
  ram('ListUsersForGroup', { GroupName }),
  ram('RemoveUserFromGroup', { UserName, GroupName }),
  ram('CreateRole', { RoleName, AssumeRolePolicyDocument: trust }, { answers: () => ({ 'Role.Arn': RoleArn }) }),
  ram('GetRole', { RoleName }, { answers: () => ({ 'Role.RoleName': RoleName }) }),
  ram('ListRoles', {}),
  ram('CreatePolicy', { PolicyName, PolicyDocument: document('kms:ListKeys') }),
  ram('GetPolicy', policy, { answers: () => ({ 'Policy.DefaultVersion': 'v1' }) }),
  ram('ListPolicies', { PolicyType }),
  ram('CreatePolicyVersion', { PolicyName, PolicyDocument: document('kms:DescribeKey'), SetAsDefault: 'false' }),
  ram('ListPolicyVersions', policy),
  ram(
    'GetPolicyVersion',
    { ...policy, VersionId: 'v2' },
    {
      answers: () => ({ 'PolicyVersion.PolicyDocument': document('kms:DescribeKey') }),
    },
  ),
  ram('SetDefaultPolicyVersion', { PolicyName, VersionId: 'v2' }),
  ram('DeletePolicyVersion', { PolicyName, VersionId: 'v1' }),
  ram('AttachPolicyToUser', { ...policy, UserName }),
  ram('AttachPolicyToRole', { ...policy, RoleName }),
  ram('AttachPolicyToGroup', { ...policy, GroupName }),
  ram('ListPoliciesForUser', { UserName }, { answers: () => ({ 'Policies.Policy.0.PolicyName': PolicyName }) }),
  ram('ListPoliciesForRole', { RoleName }, { answers: () => ({ 'Policies.Policy.0.PolicyName': PolicyName }) }),
  ram('ListPoliciesForGroup', { GroupName }),
  ram('ListEntitiesForPolicy', policy, { answers: () => ({ 'Users.User.0.UserName': UserName }) }),
  ram('DeletePolicy', { PolicyName }, { name: 'refused while it is attached', code: 'DeleteConflict.Policy.User' }),
  ram('DetachPolicyFromUser', { ...policy, UserName }),
  ram('DetachPolicyFromRole', { ...policy, RoleName }),
  ram('DetachPolicyFromGroup', { ...policy, GroupName }),
  ram('DeletePolicy', { PolicyName }),
  ram('DeleteRole', { RoleName }),
  ram('DeleteUser', { UserName }),
  ram(
    'ListAccessKeys',
    { UserName: 'key-deployer' },
    {
      remember: { accessKeyId: 'AccessKeys.AccessKey.0.AccessKeyId' },
    },
  ),
  does('DeleteAccessKey', ({ accessKeyId }) => ({ UserName: 'key-deployer', UserAccessKeyId: accessKeyId! }), {
    product: 'ram',
  }),
  // The account itself assumes no role.
  does('AssumeRole', () => ({ RoleArn: roleArn(accountId, 'order-app'), RoleSessionName: 'conformance' }), {
    product: 'sts',
    as: 'orders-service',
    answers: () => ({ 'AssumedRoleUser.Arn': `acs:ram::${accountId}:assumed-role/order-app/conformance` }),
  }),
]
