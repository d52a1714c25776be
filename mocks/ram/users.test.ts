import { beforeAll, describe, expect, test } from 'vitest'
import { roleArn, userArn } from '#src/api/contract/arn.ts'
import { accounts, identities } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await testCloud()
})

describe('users and roles', () => {
  test("the account's own, by name", async () => {
    const { Users, IsTruncated } = await cloud.ok('ListUsers', {})
    const names = Users.User.map(({ UserName }) => UserName)
    expect(names).toEqual([...names].sort())
    expect(names).toEqual(expect.arrayContaining(['key-admin', 'crypto-app', 'intern']))
    expect(names).not.toContain('clearing-ops')
    expect(IsTruncated).toBe(false)
    expect(Users.User.find(({ UserName }) => UserName === 'auditor')).toMatchObject({ DisplayName: '审计员' })
    const { Roles } = await cloud.ok('ListRoles', {})
    expect(Roles.Role).toContainEqual(
      expect.objectContaining({ RoleName: 'order-app', Arn: roleArn(accounts.main.accountId, 'order-app') }),
    )
  })

  test('page by page, each once', async () => {
    const all = (await cloud.ok('ListUsers', { MaxItems: 1000 })).Users.User
    const seen: unknown[] = []
    let marker: string | undefined
    do {
      const page = await cloud.ok('ListUsers', { MaxItems: 5, Marker: marker })
      expect(page.Users.User.length).toBeLessThanOrEqual(5)
      expect(page.IsTruncated).toBe(page.Marker !== undefined)
      seen.push(...page.Users.User)
      marker = page.Marker
    } while (marker !== undefined)
    expect(seen).toEqual(all)
  })

  test.each([
    ['keyAdmin', null],
    ['auditor', null],
    ['keyDeployer', 'NoPermission'],
    ['cryptoApp', 'NoPermission'],
    ['intern', 'NoPermission'],
  ] as const)('%s: %s', async (as, code) => {
    expect(await cloud.code('ListUsers', {}, { as })).toBe(code)
    expect(await cloud.code('ListRoles', {}, { as })).toBe(code)
  })

  test('1,000 at a time and no more', async () => {
    expect(await cloud.code('ListUsers', { MaxItems: 1001 })).toBe('InvalidParameter')
  })
})

describe('users, roles and groups as they come and go', () => {
  test('a user', async () => {
    const at = await testCloud()
    const { User } = await at.ok('CreateUser', { UserName: 'new.user', DisplayName: '新用户' })
    expect(User).toMatchObject({ UserName: 'new.user', DisplayName: '新用户' })
    expect(User.UserId).toMatch(/^[0-9]{18}$/)
    expect(await at.ok('GetUser', { UserName: 'new.user' })).toEqual(expect.objectContaining({ User }))
    await at.ok('AddUserToGroup', { UserName: 'new.user', GroupName: 'auditors' })
    const members = async () =>
      (await at.ok('ListUsersForGroup', { GroupName: 'auditors' })).Users.User.map(({ UserName }) => UserName)
    expect(await members()).toEqual(['auditor', 'new.user'])
    expect(await at.code('DeleteUser', { UserName: 'new.user' })).toBe('DeleteConflict.User.Group')
    await at.ok('RemoveUserFromGroup', { UserName: 'new.user', GroupName: 'auditors' })
    const readOnly = { UserName: 'new.user', PolicyType: 'System', PolicyName: 'AliyunKMSReadOnlyAccess' } as const
    await at.ok('AttachPolicyToUser', readOnly)
    expect(await at.code('DeleteUser', { UserName: 'new.user' })).toBe('DeleteConflict.User.Policy')
    await at.ok('DetachPolicyFromUser', readOnly)
    await at.ok('DeleteUser', { UserName: 'new.user' })
    expect(await members()).toEqual(['auditor'])
    expect(await at.code('GetUser', { UserName: 'new.user' })).toBe('EntityNotExist.User')
  })

  test('a role, with its trust policy as it was read', async () => {
    const at = await testCloud()
    const arn = `acs:ram::${accounts.partner.accountId}:root`
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: arn } }],
    })
    const input = { RoleName: 'guest', AssumeRolePolicyDocument, Description: 'Guests', MaxSessionDuration: 7200 }
    await at.ok('CreateRole', input)
    const { Role } = await at.ok('GetRole', { RoleName: 'guest' })
    expect(Role).toMatchObject({ Description: 'Guests', MaxSessionDuration: 7200 })
    expect(JSON.parse(Role.AssumeRolePolicyDocument)).toEqual({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { RAM: [arn] } }],
    })
    await at.ok('DeleteRole', { RoleName: 'guest' })
    expect(await at.code('GetRole', { RoleName: 'guest' })).toBe('EntityNotExist.Role')
  })
})

describe('who asks', () => {
  test('the account itself', async () => {
    const { accountId } = accounts.main
    expect(await cloud.ok('GetCallerIdentity', {})).toMatchObject({
      AccountId: accountId,
      Arn: `acs:ram::${accountId}:root`,
      IdentityType: 'Account',
      PrincipalId: accountId,
    })
  })

  test('a user, whatever it may', async () => {
    const { accountId } = accounts.main
    const answer = await cloud.ok('GetCallerIdentity', {}, { as: 'intern' })
    expect(answer).toMatchObject({ IdentityType: 'RAMUser', Arn: userArn(accountId, 'intern') })
    expect(answer.UserId).toMatch(/^\d{18}$/)
  })
})

test('the identity menu has everyone in its order', async () => {
  const menu = await cloud.cloud.identities()
  expect(menu.map(({ about, accessKeyId }) => [about, accessKeyId])).toEqual(
    Object.entries(identities).map(([about, { accessKeyId }]) => [about, accessKeyId]),
  )
})
