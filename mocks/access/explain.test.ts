import { describe, expect, test } from 'vitest'
import { userArn } from '#src/api/contract/arn.ts'
import { account, keyArnOf, keyIds, otherAccount, smallWorld } from '#mocks/testing/small-world.ts'
import { testCloud } from '#mocks/testing/client.ts'

const nobody = userArn(account, 'nobody')
const start = async () => testCloud({ world: await smallWorld() })

describe('ExplainAccess', () => {
  test('tells why nobody may, and what would turn it', async () => {
    const cloud = await start()
    const found = await cloud.ok(
      'ExplainAccess',
      { PrincipalArn: nobody, Permission: 'kms:Encrypt', KeyId: keyIds.enabled },
      { as: 'admin' },
    )
    expect(found).toMatchObject({
      Verdict: 'NotGranted',
      Resource: keyArnOf(keyIds.enabled),
      Principal: { PrincipalArn: nobody, Kind: 'user', Exists: true },
      Statements: { Statement: [{ Side: 'KeyPolicy', Index: 0, Effect: 'Allow', NamesAccountOnly: true, Unmet: [] }] },
      Missing: ['KeyPolicy', 'RamPolicy'],
      Withheld: [],
      Obstacle: null,
      NoChange: null,
    })
    const { Change } = found
    expect(Change?.Edits.map(({ Kind }) => Kind)).toEqual(['AddKeyPolicyStatement'])
    await cloud.ok('SetKeyPolicy', { KeyId: keyIds.enabled, Policy: Change!.KeyPolicy }, { as: 'admin' })
    expect(await cloud.code('Encrypt', { KeyId: keyIds.enabled, Plaintext: 'aGk=' }, { as: 'nobody' })).toBeNull()
    const again = await cloud.ok(
      'ExplainAccess',
      { PrincipalArn: nobody, Permission: 'kms:Encrypt', KeyId: keyIds.enabled },
      { as: 'admin' },
    )
    expect(again).toMatchObject({ Verdict: 'Allow', Missing: [] })
    expect(again.Change?.Edits.map(({ Kind }) => Kind)).toEqual(['AddKeyPolicyStatement'])
  })

  test('of oneself without any permission, and then without the documents', async () => {
    const cloud = await start()
    const found = await cloud.ok(
      'ExplainAccess',
      { PrincipalArn: nobody, Permission: 'kms:Decrypt', KeyId: keyIds.enabled },
      { as: 'nobody' },
    )
    expect(found).toMatchObject({
      Verdict: 'NotGranted',
      Documents: { Document: [] },
      Withheld: ['KeyPolicy', 'RamPolicy'],
    })
  })

  test.each([
    ['another user', userArn(account, 'admin'), keyIds.enabled, 'Forbidden.NoPermission'],
    ['a key that it does not see', nobody, keyIds.foreign, 'Forbidden.KeyNotFound'],
    ['no principal', 'acs:ram::*:user/x', keyIds.enabled, 'InvalidParameter'],
  ])('refuses %s', async (_, PrincipalArn, KeyId, code) => {
    const cloud = await start()
    expect(
      await cloud.code('ExplainAccess', { PrincipalArn, Permission: 'kms:Decrypt', KeyId }, { as: 'nobody' }),
    ).toBe(code)
  })

  test.each([
    ['a disabled key', keyIds.disabled, 'kms:Encrypt', 'State', 'Rejected.Disabled', 'EnableKey'],
    [
      'a key in deletion',
      keyIds.pendingDeletion,
      'kms:Decrypt',
      'State',
      'Rejected.PendingDeletion',
      'CancelKeyDeletion',
    ],
  ])('what is allowed and impossible: %s', async (_, KeyId, Permission, Reason, ErrorCode, step) => {
    const cloud = await start()
    const found = await cloud.ok('ExplainAccess', { PrincipalArn: userArn(account, 'admin'), Permission, KeyId })
    expect(found).toMatchObject({ Verdict: 'Allow', Obstacle: { Reason, ErrorCode }, NoChange: null })
    expect(found.Change?.Edits.map(({ Kind }) => Kind)).toEqual([step])
  })

  test('versions of an external key: nothing helps', async () => {
    const cloud = await start()
    const found = await cloud.ok('ExplainAccess', {
      PrincipalArn: nobody,
      Permission: 'kms:CreateKeyVersion',
      KeyId: keyIds.enabled,
    })
    expect(found).toMatchObject({
      Obstacle: { Reason: 'Kind', ErrorCode: 'Rejected.UnsupportedOperation' },
      Change: null,
      NoChange: 'Kind',
    })
  })

  test('a proxy that is down', async () => {
    const cloud = await start()
    await cloud.cloud.lab.setFaults([{ id: 'f', hop: 'proxy', kind: 'unreachable' }])
    const about = { PrincipalArn: userArn(account, 'admin'), KeyId: keyIds.enabled }
    const found = await cloud.ok('ExplainAccess', { ...about, Permission: 'kms:Encrypt' })
    expect(found).toMatchObject({
      Verdict: 'Allow',
      Obstacle: { Reason: 'Unavailable', ErrorCode: 'Rejected.Unavailable', Hop: 'proxy', Cause: 'proxyUnreachable' },
      NoChange: 'Unavailable',
    })
    expect((await cloud.ok('ExplainAccess', { ...about, Permission: 'kms:DescribeKey' })).Obstacle).toBeNull()
  })

  test('across accounts both legs, each for its own account to grant', async () => {
    const cloud = await start()
    const PrincipalArn = userArn(otherAccount, 'somebody')
    const found = await cloud.ok('ExplainAccess', { PrincipalArn, Permission: 'kms:Encrypt', KeyId: keyIds.enabled })
    expect(found).toMatchObject({ Verdict: 'NotGranted', Missing: ['KeyPolicy', 'RamPolicy'], NoChange: 'NoPrincipal' })
  })

  test('under another time', async () => {
    const cloud = await start()
    const Policy = JSON.stringify({
      Version: '1',
      Statement: [
        { Effect: 'Allow', Principal: { RAM: [`acs:ram::${account}:*`] }, Action: ['kms:*'], Resource: ['*'] },
        {
          Effect: 'Allow',
          Principal: { RAM: [nobody] },
          Action: ['kms:Encrypt'],
          Resource: ['*'],
          Condition: { DateLessThan: { 'acs:CurrentTime': '2000-01-01T00:00:00Z' } },
        },
      ],
    })
    await cloud.ok('SetKeyPolicy', { KeyId: keyIds.enabled, Policy })
    const about = { PrincipalArn: nobody, Permission: 'kms:Encrypt', KeyId: keyIds.enabled }
    const found = await cloud.ok('ExplainAccess', about)
    expect(found.Verdict).toBe('NotGranted')
    expect(found.Statements.Statement[1]).toMatchObject({
      Index: 1,
      Unmet: [{ Operator: 'DateLessThan', Key: 'acs:CurrentTime' }],
    })
    expect((await cloud.ok('ExplainAccess', { ...about, At: '1999-01-01T00:00:00Z' })).Verdict).toBe('Allow')
  })
})

test('DescribeKeyAccess: a letter for every permission of everybody', async () => {
  const cloud = await start()
  const { Permissions, Principals, Obstacles, TotalCount } = await cloud.ok('DescribeKeyAccess', {
    KeyId: keyIds.enabled,
  })
  // The account, and its users and roles.
  expect(TotalCount).toBe(
    1 + (await smallWorld()).cloud.principals.filter(({ accountId }) => accountId === account).length,
  )
  const cellOf = (name: string, permission: string): string | undefined =>
    Principals.Principal.find(({ Name }) => Name === name)?.Cells[Permissions.indexOf(permission)]
  expect(Principals.Principal.every(({ Cells }) => Cells.length === Permissions.length)).toBe(true)
  expect(['', 'admin', 'reader', 'nobody'].map((name) => cellOf(name, 'kms:Encrypt'))).toEqual(['A', 'A', 'N', 'N'])
  expect(cellOf('reader', 'kms:DescribeKey')).toBe('A')
  expect(Obstacles.Obstacle).toContainEqual({
    Permission: 'kms:CreateKeyVersion',
    Reason: 'Kind',
    ErrorCode: 'Rejected.UnsupportedOperation',
    Hop: '',
    Cause: '',
  })
  expect(await cloud.code('DescribeKeyAccess', { KeyId: keyIds.enabled }, { as: 'reader' })).toBe(
    'Forbidden.NoPermission',
  )
})

test('DescribeKeyAccess: those whom one looks for', async () => {
  const cloud = await start()
  const names = async (input: { Search?: string; AccountId?: string }) => {
    const { Principals, TotalCount, AccountIds } = await cloud.ok('DescribeKeyAccess', {
      KeyId: keyIds.enabled,
      ...input,
    })
    expect(TotalCount).toBe(Principals.Principal.length)
    expect(AccountIds).toEqual([account])
    return Principals.Principal.map(({ Name }) => Name)
  }
  expect(await names({ Search: 'USER/NOB' })).toEqual(['nobody'])
  expect(await names({ Search: 'no such' })).toEqual([])
  expect(await names({ AccountId: otherAccount })).toEqual([])
  expect(await names({ AccountId: account, Search: 'admin' })).toEqual(['admin'])
})

test('ListKeysByAccess: the keys that one may use', async () => {
  const cloud = await start()
  const about = { PrincipalArn: userArn(account, 'admin'), Permission: 'kms:Decrypt' }
  const { Keys, Examined } = await cloud.ok('ListKeysByAccess', about)
  expect(Examined).toBe(3)
  expect(Object.fromEntries(Keys.Key.map(({ KeyId, ObstacleCode }) => [KeyId, ObstacleCode]))).toEqual(
    Object.fromEntries([
      [keyIds.enabled, ''],
      [keyIds.disabled, 'Rejected.Disabled'],
      [keyIds.pendingDeletion, 'Rejected.PendingDeletion'],
    ]),
  )
  expect((await cloud.ok('ListKeysByAccess', { ...about, PrincipalArn: nobody })).Keys.Key).toEqual([])
})
