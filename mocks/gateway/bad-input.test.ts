/** Parameters at the API: what is missing, malformed or beyond a limit gets the documented refusal, and nothing is written. */
import { beforeAll, describe, expect, test } from 'vitest'
import { actions, isActionName, type ActionName } from '#src/api/contract/actions.ts'
import { errors, type ErrorCode } from '#src/api/contract/errors.ts'
import { publishedActions } from '#src/api/contract/published.ts'
import { limits } from '#src/api/contract/rules.ts'
import {
  testCloud,
  type CallOptions,
  type RefusalBody,
  type TestAnswer,
  type TestCloud,
} from '#mocks/testing/client.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import {
  account,
  externalKeyId,
  instanceId,
  keyIds,
  otherAccount,
  region,
  sharedId,
  shareId,
  smallWorld,
} from '#mocks/testing/small-world.ts'
import { wrappingParameters } from '#mocks/testing/wrapping.ts'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

type Parameters = Readonly<Record<string, string>>

const base64 = (bytes: number): string => Buffer.alloc(bytes, 'x').toString('base64')
const json = (value: unknown): string => JSON.stringify(value)
const many = (prefix: string, count: number, value: (index: number) => string): Parameters =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}.${index + 1}`, value(index)]))

const sharedInstance = { 'Resources.1.ResourceId': instanceId, 'Resources.1.ResourceType': 'KMSInstance' }
const systemPolicy = { PolicyType: 'System', PolicyName: 'AliyunKMSReadOnlyAccess' }
const ramStatement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' }
const ramPolicy = (change: object): string => json({ Version: '1', Statement: [{ ...ramStatement, ...change }] })
const trustStatement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: `acs:ram::${account}:root` } }
const trustPolicy = (change: object): string => json({ Version: '1', Statement: [{ ...trustStatement, ...change }] })
const trusting = (...arns: readonly string[]): string => trustPolicy({ Principal: { RAM: arns } })

/** Input that each action accepts. */
const valid: Readonly<Record<ActionName, Parameters>> = {
  DescribeRegions: {},
  DescribeAccountKmsStatus: {},
  ListKmsInstances: {},
  GetKmsInstance: { KmsInstanceId: instanceId },
  GetKmsInstanceQuotaInfos: { KmsInstanceId: instanceId },
  CreateKey: { DKMSInstanceId: instanceId, ExternalKeyId: externalKeyId },
  DescribeKey: { KeyId: keyIds.enabled },
  ListKeys: {},
  EnableKey: { KeyId: keyIds.enabled },
  DisableKey: { KeyId: keyIds.disabled },
  GetKeyPolicy: { KeyId: keyIds.enabled },
  SetKeyPolicy: {
    KeyId: keyIds.enabled,
    Policy: json({
      Version: '1',
      Statement: [
        { Effect: 'Allow', Principal: { RAM: ['acs:ram::1111111111111111:*'] }, Action: ['kms:*'], Resource: ['*'] },
      ],
    }),
  },
  CreateAlias: { KeyId: keyIds.enabled, AliasName: 'alias/new' },
  ListAliases: {},
  ListAliasesByKeyId: { KeyId: keyIds.enabled },
  TagResources: {
    RegionId: region,
    ResourceType: 'key',
    'ResourceId.1': keyIds.enabled,
    'Tag.1.Key': 'env',
    'Tag.1.Value': 'test',
  },
  ListTagResources: { RegionId: region, ResourceType: 'key' },
  Encrypt: { KeyId: keyIds.enabled, Plaintext: 'aGVsbG8=' },
  Decrypt: { CiphertextBlob: '' },
  GenerateDataKey: { KeyId: keyIds.enabled },
  GenerateDataKeyWithoutPlaintext: { KeyId: keyIds.enabled },
  DescribeExternalKeys: { KmsInstanceId: instanceId, 'ExternalKeyId.1': externalKeyId },
  UpdateKeyDescription: { KeyId: keyIds.enabled, Description: 'orders' },
  ScheduleKeyDeletion: { KeyId: keyIds.enabled, PendingWindowInDays: '30' },
  CancelKeyDeletion: { KeyId: keyIds.pendingDeletion },
  SetDeletionProtection: { KeyId: keyIds.enabled, EnableDeletionProtection: 'true' },
  UpdateAlias: { KeyId: keyIds.disabled, AliasName: 'alias/orders' },
  DeleteAlias: { AliasName: 'alias/orders' },
  TagResource: { KeyId: keyIds.enabled, Tags: json([{ TagKey: 'env', TagValue: 'test' }]) },
  UntagResource: { KeyId: keyIds.enabled, TagKeys: json(['env']) },
  ListResourceTags: { KeyId: keyIds.enabled },
  UntagResources: { RegionId: region, ResourceType: 'key', 'ResourceId.1': keyIds.enabled, 'TagKey.1': 'env' },
  GenerateAndExportDataKey: { KeyId: keyIds.enabled, ...wrappingParameters },
  ExportDataKey: { CiphertextBlob: '', ...wrappingParameters },
  ReEncrypt: { CiphertextBlob: '', DestinationKeyId: keyIds.enabled },
  ListKeyVersions: { KeyId: keyIds.enabled },
  DescribeKeyVersion: { KeyId: keyIds.enabled, KeyVersionId: `${keyIds.enabled}-1` },
  CreateKeyVersion: { KeyId: keyIds.enabled },
  UpdateRotationPolicy: { KeyId: keyIds.enabled, EnableAutomaticRotation: 'false' },
  GetParametersForImport: { KeyId: keyIds.enabled },
  ImportKeyMaterial: { KeyId: keyIds.enabled },
  DeleteKeyMaterial: { KeyId: keyIds.enabled },
  GetPublicKey: { KeyId: keyIds.enabled },
  AsymmetricEncrypt: { KeyId: keyIds.enabled },
  AsymmetricDecrypt: { KeyId: keyIds.enabled },
  AsymmetricSign: { KeyId: keyIds.enabled },
  AsymmetricVerify: { KeyId: keyIds.enabled },
  GenerateMac: { KeyId: keyIds.enabled },
  VerifyMac: { KeyId: keyIds.enabled },
  DescribeKeyPermissions: { 'KeyId.1': keyIds.enabled },
  DetectKeyAssociations: { KeyId: keyIds.enabled },
  DescribeKeyAssociations: { KeyId: keyIds.enabled },
  ListKeyActivity: { KeyId: keyIds.enabled },
  ListRequests: {},
  DescribeRequest: { RequestId: 'r' },
  ExplainAccess: {
    PrincipalArn: 'acs:ram::1111111111111111:root',
    Permission: 'kms:Encrypt',
    KeyId: keyIds.enabled,
  },
  DescribeKeyAccess: { KeyId: keyIds.enabled },
  ListGrantors: { Permission: 'kms:Decrypt', Resource: 'acs:kms:cn-hangzhou:1111111111111111:*' },
  ListKeysByAccess: { PrincipalArn: 'acs:ram::1111111111111111:root', Permission: 'kms:Decrypt' },
  ListUsers: {},
  ListRoles: {},
  GetCallerIdentity: {},
  ListGroups: {},
  ListPolicies: {},
  GetUser: { UserName: 'reader' },
  CreateUser: { UserName: 'new' },
  DeleteUser: { UserName: 'passer' },
  ListAccessKeys: { UserName: 'reader' },
  DeleteAccessKey: { UserName: 'reader', UserAccessKeyId: 'reader' },
  GetRole: { RoleName: 'helper' },
  CreateRole: { RoleName: 'new', AssumeRolePolicyDocument: trustPolicy({}) },
  DeleteRole: { RoleName: 'unused' },
  ListGroupsForUser: { UserName: 'reader' },
  ListUsersForGroup: { GroupName: 'team' },
  AddUserToGroup: { UserName: 'nobody', GroupName: 'team' },
  RemoveUserFromGroup: { UserName: 'reader', GroupName: 'team' },
  GetPolicy: { PolicyType: 'Custom', PolicyName: 'Own' },
  GetPolicyVersion: { PolicyType: 'Custom', PolicyName: 'Own', VersionId: 'v2' },
  ListPolicyVersions: { PolicyType: 'Custom', PolicyName: 'Own' },
  CreatePolicy: { PolicyName: 'new', PolicyDocument: ramPolicy({}) },
  CreatePolicyVersion: { PolicyName: 'Own', PolicyDocument: ramPolicy({}) },
  SetDefaultPolicyVersion: { PolicyName: 'Own', VersionId: 'v2' },
  DeletePolicyVersion: { PolicyName: 'Own', VersionId: 'v2' },
  DeletePolicy: { PolicyName: 'Unattached' },
  ListPoliciesForUser: { UserName: 'reader' },
  ListPoliciesForRole: { RoleName: 'helper' },
  ListPoliciesForGroup: { GroupName: 'team' },
  ListEntitiesForPolicy: { PolicyType: 'Custom', PolicyName: 'Own' },
  AttachPolicyToUser: { ...systemPolicy, UserName: 'nobody' },
  AttachPolicyToRole: { ...systemPolicy, RoleName: 'helper' },
  AttachPolicyToGroup: { ...systemPolicy, GroupName: 'team' },
  DetachPolicyFromUser: { ...systemPolicy, UserName: 'reader' },
  DetachPolicyFromRole: { PolicyType: 'Custom', PolicyName: 'Own', RoleName: 'helper' },
  DetachPolicyFromGroup: { PolicyType: 'Custom', PolicyName: 'Own', GroupName: 'team' },
  AssumeRole: { RoleArn: `acs:ram::${account}:role/helper`, RoleSessionName: 'night' },
  ConnectKmsInstance: {
    KmsInstanceId: instanceId,
    VpcId: 'vpc-1',
    ZoneIds: 'cn-hangzhou-j,cn-hangzhou-k',
    VSwitchIds: 'vsw-1',
    KMProvider: 'Aliyun',
  },
  UpdateKmsInstanceBindVpc: { KmsInstanceId: instanceId, BindVpcs: '[]' },
  ReleaseKmsInstance: { KmsInstanceId: instanceId },
  GetDefaultKmsInstance: {},
  DescribeConnectionChoices: {},
  ConnectExternalInstance: {
    KmsInstanceId: instanceId,
    VpcId: 'vpc-1',
    ZoneIds: 'cn-hangzhou-j,cn-hangzhou-k',
    VSwitchIds: 'vsw-1',
    Connectivity: 'Public',
    Endpoint: 'xki.example.com',
    CertificateFingerprint: `sha256-${'0'.repeat(64)}`,
    Dialect: 'xks-v1',
    AccessKeyId: 'A'.repeat(26),
    AccessKeySecret: 'a'.repeat(44),
  },
  DescribeConnection: { KmsInstanceId: instanceId },
  DescribeConnectionHealth: { KmsInstanceId: instanceId, Minutes: '60' },
  ChangeProxyCredential: { KmsInstanceId: instanceId, AccessKeyId: 'A'.repeat(26), AccessKeySecret: 'a'.repeat(44) },
  DisconnectExternalInstance: { KmsInstanceId: instanceId },
  ReconnectExternalInstance: { KmsInstanceId: instanceId },
  SetSharingOwnership: { KmsInstanceId: instanceId, Ownership: 'Independent' },
  CreateResourceShare: { ResourceShareName: 'orders', ...sharedInstance, 'Targets.1': otherAccount },
  UpdateResourceShare: { ResourceShareId: shareId, ResourceShareName: 'orders' },
  DeleteResourceShare: { ResourceShareId: shareId },
  AssociateResourceShare: { ResourceShareId: shareId, ...sharedInstance, 'Targets.1': otherAccount },
  DisassociateResourceShare: { ResourceShareId: sharedId, 'Targets.1': otherAccount },
  ListResourceShares: { ResourceOwner: 'Self' },
  ListResourceShareAssociations: { AssociationType: 'Target' },
  ListSharedResources: { ResourceOwner: 'Self' },
  ListSharedTargets: { ResourceOwner: 'OtherAccounts' },
}

/** What the small world's keys, all external, and its instance, which is connected, are refused with, valid as the input is. */
const neverDone: Readonly<Partial<Record<ActionName, ErrorCode>>> = {
  ListKeyVersions: 'Rejected.UnsupportedOperation',
  DescribeKeyVersion: 'Rejected.UnsupportedOperation',
  CreateKeyVersion: 'Rejected.UnsupportedOperation',
  UpdateRotationPolicy: 'Rejected.UnsupportedOperation',
  GetParametersForImport: 'Unsupported.Origin',
  ImportKeyMaterial: 'Unsupported.Origin',
  DeleteKeyMaterial: 'Unsupported.Origin',
  GetPublicKey: 'Rejected.UnsupportedOperation',
  AsymmetricEncrypt: 'Rejected.UnsupportedOperation',
  AsymmetricDecrypt: 'Rejected.UnsupportedOperation',
  AsymmetricSign: 'Rejected.UnsupportedOperation',
  AsymmetricVerify: 'Rejected.UnsupportedOperation',
  GenerateMac: 'UnsupportedOperation',
  VerifyMac: 'UnsupportedOperation',
  ConnectKmsInstance: 'UnsupportedOperation',
  ReleaseKmsInstance: 'UnsupportedOperation',
  ConnectExternalInstance: 'Forbidden.DKMSInstanceStateInvalid',
  ReconnectExternalInstance: 'Forbidden.DKMSInstanceStateInvalid',
  // Such a credential the proxy has not.
  ChangeProxyCredential: 'Rejected.Unavailable',
}

const takesCiphertext = (name: ActionName): boolean => Object.hasOwn(actions[name].params, 'CiphertextBlob')

async function inputOf(at: TestCloud, name: ActionName, changes: Parameters = {}): Promise<Map<string, string>> {
  const sealed = takesCiphertext(name)
    ? { CiphertextBlob: (await at.ok('Encrypt', { KeyId: keyIds.enabled, Plaintext: 'aGVsbG8=' })).CiphertextBlob }
    : {}
  return new Map(Object.entries({ ...valid[name], ...sealed, ...changes }))
}

async function ask(
  at: TestCloud,
  name: ActionName,
  changes: Parameters = {},
  options: CallOptions = {},
): Promise<TestAnswer<Partial<RefusalBody>>> {
  const parameters = await inputOf(at, name, changes)
  return at.send(await at.signed(actions[name].product, name, parameters, { as: 'admin', ...options }))
}

describe('every action', () => {
  const names = Object.keys(actions).filter(isActionName)

  test.each(names)('%s accepts the valid input', async (name) => {
    const fresh = await testCloud({ world: await smallWorld() })
    const { status, body } = await ask(fresh, name)
    const refusal = neverDone[name]
    expect({ status, code: body.Code }).toEqual({ status: refusal ? errors[refusal].status : 200, code: refusal })
  })

  const required = names.flatMap((name) =>
    Object.entries(actions[name].params)
      .filter(([, { required: isRequired }]) => isRequired)
      .map(([parameter]) => [name, parameter] as const),
  )
  test.each(required)('%s without %s', async (name, parameter) => {
    const parameters = await inputOf(cloud, name)
    for (const given of parameters.keys()) if (given.split('.')[0] === parameter) parameters.delete(given)
    const signed = await cloud.signed(actions[name].product, name, parameters)
    expect(await refusalOf(cloud, () => cloud.send(signed))).toEqual({ code: 'MissingParameter', parameter })
  })

  const refused = names.flatMap((name) => actions[name].refused.map((parameter) => [name, parameter] as const))
  test.each(refused)('%s with %s, which is published and not implemented', async (name, parameter) => {
    expect(await refusalOf(cloud, () => ask(cloud, name, { [parameter]: 'true' }))).toEqual({
      code: 'UnsupportedOperation',
      parameter,
    })
  })

  const notOfKms = (name: string): boolean => !isActionName(name) || actions[name].product !== 'kms'
  test.each(publishedActions.filter(notOfKms))('%s is refused by name', async (name) => {
    const { status, body } = await cloud.send(await cloud.signed('kms', name, []))
    expect(status).toBe(400)
    expect(body).toMatchObject({ Code: 'UnsupportedOperation', Message: expect.stringContaining(name) as string })
  })
})

const principal = (arn: string) => [{ Effect: 'Allow', Principal: { RAM: [arn] }, Action: ['kms:*'], Resource: ['*'] }]
const policy = (change: object): string =>
  json({ Version: '1', Statement: principal('acs:ram::1111111111111111:*'), ...change })
const padded = (bytes: number): string => {
  const text = policy({})
  return text + ' '.repeat(bytes - text.length)
}
const filter = (values: number, key = 'KeyState') => ({ Key: key, Values: Array(values).fill('Enabled') as string[] })
const tags = (count: number, change: object = {}) =>
  json(Array.from({ length: count }, (_, index) => ({ TagKey: `k${index}`, TagValue: 'v', ...change })))
const context = (length: number): string => json({ a: 'x'.repeat(length - json({ a: '' }).length) })

describe('malformed parameters and limits', () => {
  const accepted: readonly [ActionName, Parameters][] = [
    ['ListKeys', { PageSize: '1' }],
    ['ListKeys', { PageSize: '100', PageNumber: '999999999' }],
    ['ListKeys', { Filters: json(Array.from({ length: 10 }, () => filter(10))) }],
    ['ListAliases', { PageSize: '0' }],
    ['ListAliases', { PageSize: '100' }],
    ['ListAliasesByKeyId', { PageSize: '0' }],
    ['ListAliasesByKeyId', { PageSize: '101' }],
    ['ListKmsInstances', { PageSize: '1' }],
    ['ListKmsInstances', { PageSize: '100' }],
    ['ListUsers', { MaxItems: '1' }],
    ['ListUsers', { MaxItems: '1000' }],
    ['AssumeRole', { DurationSeconds: '900' }],
    ['AssumeRole', { DurationSeconds: '3600' }],
    ['AssumeRole', { RoleSessionName: 'a.@-_9'.repeat(10) }],
    ['CreateKey', { Description: 'x'.repeat(limits.description) }],
    ['CreateKey', { Tags: tags(20) }],
    ['CreateKey', { Tags: json([{ TagKey: 'k'.repeat(128), TagValue: 'v'.repeat(128) }]) }],
    ['CreateKey', { Policy: padded(limits.policyBytes) }],
    ['CreateAlias', { AliasName: `alias/${'a'.repeat(255)}` }],
    ['Encrypt', { Plaintext: base64(1) }],
    ['Encrypt', { Plaintext: base64(limits.plaintextBytes) }],
    ['Encrypt', { EncryptionContext: context(limits.encryptionContext) }],
    ['Encrypt', { EncryptionContext: '{}' }],
    ['GenerateDataKey', { NumberOfBytes: '1' }],
    ['GenerateDataKey', { NumberOfBytes: '1024' }],
    ['GenerateDataKeyWithoutPlaintext', { NumberOfBytes: '1024' }],
    ['DescribeExternalKeys', many('ExternalKeyId', 50, (index) => `hsm-${index}`)],
    ['UpdateKeyDescription', { Description: '' }],
    ['UpdateKeyDescription', { Description: 'x'.repeat(limits.description) }],
    ['ScheduleKeyDeletion', { PendingWindowInDays: '7' }],
    ['ScheduleKeyDeletion', { PendingWindowInDays: '366' }],
    ['SetDeletionProtection', { DeletionProtectionDescription: 'x'.repeat(limits.description) }],
    ['TagResource', { Tags: tags(20) }],
    ['UntagResource', { TagKeys: json(['k'.repeat(128)]) }],
    ['UntagResources', many('TagKey', 20, (index) => `k${index}`)],
    ['TagResources', Object.assign({}, ...Array.from({ length: 20 }, (_, i) => ({ [`Tag.${i + 1}.Key`]: `k${i}` })))],
  ]
  test.each(accepted)('%s accepts %j', async (name, changes) => {
    const fresh = await testCloud({ world: await smallWorld() })
    expect((await ask(fresh, name, changes)).body.Code).toBeUndefined()
  })

  const invalid: readonly [ActionName, string, readonly string[]][] = [
    ['ListKeys', 'PageSize', ['0', '101', 'ten', '-1', '1.5', '1e1', ' 1', '9999999999']],
    ['ListKeys', 'PageNumber', ['0', '-1', 'x', '1000000000']],
    [
      'ListKeys',
      'Filters',
      [
        '{',
        'null',
        '{}',
        '"x"',
        '[1]',
        '[null]',
        json([{ Key: 'KeyState' }]),
        json([{ Key: 'KeyState', Values: 'Enabled' }]),
        json([{ Key: 'KeyState', Values: [1] }]),
        json([filter(1, 'Colour')]),
        json([filter(11)]),
        json(Array.from({ length: 11 }, () => filter(1))),
      ],
    ],
    ['ListAliases', 'PageSize', ['101', '-1']],
    ['ListAliasesByKeyId', 'PageSize', ['102']],
    ['ListKmsInstances', 'PageSize', ['0', '101']],
    ['ListUsers', 'MaxItems', ['0', '1001']],
    ['GetKmsInstanceQuotaInfos', 'ResourceType', ['Key', 'cpu']],
    ['CreateKey', 'KeySpec', ['AES_256', 'aliyun_aes_256']],
    ['CreateKey', 'KeyUsage', ['ENCRYPT']],
    ['CreateKey', 'Origin', ['XKI']],
    ['CreateKey', 'Description', ['x'.repeat(limits.description + 1)]],
    [
      'CreateKey',
      'Tags',
      [
        '[',
        '{}',
        '[1]',
        json([{ TagValue: 'v' }]),
        json([{ TagKey: 1, TagValue: 'v' }]),
        tags(21),
        tags(1, { TagKey: '' }),
        tags(1, { TagKey: 'k'.repeat(129) }),
        tags(1, { TagValue: 'v'.repeat(129) }),
        tags(1, { TagKey: 'aliyun' }),
        tags(1, { TagKey: 'acs:x' }),
        tags(1, { TagKey: 'a b' }),
        tags(1, { TagValue: '密' }),
        tags(2, { TagKey: 'same' }),
      ],
    ],
    [
      'CreateKey',
      'Policy',
      [
        'x',
        '[]',
        '{}',
        policy({ Version: '2' }),
        policy({ Statement: [] }),
        policy({ Statement: {} }),
        policy({ Extra: 1 }),
        policy({ Statement: principal('acs:ram::*:root') }),
        policy({ Statement: principal('*') }),
        policy({ Statement: [{ ...principal('acs:ram::1111111111111111:*')[0], Condition: {} }] }),
        policy({ Statement: [{ ...principal('acs:ram::1111111111111111:*')[0], NotAction: ['kms:*'] }] }),
        policy({ Statement: [{ ...principal('acs:ram::1111111111111111:*')[0], Resource: ['acs:kms:*'] }] }),
        padded(limits.policyBytes + 1),
      ],
    ],
    ['CreateKey', 'ExternalKeyId', ['a b', 'x'.repeat(129), '密', 'no-such-key', '../keys']],
    ['SetKeyPolicy', 'Policy', ['{', policy({ Statement: [null] })]],
    [
      'CreateAlias',
      'AliasName',
      ['orders', 'alias/', 'Alias/x', 'alias/a b', 'alias/密', 'alias/acs/x', `alias/${'a'.repeat(256)}`],
    ],
    ['UpdateKeyDescription', 'Description', ['x'.repeat(limits.description + 1)]],
    ['ScheduleKeyDeletion', 'PendingWindowInDays', ['6', '367', '0', '-7', '30.5', 'x']],
    ['SetDeletionProtection', 'EnableDeletionProtection', ['yes', 'True', '1']],
    ['SetDeletionProtection', 'DeletionProtectionDescription', ['x'.repeat(limits.description + 1)]],
    ['TagResource', 'Tags', ['[', '{}', tags(21), tags(1, { TagKey: 'acs:x' }), tags(2, { TagKey: 'same' })]],
    ['UntagResource', 'TagKeys', ['[', '{}', '[1]', '"env"']],
    ['UntagResources', 'All', ['yes']],
    ['ReEncrypt', 'CiphertextBlob', ['x', 'aGVsbG8=']],
    ['UpdateAlias', 'AliasName', ['orders', 'alias/acs/x']],
    ['DeleteAlias', 'AliasName', ['orders', 'alias/acs/x']],
    ['TagResources', 'RegionId', ['cn-beijing', 'x']],
    ['TagResources', 'ResourceType', ['secret', 'Key']],
    ['Encrypt', 'Plaintext', ['a', 'aGVsbG8', 'aGVs bG8=', 'aGVsbG8_', '====', base64(limits.plaintextBytes + 1)]],
    ['Encrypt', 'EncryptionContext', ['x', '[]', 'null', '{"a":1}', '{"a":{}}', '{"a":null}', context(8193)]],
    ['Decrypt', 'CiphertextBlob', ['x', 'aGVsbG8=', base64(8192), base64(8193)]],
    ['GenerateDataKey', 'KeySpec', ['AES_512', 'aes_256']],
    ['GenerateDataKey', 'NumberOfBytes', ['0', '1025', '-1', 'x']],
    [
      'AssumeRole',
      'RoleArn',
      [
        'helper',
        `acs:ram::${account}:user/helper`,
        `acs:ram::${account}:root`,
        `acs:ram::${account}:role/`,
        `acs:ram::${account}:role/*`,
        `acs:ram::${account}:role/helper/x`,
        `acs:ram::${account}:role/${'r'.repeat(65)}`,
        'acs:ram::1:role/helper',
      ],
    ],
    ['AssumeRole', 'RoleSessionName', ['n', 's'.repeat(65), 'a b', '夜', 'a/b', 'a:b']],
    ['CreateUser', 'UserName', ['a b', '密', 'a/b', 'a'.repeat(65), '*']],
    ['CreateUser', 'DisplayName', ['x'.repeat(129)]],
    ['CreateRole', 'MaxSessionDuration', ['3599', '43201', 'x']],
    ['CreateRole', 'AssumeRolePolicyDocument', ['x'.repeat(6145)]],
    ['AddUserToGroup', 'GroupName', ['a_b', 'g'.repeat(65), 'a.b']],
    ['CreatePolicy', 'PolicyName', ['a b', 'a_b', 'p'.repeat(129), 'user/x']],
    ['CreatePolicy', 'Description', ['x'.repeat(1025)]],
    ['GetPolicy', 'PolicyType', ['system', 'Any']],
    ['GetPolicyVersion', 'VersionId', ['1', 'v0', 'v01', 'v', 'latest']],
    ['CreatePolicyVersion', 'SetAsDefault', ['yes', 'True']],
    ['ListPolicies', 'MaxItems', ['0', '1001']],
    ['AssumeRole', 'DurationSeconds', ['0', '899', '3601', '43201', '-900', '900.5', 'x']],
  ]
  const cases = invalid.flatMap(([name, parameter, values]) => values.map((value) => [name, parameter, value] as const))
  test.each(cases)('%s, %s = %.60s', async (name, parameter, value) => {
    expect(await refusalOf(cloud, () => ask(cloud, name, { [parameter]: value }))).toEqual({
      code: 'InvalidParameter',
      parameter,
    })
  })

  const otherCodes: readonly [ActionName, Parameters, ErrorCode, string?][] = [
    ['DescribeExternalKeys', many('ExternalKeyId', 51, (index) => `hsm-${index}`), 'InvalidParameter', 'ExternalKeyId'],
    ['TagResources', many('ResourceId', 51, () => keyIds.enabled), 'InvalidParameter', 'ResourceId'],
    [
      'TagResources',
      Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`Tag.${index + 1}.Key`, `k${index}`])),
      'InvalidParameter',
      'Tag',
    ],
    ['TagResources', { 'Tag.1.Key': 'aliyun' }, 'InvalidParameter.TagKey'],
    ['TagResources', { 'Tag.1.Key': 'k'.repeat(129) }, 'InvalidParameter.TagKey'],
    ['TagResources', { 'Tag.1.Value': 'v'.repeat(129) }, 'InvalidParameter.TagValue'],
    ['TagResources', { 'Tag.2.Key': 'env', 'Tag.2.Value': 'x' }, 'Duplicate.TagKey'],
    ['TagResources', { 'ResourceId.1': 'key-unknown' }, 'InvalidResourceId.NotFound'],
    ['CreateAlias', { AliasName: 'alias/orders' }, 'AliasAlreadyExists'],
    ['DescribeKey', { KeyId: 'key-unknown' }, 'Forbidden.KeyNotFound'],
    ['DescribeKey', { KeyId: 'alias/unknown' }, 'Forbidden.AliasNotFound'],
    ['DescribeKey', { KeyId: 'acs:kms:nonsense' }, 'Forbidden.KeyNotFound'],
    ['DescribeKey', { KeyId: '\u0000' }, 'Forbidden.KeyNotFound'],
    ['DescribeKey', { KeyId: 'k'.repeat(100_000) }, 'Forbidden.KeyNotFound'],
    ['EnableKey', { KeyId: 'alias/orders' }, 'Unsupported.Alias'],
    ['GetKmsInstance', { KmsInstanceId: 'kst-unknown' }, 'Forbidden.DKMSInstanceNotFound'],
    ['CreateKey', { DKMSInstanceId: 'kst-unknown' }, 'Forbidden.DKMSInstanceNotFound'],
    ['GetKeyPolicy', { PolicyName: 'mine' }, 'Forbidden.ResourceNotFound'],
    ['CreateResourceShare', { ResourceShareName: 'n'.repeat(51) }, 'InvalidParameter', 'ResourceShareName'],
    ['CreateResourceShare', { ResourceShareName: 'a b' }, 'InvalidParameter', 'ResourceShareName'],
    ['CreateResourceShare', { ResourceShareName: 'a/b' }, 'InvalidParameter', 'ResourceShareName'],
    ['UpdateResourceShare', { ResourceShareName: '密钥：共享' }, 'InvalidParameter', 'ResourceShareName'],
    ['CreateResourceShare', many('Targets', 6, (index) => `100000000000000${index}`), 'InvalidParameter', 'Targets'],
    ['CreateResourceShare', { 'Targets.2': otherAccount }, 'InvalidParameter.Targets.Duplicate', 'Targets'],
    ['CreateResourceShare', { 'Targets.1': 'x' }, 'InvalidParameter.Targets', 'Targets'],
    ['CreateResourceShare', { 'Targets.1': `${otherAccount}0` }, 'InvalidParameter.Targets', 'Targets'],
    ['CreateResourceShare', { 'Targets.1': '3333333333333333' }, 'InvalidTarget', 'Targets'],
    ['CreateResourceShare', { 'Targets.1': account }, 'ShareWithYourself', 'Targets'],
    ['CreateResourceShare', { 'Targets.1': 'fd-aBcDeF0123' }, 'UnsupportedOperation', 'Targets'],
    ['CreateResourceShare', { 'Targets.1': 'rd-3G****' }, 'InvalidParameter.Targets', 'Targets'],
    ['CreateResourceShare', { 'PermissionNames.1': 'AliyunRSDefaultPermissionVSwitch' }, 'EntityNotExists.Permission'],
    ['CreateResourceShare', { 'Resources.1.ResourceType': 'VSwitch' }, 'InvalidParameter.ResourceType', 'Resources'],
    ['CreateResourceShare', { 'Resources.1.ResourceType': '' }, 'InvalidParameter.ResourceType', 'Resources'],
    ['CreateResourceShare', { 'Resources.1.ResourceId': keyIds.enabled }, 'InvalidParameter.Resources', 'Resources'],
    ['CreateResourceShare', { 'Resources.1.ResourceId': 'kst-unknown' }, 'InvalidParameter.Resources', 'Resources'],
    [
      'AssociateResourceShare',
      { 'Resources.2.ResourceId': instanceId, 'Resources.2.ResourceType': 'KMSInstance' },
      'InvalidParameter.Resources.Duplicate',
      'Resources',
    ],
    ['AssociateResourceShare', { ResourceShareId: 'rs-unknown' }, 'EntityNotExists.ResourceShare'],
    ['DisassociateResourceShare', { 'Targets.1': account }, 'DisassociateInvalid'],
    ['ListResourceShares', { ResourceOwner: 'self' }, 'InvalidParameter', 'ResourceOwner'],
    ['ListResourceShares', { MaxResults: '0' }, 'InvalidParameter', 'MaxResults'],
    ['ListResourceShares', { NextToken: 'rs-unknown' }, 'InvalidParameter.NextToken', 'NextToken'],
    ['ListResourceShareAssociations', { ResourceId: instanceId }, 'ConflictedAssociationType'],
    ['ListResourceShareAssociations', { AssociationType: 'Resource', Target: account }, 'ConflictedAssociationType'],
    ['SetSharingOwnership', { Ownership: 'independent' }, 'InvalidParameter', 'Ownership'],
    ['Encrypt', { KeyId: keyIds.disabled }, 'Rejected.Disabled'],
    ['EnableKey', { KeyId: keyIds.pendingDeletion }, 'Rejected.StateModifiedFailed'],
    ['GetUser', { UserName: 'helper' }, 'EntityNotExist.User'],
    ['GetRole', { RoleName: 'reader' }, 'EntityNotExist.Role'],
    ['AssumeRole', { RoleArn: `acs:ram::${account}:role/absent` }, 'EntityNotExist.Role'],
    ['ListUsersForGroup', { GroupName: 'absent' }, 'EntityNotExist.Group'],
    ['GetPolicy', { PolicyType: 'System' }, 'EntityNotExist.Policy'],
    ['DeletePolicy', { PolicyName: 'AliyunKMSReadOnlyAccess' }, 'EntityNotExist.Policy'],
    ['GetPolicyVersion', { VersionId: 'v3' }, 'EntityNotExist.Policy.Version'],
    ['DeletePolicyVersion', { VersionId: 'v3' }, 'EntityNotExist.Policy.Version'],
    ['DeletePolicyVersion', { VersionId: 'v1' }, 'DeleteConflict.Policy.Version.Default'],
    ['DeleteAccessKey', { UserAccessKeyId: 'admin' }, 'EntityNotExist.User.AccessKey'],
    ['CreateUser', { UserName: 'reader' }, 'EntityAlreadyExists.User'],
    ['CreateRole', { RoleName: 'helper' }, 'EntityAlreadyExists.Role'],
    ['CreatePolicy', { PolicyName: 'Own' }, 'EntityAlreadyExists.Policy'],
    ['AddUserToGroup', { UserName: 'reader' }, 'EntityAlreadyExists.User.Group'],
    ['RemoveUserFromGroup', { UserName: 'nobody' }, 'EntityNotExist.User.Group'],
    ['AttachPolicyToUser', { UserName: 'reader' }, 'EntityAlreadyExists.User.Policy'],
    ['AttachPolicyToRole', { PolicyType: 'Custom', PolicyName: 'Own' }, 'EntityAlreadyExists.Role.Policy'],
    ['AttachPolicyToGroup', { PolicyType: 'Custom', PolicyName: 'Own' }, 'EntityAlreadyExists.Group.Policy'],
    ['AttachPolicyToUser', { PolicyName: 'Own' }, 'EntityNotExist.Policy'],
    ['DetachPolicyFromUser', { UserName: 'nobody' }, 'EntityNotExist.User.Policy'],
    ['DetachPolicyFromRole', { RoleName: 'unused' }, 'EntityNotExist.Role.Policy'],
    ['DetachPolicyFromGroup', systemPolicy, 'EntityNotExist.Group.Policy'],
    ['DeleteUser', { UserName: 'reader' }, 'DeleteConflict.User.Group'],
    ['DeleteUser', { UserName: 'nobody' }, 'DeleteConflict.User.AccessKey'],
    ['DeleteRole', { RoleName: 'helper' }, 'DeleteConflict.Role.Policy'],
    ['DeletePolicy', { PolicyName: 'Own' }, 'DeleteConflict.Policy.Group'],
    ['CreatePolicy', { PolicyDocument: '{' }, 'MalformedPolicyDocument', 'PolicyDocument'],
    ['CreatePolicy', { PolicyDocument: ramPolicy({ Effect: 'Maybe' }) }, 'MalformedPolicyDocument', 'PolicyDocument'],
    ['CreatePolicyVersion', { PolicyDocument: ramPolicy({ Sid: 'x' }) }, 'MalformedPolicyDocument', 'PolicyDocument'],
    ...[
      '[]',
      json({ Version: '2', Statement: [trustStatement] }),
      json({ Version: '1', Statement: [] }),
      json({ Version: '1', Statement: [trustStatement], Id: 'x' }),
      trustPolicy({ Effect: 'Maybe' }),
      trustPolicy({ Action: 'kms:*' }),
      trustPolicy({ Action: [] }),
      trustPolicy({ Condition: {} }),
      trustPolicy({ Resource: '*' }),
      trustPolicy({ Principal: '*' }),
      trustPolicy({ Principal: {} }),
      trustPolicy({ Principal: { Service: ['ecs.aliyuncs.com'] } }),
      trustPolicy({ Principal: { RAM: `acs:ram::${account}:root`, Federated: ['x'] } }),
      trusting(),
      trusting('*'),
      trusting(`acs:ram::${account}:user/*`),
      trusting(`acs:ram::${account}:user/rea*`),
      trusting(`acs:ram::${account}:group/team`),
      trusting('acs:ram::*:root'),
    ].map((AssumeRolePolicyDocument): [ActionName, Parameters, ErrorCode, string] => [
      'CreateRole',
      { AssumeRolePolicyDocument },
      'MalformedPolicyDocument',
      'AssumeRolePolicyDocument',
    ]),
  ]
  test.each(otherCodes)('%s with %.80j: %s', async (name, changes, code, parameter) => {
    const refusal = await refusalOf(cloud, () => ask(cloud, name, changes))
    expect(refusal.code).toBe(code)
    if (parameter !== undefined) expect(refusal.parameter).toBe(parameter)
  })

  test('a ciphertext that was cut, changed, or is opened in another context', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', {
      KeyId: keyIds.enabled,
      Plaintext: 'aGVsbG8=',
      EncryptionContext: { order: '1' },
    })
    const bytes = Buffer.from(CiphertextBlob, 'base64')
    const flipped = Buffer.from(bytes)
    flipped[bytes.length - 1]! ^= 1
    const inContext = { EncryptionContext: json({ order: '1' }) }
    for (const changes of [
      { CiphertextBlob },
      { CiphertextBlob, EncryptionContext: json({ order: '2' }) },
      { CiphertextBlob: flipped.toString('base64'), ...inContext },
      { CiphertextBlob: bytes.subarray(0, -1).toString('base64'), ...inContext },
      { CiphertextBlob: Buffer.concat([bytes, bytes]).toString('base64'), ...inContext },
    ])
      expect(await refusalOf(cloud, () => ask(cloud, 'Decrypt', changes))).toEqual({
        code: 'InvalidParameter',
        parameter: 'CiphertextBlob',
      })
    expect((await ask(cloud, 'Decrypt', { CiphertextBlob, ...inContext })).status).toBe(200)
  })
})
