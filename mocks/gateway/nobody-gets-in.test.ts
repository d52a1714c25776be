/** Ways in that must not exist: every test here is somebody who tries, and is refused. */
import { beforeEach, describe, expect, test } from 'vitest'
import { keyArn, roleArn, userArn } from '#src/api/contract/arn.ts'
import type { Input, Output } from '#src/api/contract/actions.ts'
import { defaultPolicy, type PolicyStatement } from '#src/api/contract/policy.ts'
import { accounts, aliases } from '#mocks/scenarios/names.ts'
import { session, testCloud, type CallOptions, type TestCloud, type TestSession } from '#mocks/testing/client.ts'
import { keyNamed } from '#mocks/testing/rows.ts'

const main = accounts.main.accountId
const partner = accounts.partner.accountId
const region = 'cn-hangzhou'
const hour = 60 * 60_000
const Plaintext = 'aGVsbG8='
const asAccount: CallOptions = { as: 'account' }

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const idOf = (alias: string): string => keyNamed(cloud.cloud, alias).keyId
const encrypts = (options: CallOptions, KeyId = idOf(aliases.working)) =>
  cloud.code('Encrypt', { KeyId, Plaintext }, options)

/** Replaces a key's policy by the account's own statement and these. */
const setPolicy = (...statements: readonly PolicyStatement[]) =>
  cloud.ok(
    'SetKeyPolicy',
    {
      KeyId: idOf(aliases.working),
      PolicyName: 'default',
      Policy: JSON.stringify({ Version: '1', Statement: [...defaultPolicy([main]).Statement, ...statements] }),
    },
    asAccount,
  )
const statement = (Effect: 'Allow' | 'Deny', principal: string, ...Action: readonly string[]): PolicyStatement => ({
  Effect,
  Principal: { RAM: [principal] },
  Action,
  Resource: ['*'],
})

const ramDocument = (Effect: 'Allow' | 'Deny', Action: string, Resource: string): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect, Action, Resource }] })
async function attachNew(
  PolicyName: string,
  UserName: string,
  PolicyDocument: string,
  options = asAccount,
): Promise<void> {
  await cloud.ok('CreatePolicy', { PolicyName, PolicyDocument }, options)
  await cloud.ok('AttachPolicyToUser', { PolicyType: 'Custom', PolicyName, UserName }, options)
}

type Given = Output<'AssumeRole'>['Credentials']
async function credentials(as: string, role: string, account = main): Promise<Given> {
  const input = { RoleArn: roleArn(account, role), RoleSessionName: 'night' }
  return (await cloud.ok('AssumeRole', input, { as })).Credentials
}
const asked = async (given: Given, change: Partial<TestSession> = {}) =>
  cloud.code('GetCallerIdentity', {}, { session: { ...(await session(given)), ...change } })

describe("another account's key", () => {
  const everyWay: readonly [string, () => string][] = [
    ['by its ID', () => idOf(aliases.working)],
    ['by its ARN', () => keyArn(region, main, idOf(aliases.working))],
    ['by an ARN with the own account in it', () => keyArn(region, partner, idOf(aliases.working))],
    ['by its alias', () => aliases.working],
  ]
  test.each(everyWay)('%s', async (_, KeyId) => {
    for (const as of ['partnerAccount', 'partnerEtl']) {
      const codes = [
        await cloud.code('DescribeKey', { KeyId: KeyId() }, { as }),
        await encrypts({ as }, KeyId()),
        await cloud.code('GetKeyPolicy', { KeyId: KeyId() }, { as }),
        await cloud.code('EnableKey', { KeyId: KeyId() }, { as }),
      ]
      for (const code of codes) expect(code).not.toBeNull()
    }
  })

  test("a policy of the other account's own lets nobody in there", async () => {
    await attachNew('Everything', 'clearing-ops', ramDocument('Allow', '*', '*'), { as: 'partnerAccount' })
    const KeyId = keyArn(region, main, idOf(aliases.working))
    await attachNew('AllOfMain', 'etl', ramDocument('Allow', 'kms:*', `acs:kms:*:${main}:*`), { as: 'partnerAccount' })
    expect(await encrypts({ as: 'partnerEtl' }, KeyId)).toBe('Forbidden.NoPermission')
  })

  test("the other account's user of a name that the key policy names here", async () => {
    await setPolicy(statement('Allow', userArn(main, 'etl'), 'kms:*'))
    await attachNew('AllOfMain', 'etl', ramDocument('Allow', 'kms:*', '*'), { as: 'partnerAccount' })
    expect(await encrypts({ as: 'partnerEtl' }, keyArn(region, main, idOf(aliases.working)))).toBe(
      'Forbidden.NoPermission',
    )
  })

  test('nor its users, roles and policies', async () => {
    const as = { as: 'partnerAccount' }
    expect(await cloud.code('GetUser', { UserName: 'key-admin' }, as)).toBe('EntityNotExist.User')
    expect(await cloud.code('GetRole', { RoleName: 'break-glass' }, as)).toBe('EntityNotExist.Role')
    expect(await cloud.code('GetPolicy', { PolicyType: 'Custom', PolicyName: 'ListKeysOnly' }, as)).toBe(
      'EntityNotExist.Policy',
    )
    const { Groups } = await cloud.ok('ListGroups', {}, as)
    expect(Groups.Group.map(({ GroupName }) => GroupName)).toEqual(['clearing'])
  })
})

describe('temporary credentials', () => {
  test('before their end and not after, by the clock of the cloud', async () => {
    const given = await credentials('ordersService', 'order-app')
    expect(await asked(given)).toBeNull()
    await cloud.cloud.lab.advanceClock(hour - 1)
    expect(await asked(given)).toBeNull()
    await cloud.cloud.lab.advanceClock(1)
    expect(await asked(given)).toBe('InvalidSecurityToken.Expired')
    await cloud.cloud.lab.advanceClock(26 * hour)
    await credentials('ordersService', 'order-app')
    expect(await asked(given)).toBe('InvalidAccessKeyId.NotFound')
  })

  test('without their token, with a broken one, or with a token of others', async () => {
    const given = await credentials('ordersService', 'order-app')
    const others = await credentials('ordersService', 'order-app')
    const { SecurityToken } = given
    const other = SecurityToken.endsWith('A') ? 'B' : 'A'
    for (const [securityToken, code] of [
      [undefined, 'MissingSecurityToken'],
      ['', 'InvalidSecurityToken.Malformed'],
      ['CAIS', 'InvalidSecurityToken.Malformed'],
      [SecurityToken.slice(0, -1), 'InvalidSecurityToken.Malformed'],
      [SecurityToken.slice(0, -1) + other, 'InvalidSecurityToken.MismatchWithAccessKey'],
      [others.SecurityToken, 'InvalidSecurityToken.MismatchWithAccessKey'],
    ] as const)
      expect(await asked(given, { securityToken })).toBe(code)
    expect(await asked(given)).toBeNull()
  })

  test('with a secret that is not theirs', async () => {
    const given = await credentials('ordersService', 'order-app')
    const { key } = await session(await credentials('ordersService', 'order-app'))
    expect(await asked(given, { key })).toBe('SignatureDoesNotMatch')
  })

  test('a token that is sent and not signed', async () => {
    const given = await credentials('ordersService', 'order-app')
    const bare = { ...(await session(given)), securityToken: undefined }
    const signed = await cloud.signed('sts', 'GetCallerIdentity', [], { session: bare })
    const headers = { ...signed.headers, 'x-acs-security-token': given.SecurityToken }
    expect((await cloud.send({ ...signed, headers })).body.Code).toBe('IncompleteSignature')
  })

  test('a token beside an access key of its own', async () => {
    const given = await credentials('ordersService', 'order-app')
    const { accessKeyId } = (await cloud.cloud.identities())[0]!
    const longTerm = { accessKeyId, key: await cloud.cloud.signingKey(accessKeyId) }
    for (const securityToken of [given.SecurityToken, 'x'])
      expect(await cloud.code('GetCallerIdentity', {}, { session: { ...longTerm, securityToken } })).toBe(
        'InvalidSecurityToken.MismatchWithAccessKey',
      )
  })

  test('the role may not do what the user may who assumed it', async () => {
    const KeyId = keyArn(region, main, idOf(aliases.crossAccount))
    expect(await encrypts({ as: 'partnerEtl' }, KeyId)).toBeNull()
    const as = { session: await session(await credentials('partnerEtl', 'etl')) }
    expect(await encrypts(as, KeyId)).toBe('Forbidden.NoPermission')
  })
})

describe('a principal that is nearly named', () => {
  test.each(['user/intern2', 'user/inter', 'user/Intern', 'role/intern'])('%s', async (named) => {
    await setPolicy(statement('Allow', `acs:ram::${main}:${named}`, 'kms:*'))
    expect(await encrypts({ as: 'intern' })).toBe('Forbidden.NoPermission')
  })

  test.each(['user/*', 'user/inter*', 'user/', 'role/*', 'user/intern/x', '*/intern'])(
    'a key policy cannot even name %s',
    async (named) => {
      const Policy = JSON.stringify({
        Version: '1',
        Statement: [...defaultPolicy([main]).Statement, statement('Allow', `acs:ram::${main}:${named}`, 'kms:*')],
      })
      const input = { KeyId: idOf(aliases.working), PolicyName: 'default', Policy }
      expect(await cloud.code('SetKeyPolicy', input, asAccount)).toBe('InvalidParameter')
      expect(await encrypts({ as: 'intern' })).toBe('Forbidden.NoPermission')
    },
  )

  test('in a trust policy', async () => {
    await cloud.ok(
      'AttachPolicyToUser',
      { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', UserName: 'intern' },
      asAccount,
    )
    for (const [index, named] of ['user/intern2', 'user/inter', 'role/intern'].entries()) {
      const AssumeRolePolicyDocument = JSON.stringify({
        Version: '1',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: `acs:ram::${main}:${named}` } }],
      })
      const RoleName = `near-${index}`
      await cloud.ok('CreateRole', { RoleName, AssumeRolePolicyDocument }, asAccount)
      const input = { RoleArn: roleArn(main, RoleName), RoleSessionName: 'night' }
      expect(await cloud.code('AssumeRole', input, { as: 'intern' })).toBe('NoPermission')
    }
  })
})

describe('a deny under a wildcard', () => {
  test('in a RAM policy, whatever allows besides', async () => {
    expect(await encrypts({ as: 'keyAdmin' })).toBeNull()
    await setPolicy(statement('Allow', userArn(main, 'key-admin'), 'kms:*'))
    await attachNew('NoCrypto', 'key-admin', ramDocument('Deny', 'kms:*crypt', `acs:kms:*:${main}:*`))
    expect(await encrypts({ as: 'keyAdmin' })).toBe('Forbidden.NoPermission')
    expect(await cloud.code('DescribeKey', { KeyId: idOf(aliases.working) }, { as: 'keyAdmin' })).toBeNull()
  })

  test('in a key policy, for the whole account', async () => {
    await setPolicy(statement('Deny', `acs:ram::${main}:*`, 'kms:Enc*'))
    for (const as of ['keyAdmin', 'cryptoApp', 'account']) expect(await encrypts({ as })).toBe('Forbidden.NoPermission')
  })

  test('in a policy of a group', async () => {
    const PolicyName = 'NoCrypto'
    await cloud.ok('CreatePolicy', { PolicyName, PolicyDocument: ramDocument('Deny', 'kms:*', '*') }, asAccount)
    expect(await encrypts({ as: 'keyAdmin' })).toBeNull()
    await cloud.ok('AttachPolicyToGroup', { PolicyType: 'Custom', PolicyName, GroupName: 'security-team' }, asAccount)
    expect(await encrypts({ as: 'keyAdmin' })).toBe('Forbidden.NoPermission')
    await cloud.ok('RemoveUserFromGroup', { UserName: 'key-admin', GroupName: 'security-team' }, asAccount)
    expect(await encrypts({ as: 'keyAdmin' })).toBeNull()
  })

  test('against assuming a role, in either policy', async () => {
    const input: Input<'AssumeRole'> = { RoleArn: roleArn(main, 'break-glass'), RoleSessionName: 'night' }
    expect(await cloud.code('AssumeRole', input, { as: 'keyOperator' })).toBeNull()
    await attachNew('NoRoles', 'key-operator', ramDocument('Deny', 'sts:*', `acs:ram::${main}:role/*`))
    expect(await cloud.code('AssumeRole', input, { as: 'keyOperator' })).toBe('NoPermission')

    await cloud.ok(
      'AttachPolicyToUser',
      { PolicyType: 'System', PolicyName: 'AdministratorAccess', UserName: 'intern' },
      asAccount,
    )
    const trust = (Effect: 'Allow' | 'Deny', arn: string) => ({
      Effect,
      Action: 'sts:AssumeRole',
      Principal: { RAM: arn },
    })
    const everybody = trust('Allow', `acs:ram::${main}:root`)
    for (const [RoleName, Statement, code] of [
      ['for-all', [everybody], null],
      ['not-for-the-intern', [everybody, trust('Deny', userArn(main, 'intern'))], 'NoPermission'],
      ['for-nobody', [trust('Deny', `acs:ram::${main}:root`), trust('Allow', userArn(main, 'intern'))], 'NoPermission'],
    ] as const) {
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '1', Statement })
      await cloud.ok('CreateRole', { RoleName, AssumeRolePolicyDocument }, asAccount)
      expect(await cloud.code('AssumeRole', { ...input, RoleArn: roleArn(main, RoleName) }, { as: 'intern' })).toBe(
        code,
      )
    }
  })
})

describe('an identity that is deleted while it is in use', () => {
  async function strip(UserName: string): Promise<void> {
    const { Groups } = await cloud.ok('ListGroupsForUser', { UserName }, asAccount)
    for (const { GroupName } of Groups.Group) await cloud.ok('RemoveUserFromGroup', { UserName, GroupName }, asAccount)
    const { Policies } = await cloud.ok('ListPoliciesForUser', { UserName }, asAccount)
    for (const { PolicyName, PolicyType } of Policies.Policy)
      await cloud.ok('DetachPolicyFromUser', { UserName, PolicyName, PolicyType }, asAccount)
    const { AccessKeys } = await cloud.ok('ListAccessKeys', { UserName }, asAccount)
    for (const { AccessKeyId } of AccessKeys.AccessKey)
      await cloud.ok('DeleteAccessKey', { UserName, UserAccessKeyId: AccessKeyId }, asAccount)
  }

  test('a user, also where another has its name and its permission now', async () => {
    const KeyId = idOf(aliases.ordersService)
    const identity = (await cloud.cloud.identities()).find(({ name }) => name === 'orders-service')!
    const { accessKeyId } = identity
    const session = { accessKeyId, key: await cloud.cloud.signingKey(accessKeyId), securityToken: undefined }
    expect(await encrypts({ session }, KeyId)).toBeNull()
    await strip('orders-service')
    expect(await encrypts({ session }, KeyId)).toBe('InvalidAccessKeyId.NotFound')
    await cloud.ok('DeleteUser', { UserName: 'orders-service' }, asAccount)
    await cloud.ok('CreateUser', { UserName: 'orders-service' }, asAccount)
    expect(await encrypts({ session }, KeyId)).toBe('InvalidAccessKeyId.NotFound')
    expect((await cloud.cloud.identities()).map(({ name }) => name)).not.toContain('orders-service')
  })

  test('a role under its credentials, also where another has its name now', async () => {
    const given = await credentials('ordersService', 'order-app')
    const { Role } = await cloud.ok('GetRole', { RoleName: 'order-app' }, asAccount)
    await cloud.ok('DeleteRole', { RoleName: 'order-app' }, asAccount)
    expect(await asked(given)).toBe('InvalidAccessKeyId.NotFound')
    const { AssumeRolePolicyDocument } = Role
    await cloud.ok('CreateRole', { RoleName: 'order-app', AssumeRolePolicyDocument }, asAccount)
    expect(await asked(given)).toBe('InvalidAccessKeyId.NotFound')
    expect(await asked(await credentials('ordersService', 'order-app'))).toBeNull()
  })

  test("a user's permission, between one request and the next", async () => {
    const KeyId = idOf(aliases.ordersService)
    expect(await encrypts({ as: 'cryptoApp' }, KeyId)).toBeNull()
    await cloud.ok(
      'DetachPolicyFromUser',
      { PolicyType: 'System', PolicyName: 'AliyunKMSCryptoUserAccess', UserName: 'crypto-app' },
      asAccount,
    )
    expect(await encrypts({ as: 'cryptoApp' }, KeyId)).toBe('Forbidden.NoPermission')
  })
})
