/** RAM policies, their versions and attachments: what one call changes is what the next one, and the gateway, sees. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Output } from '#src/api/contract/actions.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed } from '#mocks/testing/rows.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const document = (Action: string): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const PolicyName = 'Duty'
const custom = { PolicyType: 'Custom', PolicyName } as const

test('versions: the default one counts, and five are the most', async () => {
  await cloud.ok('CreatePolicy', { PolicyName, PolicyDocument: document('kms:ListKeys'), Description: 'Duty' })
  await cloud.ok('AttachPolicyToUser', { ...custom, UserName: 'intern' })
  const may = async () => ({
    list: (await cloud.code('ListKeys', {}, { as: 'intern' })) === null,
    describe:
      (await cloud.code(
        'DescribeKey',
        { KeyId: keyNamed(cloud.cloud, 'alias/apps/config').keyId },
        { as: 'intern' },
      )) === null,
  })
  expect(await may()).toEqual({ list: true, describe: false })

  const { PolicyVersion } = await cloud.ok('CreatePolicyVersion', {
    PolicyName,
    PolicyDocument: document('kms:DescribeKey'),
  })
  expect(PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: false })
  expect(await may()).toEqual({ list: true, describe: false })
  await cloud.ok('SetDefaultPolicyVersion', { PolicyName, VersionId: 'v2' })
  expect(await may()).toEqual({ list: false, describe: true })

  await cloud.ok('CreatePolicyVersion', { PolicyName, PolicyDocument: document('kms:*'), SetAsDefault: true })
  expect(await may()).toEqual({ list: true, describe: true })
  const { DefaultPolicyVersion, Policy } = await cloud.ok('GetPolicy', custom)
  expect(Policy).toMatchObject({ PolicyType: 'Custom', Description: 'Duty', DefaultVersion: 'v3', AttachmentCount: 1 })
  expect(JSON.parse(DefaultPolicyVersion.PolicyDocument)).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['kms:*'], Resource: ['*'] }],
  })

  for (const VersionId of ['v4', 'v5'])
    expect(
      (await cloud.ok('CreatePolicyVersion', { PolicyName, PolicyDocument: document('kms:*') })).PolicyVersion
        .VersionId,
    ).toBe(VersionId)
  expect(await cloud.code('CreatePolicyVersion', { PolicyName, PolicyDocument: document('kms:*') })).toBe(
    'LimitExceeded.Policy.Version',
  )
  await cloud.ok('DeletePolicyVersion', { PolicyName, VersionId: 'v1' })
  const { PolicyVersions } = await cloud.ok('ListPolicyVersions', custom)
  expect(PolicyVersions.PolicyVersion.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
    ['v2', false],
    ['v3', true],
    ['v4', false],
    ['v5', false],
  ])
})

test('a policy goes when nobody has it and one version is left', async () => {
  await cloud.ok('CreatePolicy', { PolicyName, PolicyDocument: document('kms:*') })
  await cloud.ok('CreatePolicyVersion', { PolicyName, PolicyDocument: document('kms:ListKeys') })
  const holders = [
    ['User', { UserName: 'intern' }],
    ['Group', { GroupName: 'auditors' }],
    ['Role', { RoleName: 'backup' }],
  ] as const
  for (const [kind, name] of holders) {
    await cloud.ok(`AttachPolicyTo${kind}`, { ...custom, ...name } as never)
    expect(await cloud.code('DeletePolicy', { PolicyName })).toBe(`DeleteConflict.Policy.${kind}`)
    await cloud.ok(`DetachPolicyFrom${kind}`, { ...custom, ...name } as never)
  }
  expect(await cloud.code('DeletePolicy', { PolicyName })).toBe('DeleteConflict.Policy.Version')
  await cloud.ok('DeletePolicyVersion', { PolicyName, VersionId: 'v2' })
  await cloud.ok('DeletePolicy', { PolicyName })
  expect(await cloud.code('GetPolicy', custom)).toBe('EntityNotExist.Policy')
})

test('who has a policy, and which somebody has', async () => {
  const system = { PolicyType: 'System', PolicyName: 'AliyunKMSReadOnlyAccess' } as const
  await cloud.ok('AttachPolicyToUser', { ...system, UserName: 'intern' })
  const { Users, Groups, Roles } = await cloud.ok('ListEntitiesForPolicy', system)
  expect(Users.User.map(({ UserName }) => UserName)).toEqual(['auditor', 'intern'])
  expect(Groups.Group.map(({ GroupName }) => GroupName)).toEqual(['auditors'])
  expect(Roles.Role.map(({ RoleName }) => RoleName)).toEqual(['kms-auditor'])

  const names = ({ Policies }: Output<'ListPoliciesForUser'>) => Policies.Policy.map((policy) => policy.PolicyName)
  expect(names(await cloud.ok('ListPoliciesForUser', { UserName: 'intern' }))).toEqual(['AliyunKMSReadOnlyAccess'])
  expect(names(await cloud.ok('ListPoliciesForRole', { RoleName: 'break-glass' }))).toEqual(['AdministratorAccess'])
  expect(names(await cloud.ok('ListPoliciesForGroup', { GroupName: 'security-team' }))).toEqual(['AssumeBreakGlass'])
  await cloud.ok('DetachPolicyFromUser', { ...system, UserName: 'intern' })
  expect(names(await cloud.ok('ListPoliciesForUser', { UserName: 'intern' }))).toEqual([])
})

test('lists page by page, system policies and those of the own account', async () => {
  const seen: string[] = []
  let Marker: string | undefined
  do {
    const page = await cloud.ok('ListPolicies', { MaxItems: 3, Marker })
    seen.push(...page.Policies.Policy.map((policy) => policy.PolicyName))
    Marker = page.Marker
  } while (Marker !== undefined)
  expect(seen).toEqual([...seen].sort())
  expect(seen).toEqual(expect.arrayContaining(['AdministratorAccess', 'ListKeysOnly']))
  expect(seen).not.toContain('UseKeysOfExampleMain')
  const { Policies } = await cloud.ok('ListPolicies', { PolicyType: 'Custom' })
  expect(new Set(Policies.Policy.map(({ PolicyType }) => PolicyType))).toEqual(new Set(['Custom']))
})

describe('who may administer', () => {
  const someRead = [
    ['GetUser', { UserName: 'intern' }],
    ['ListGroups', {}],
    ['GetPolicy', { PolicyType: 'System', PolicyName: 'AdministratorAccess' }],
  ] as const
  const someWrites = [
    ['CreateUser', { UserName: 'new' }],
    ['DeleteRole', { RoleName: 'break-glass' }],
    ['AttachPolicyToUser', { UserName: 'intern', PolicyType: 'System', PolicyName: 'AdministratorAccess' }],
    ['CreatePolicyVersion', { PolicyName: 'ListKeysOnly', PolicyDocument: document('*') }],
  ] as const
  test.each([
    ['keyAdmin', true],
    ['auditor', true],
    ['keyDeployer', false],
    ['intern', false],
  ] as const)('%s looks: %s, and changes nothing', async (as, looks) => {
    for (const [action, input] of someRead)
      expect(await cloud.code(action, input as never, { as })).toBe(looks ? null : 'NoPermission')
    for (const [action, input] of someWrites)
      expect(await cloud.code(action, input as never, { as })).toBe('NoPermission')
  })

  test('by resource: one user, and one policy to attach', async () => {
    const of = (resource: string) => `acs:ram:*:1203456789012345:${resource}`
    const PolicyDocument = JSON.stringify({
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['ram:AttachPolicyToUser', 'ram:GetUser'],
          Resource: [of('user/data-*'), 'acs:ram:*:*:policy/AliyunKMSReadOnlyAccess'],
        },
      ],
    })
    await cloud.ok('CreatePolicy', { PolicyName, PolicyDocument })
    await cloud.ok('AttachPolicyToUser', { ...custom, UserName: 'intern' })
    const attach = (UserName: string, system: string) =>
      cloud.code('AttachPolicyToUser', { UserName, PolicyType: 'System', PolicyName: system }, { as: 'intern' })
    expect(await cloud.code('GetUser', { UserName: 'data-analyst' }, { as: 'intern' })).toBeNull()
    expect(await cloud.code('GetUser', { UserName: 'intern' }, { as: 'intern' })).toBe('NoPermission')
    expect(await attach('data-analyst', 'AdministratorAccess')).toBe('NoPermission')
    expect(await attach('intern', 'AliyunKMSReadOnlyAccess')).toBe('NoPermission')
    expect(await attach('data-analyst', 'AliyunKMSReadOnlyAccess')).toBeNull()
  })
})
