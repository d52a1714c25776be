import { beforeEach, describe, expect, test } from 'vitest'
import { assumedRoleArn, roleArn } from '#src/api/contract/arn.ts'
import { accounts } from '#mocks/scenarios/names.ts'
import { session, testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed, storedRows } from '#mocks/testing/rows.ts'

const { accountId } = accounts.main
const orderApp = roleArn(accountId, 'order-app')
const breakGlass = roleArn(accountId, 'break-glass')
const hour = 60 * 60_000

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const assume = (as: string, RoleArn: string, more: { DurationSeconds?: number } = {}) =>
  cloud.call('AssumeRole', { RoleArn, RoleSessionName: 'night-shift', ...more }, { as })

describe('who may', () => {
  test.each([
    ['a user that the role and RAM let', 'ordersService', orderApp, null, null],
    ['a user whose group has the permission', 'keyOperator', breakGlass, null, null],
    ['a user of another account that both let', 'partnerEtl', roleArn(accountId, 'etl'), null, null],
    ['a user that RAM does not let', 'intern', roleArn(accountId, 'kms-auditor'), 'NoPermission', null],
    ['a user that the role does not trust', 'keyAdmin', breakGlass, 'NoPermission', 'TrustPolicy'],
    ['a user of another account, for a role that is not its', 'partnerEtl', orderApp, 'NoPermission', null],
    ['the account itself', 'account', breakGlass, 'NoPermission', 'AccountItself'],
  ] as const)('%s', async (_, as, role, code, reason) => {
    const { body } = await assume(as, role)
    expect([body.Code ?? null, body.Detail?.Reason ?? null]).toEqual([code, reason])
  })

  test('nobody, where no role is', async () => {
    await cloud.ok('CreateRole', roleTrusting('passing'), { as: 'account' })
    await cloud.ok('DeleteRole', { RoleName: 'passing' }, { as: 'account' })
    await cloud.ok(
      'AttachPolicyToUser',
      { PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess', UserName: 'intern' },
      { as: 'account' },
    )
    expect((await assume('intern', roleArn(accountId, 'passing'))).body.Code).toBe('EntityNotExist.Role')
  })

  test('the menu of identities says the same', async () => {
    const roles = storedRows(cloud.cloud, 'principals').filter(({ kind }) => kind === 'role')
    for (const { about, assumableRoles } of await cloud.cloud.identities())
      for (const { arn } of roles) {
        const { status } = await assume(about, arn)
        expect([about, arn, assumableRoles.some((role) => role.arn === arn)]).toEqual([about, arn, status === 200])
      }
  })
})

const roleTrusting = (RoleName: string) => ({
  RoleName,
  AssumeRolePolicyDocument: JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${accountId}:root`] } }],
  }),
})

describe('what one gets', () => {
  test('credentials that act as the role, in the name of the session', async () => {
    const { body } = await assume('ordersService', orderApp)
    expect(body.AssumedRoleUser?.Arn).toBe(assumedRoleArn(accountId, 'order-app', 'night-shift'))
    const as = { session: await session(body.Credentials!) }
    expect(await cloud.ok('GetCallerIdentity', {}, as)).toMatchObject({
      AccountId: accountId,
      Arn: assumedRoleArn(accountId, 'order-app', 'night-shift'),
      IdentityType: 'AssumedRoleUser',
      PrincipalId: body.AssumedRoleUser?.AssumedRoleId,
    })
    const [span] = cloud.cloud.dump().trace
    expect(span?.marks.find(({ step }) => step === 'authenticate')?.note).toBe(body.AssumedRoleUser?.Arn)
  })

  test('what the role may, not what the user may', async () => {
    const { body } = await assume('keyOperator', breakGlass)
    const as = { session: await session(body.Credentials!) }
    const { keyId: KeyId } = keyNamed(cloud.cloud, 'alias/payments/card-vault')
    const Plaintext = 'aGVsbG8='
    expect(await cloud.code('Encrypt', { KeyId, Plaintext }, { as: 'keyOperator' })).toBe('Forbidden.NoPermission')
    expect(await cloud.code('Encrypt', { KeyId, Plaintext }, as)).toBeNull()
  })

  test('for an hour, or as long as asked for', async () => {
    const now = cloud.cloud.now()
    const expiry = async (DurationSeconds?: number) => {
      const { body } = await assume('ordersService', orderApp, DurationSeconds === undefined ? {} : { DurationSeconds })
      return Date.parse(body.Credentials!.Expiration) - now
    }
    expect(await expiry()).toBe(hour)
    expect(await expiry(900)).toBe(hour / 4)
  })

  test('secret and token once: nothing that is kept, traced or told later holds them', async () => {
    const { body } = await assume('ordersService', orderApp)
    const { AccessKeySecret, SecurityToken } = body.Credentials!
    await cloud.ok('GetCallerIdentity', {}, { session: await session(body.Credentials!) })
    const { cloud: rows, trace } = cloud.cloud.dump()
    const [row] = storedRows(cloud.cloud, 'sessions')
    const kept = JSON.stringify({ rows, trace })
    for (const text of [AccessKeySecret, SecurityToken]) expect(kept).not.toContain(text)
    expect(row?.key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', row!.key)).rejects.toThrow()
  })

  test('expired credentials are forgotten in the end', async () => {
    await assume('ordersService', orderApp)
    await cloud.cloud.lab.advanceClock(26 * hour)
    await assume('ordersService', orderApp)
    expect(storedRows(cloud.cloud, 'sessions')).toHaveLength(1)
  })
})
