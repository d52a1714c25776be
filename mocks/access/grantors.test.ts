import { describe, expect, test } from 'vitest'
import { allKeysArn, rootArn, userArn } from '#src/api/contract/arn.ts'
import type { Output } from '#src/api/contract/actions.ts'
import { accounts, aliases } from '#mocks/scenarios/names.ts'
import { attachedIn, attachedTo } from '#mocks/ram/attached.ts'
import { fill } from '#mocks/scenarios/world.ts'
import { cloudTables } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { account, keyArnOf, keyIds, otherAccount, smallWorld } from '#mocks/testing/small-world.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'

const start = async () => testCloud({ world: await smallWorld() })
const encrypt = { Permission: 'kms:Encrypt', Resource: keyArnOf(keyIds.enabled) }

const told = ({ Grantors, Needed }: Output<'ListGrantors'>) => ({
  needed: Needed,
  by: Grantors.Grantor.map(({ Side, Permissions, Principals }) => [
    Side,
    Permissions.join(),
    Principals.Principal.map(({ Kind, Name }) => Name || Kind).join(),
  ]),
})

/** What a RAM policy with one statement takes to be there. */
async function attach(cloud: TestCloud, name: string, document: object, to: { user: string } | { group: string }) {
  const policy = { PolicyName: name, PolicyType: 'Custom' } as const
  const PolicyDocument = JSON.stringify({ Version: '1', Statement: [document] })
  await cloud.ok('CreatePolicy', { PolicyName: name, PolicyDocument }, { as: 'owner' })
  if ('user' in to) await cloud.ok('AttachPolicyToUser', { ...policy, UserName: to.user }, { as: 'owner' })
  else await cloud.ok('AttachPolicyToGroup', { ...policy, GroupName: to.group }, { as: 'owner' })
}

describe('who could give what is missing', () => {
  test('of a key of one’s own account: either side', async () => {
    const cloud = await start()
    expect(told(await cloud.ok('ListGrantors', encrypt, { as: 'nobody' }))).toEqual({
      needed: 'One',
      by: [
        ['KeyPolicy', 'kms:SetKeyPolicy', 'admin,account'],
        ['RamPolicy', 'ram:AttachPolicyToUser', 'admin,account'],
      ],
    })
  })

  test('those who are named can, those who are not cannot', async () => {
    const cloud = await start()
    const Policy = (await cloud.ok('GetKeyPolicy', { KeyId: keyIds.enabled }, { as: 'owner' })).Policy
    const { Grantors } = await cloud.ok('ListGrantors', encrypt, { as: 'nobody' })
    const [byKeyPolicy] = Grantors.Grantor
    const named = new Set(byKeyPolicy?.Principals.Principal.map(({ PrincipalArn }) => PrincipalArn))
    for (const { as, arn } of [
      { as: 'owner', arn: rootArn(account) },
      ...['admin', 'reader', 'nobody'].map((name) => ({ as: name, arn: userArn(account, name) })),
    ]) {
      const code = await cloud.code('SetKeyPolicy', { KeyId: keyIds.enabled, Policy }, { as })
      expect([as, code]).toEqual([as, named.has(arn) ? null : 'Forbidden.NoPermission'])
    }
  })

  test('where no key is meant, RAM alone', async () => {
    const cloud = await start()
    const asked = { Permission: 'kms:ListKeys', Resource: allKeysArn('cn-hangzhou', account) }
    expect(told(await cloud.ok('ListGrantors', asked, { as: 'nobody' }))).toEqual({
      needed: 'One',
      by: [['RamPolicy', 'ram:AttachPolicyToUser', 'admin,account']],
    })
  })

  test('against a denial, whoever may take every denying policy away', async () => {
    const cloud = await start()
    const denial = { Effect: 'Deny', Action: ['kms:Encrypt'], Resource: ['*'] }
    await attach(cloud, 'NoEncrypt', denial, { user: 'reader' })
    await attach(cloud, 'TeamNoEncrypt', denial, { group: 'team' })
    const may = { Effect: 'Allow', Action: ['ram:DetachPolicyFromUser'], Resource: ['*'] }
    await attach(cloud, 'HalfOfIt', may, { user: 'nobody' })
    expect(told(await cloud.ok('ListGrantors', encrypt, { as: 'reader' }))).toEqual({
      needed: 'All',
      by: [['RamPolicy', 'ram:DetachPolicyFromUser,ram:DetachPolicyFromGroup', 'admin,account']],
    })
  })

  test('nobody, for what one has', async () => {
    const cloud = await start()
    expect(told(await cloud.ok('ListGrantors', encrypt, { as: 'admin' })).by).toEqual([])
  })
})

describe('what is not told', () => {
  test('who could in another account', async () => {
    const cloud = await start()
    const { Grantors, Needed } = await cloud.ok('ListGrantors', encrypt, { as: 'stranger' })
    expect(Needed).toBe('All')
    expect(Grantors.Grantor).toEqual([
      {
        Side: 'KeyPolicy',
        AccountId: account,
        Permissions: ['kms:SetKeyPolicy'],
        Withheld: true,
        Principals: { Principal: [] },
        TotalCount: 0,
      },
    ])
    expect(JSON.stringify(Grantors)).not.toContain('admin')
  })

  test('of a key that is not there, anything', async () => {
    const cloud = await start()
    const Resource = `acs:kms:cn-hangzhou:${otherAccount}:key/key-hzz69a5412800000000099`
    expect(await cloud.code('ListGrantors', { ...encrypt, Resource }, { as: 'nobody' })).toBe('Forbidden.KeyNotFound')
  })

  test('more than ten', async () => {
    const cloud = await start()
    for (let n = 0; n < 12; n++) {
      await cloud.ok('CreateUser', { UserName: `op-${n}` }, { as: 'owner' })
      const policy = { PolicyType: 'System', PolicyName: 'AliyunKMSFullAccess' } as const
      await cloud.ok('AttachPolicyToUser', { ...policy, UserName: `op-${n}` }, { as: 'owner' })
    }
    const { Grantors } = await cloud.ok('ListGrantors', encrypt, { as: 'nobody' })
    expect(Grantors.Grantor[0]).toMatchObject({ Side: 'KeyPolicy', TotalCount: 14 })
    expect(Grantors.Grantor[0]?.Principals.Principal).toHaveLength(10)
  })
})

test('in the default scenario the intern is told whom to ask', async () => {
  const cloud = await testCloud()
  const list = await cloud.ok('ListAliases', { PageSize: 100 })
  const { KeyId } = list.Aliases.Alias.find(({ AliasName }) => AliasName === aliases.working)!
  const Resource = `acs:kms:cn-hangzhou:${accounts.main.accountId}:key/${KeyId}`
  const found = told(await cloud.ok('ListGrantors', { Permission: 'kms:DescribeKey', Resource }, { as: 'intern' }))
  expect(found.by.map(([side]) => side)).toEqual(['KeyPolicy', 'RamPolicy'])
  expect(found.by[0]?.[2]).toContain('key-admin')
  expect(found.by[1]?.[2]).toContain('directory-admin')
})

test('of an account with ten thousand users in a group, soon', async () => {
  const world = await smallWorld()
  const { principals, groups } = world.cloud
  const template = principals.find(({ kind }) => kind === 'user')!
  const many = Array.from({ length: 10_000 }, (_, n) => {
    const name = `user-${n}`
    return { ...template, name, id: `1${n}`, arn: userArn(account, name), policies: [] }
  })
  const members = many.map(({ arn }) => ({ arn, joinedAt: 0 }))
  const cloud = await testCloud({
    world: {
      ...world,
      cloud: {
        ...world.cloud,
        principals: [...principals, ...many],
        groups: groups.map((group) => ({ ...group, members })),
      },
    },
  })
  const before = performance.now()
  const { Grantors } = await cloud.ok('ListGrantors', encrypt, { as: 'nobody' })
  expect(Grantors.Grantor.map(({ TotalCount }) => TotalCount)).toEqual([2, 2])
  // Some 200 ms; looking through the group for each user took ten seconds.
  expect(performance.now() - before).toBeLessThan(3000)
})

test('gathered at once or for each, the same policies apply', async () => {
  const world = await smallWorld()
  const db = await openStore(cloudTables)
  db.write((tx) => fill(tx, world.cloud))
  const policiesOf = attachedIn(account, db.read)
  for (const principal of db.read.principals.values())
    if (principal.accountId === account) expect(policiesOf(principal)).toEqual(attachedTo(principal, db.read))
})
