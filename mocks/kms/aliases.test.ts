import { beforeEach, expect, test } from 'vitest'
import { limits } from '#src/api/contract/rules.ts'
import { accounts, aliases } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { arnOfKey } from './visible.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const create = (alias: string, AliasName: string, as = 'account') =>
  cloud.code('CreateAlias', { KeyId: keyNamed(cloud.cloud, alias).keyId, AliasName }, { as })

test('a new alias names its key at once', async () => {
  expect(await create(aliases.working, 'alias/cards')).toBeNull()
  const { keyId } = keyNamed(cloud.cloud, aliases.working)
  expect((await cloud.ok('DescribeKey', { KeyId: 'alias/cards' })).KeyMetadata.KeyId).toBe(keyId)
  const { Aliases, TotalCount } = await cloud.ok('ListAliasesByKeyId', { KeyId: keyId })
  expect(TotalCount).toBe(2)
  expect(Aliases.Alias).toEqual([
    {
      AliasName: 'alias/cards',
      AliasArn: `acs:kms:cn-hangzhou:${accounts.main.accountId}:alias/cards`,
      KeyId: keyId,
    },
    expect.objectContaining({ AliasName: aliases.working }),
  ])
})

test('a name is taken once in its account and region', async () => {
  expect(await create(aliases.working, aliases.disabled)).toBe('AliasAlreadyExists')
  expect(await create(aliases.disabled, aliases.disabled)).toBe('AliasAlreadyExists')
  expect(await create(aliases.working, 'alias/clearing/batches')).toBeNull()
})

test('states decide', async () => {
  expect(await create(aliases.disabled, 'alias/a')).toBeNull()
  expect(await create(aliases.pendingDeletion, 'alias/b')).toBe('Rejected.StateModifiedFailed')
})

test('the quota of an account and region', async () => {
  const present = storedRows(cloud.cloud, 'aliases').filter(
    ({ accountId, region }) => accountId === accounts.main.accountId && region === 'cn-hangzhou',
  ).length
  for (let index = present; index < limits.aliasesPerAccountAndRegion; index++)
    expect(await create(aliases.working, `alias/many/${index}`)).toBeNull()
  expect(await create(aliases.working, 'alias/one-too-many')).toBe('Rejected.LimitExceeded')
  expect(await create(aliases.working, aliases.working)).toBe('AliasAlreadyExists')
})

test("a list holds the account's own aliases in the region, by name, in pages", async () => {
  const names = async (PageNumber: number, PageSize: number): Promise<readonly string[]> =>
    (await cloud.ok('ListAliases', { PageNumber, PageSize })).Aliases.Alias.map(({ AliasName }) => AliasName)
  const all = await names(1, 100)
  expect(all).toEqual([...all].sort())
  expect(all).toContain('alias/acs/oss')
  expect(all).not.toContain('alias/clearing/batches')
  expect(await names(2, 5)).toEqual(all.slice(5, 10))
  expect(await names(1, 0)).toEqual([])
  expect((await cloud.ok('ListAliases', {}, { as: 'partnerAccount' })).TotalCount).toBe(3)
})

test('a key of another account has the aliases of that account', async () => {
  const key = keyNamed(cloud.cloud, aliases.crossAccount)
  const { Aliases } = await cloud.ok('ListAliasesByKeyId', { KeyId: arnOfKey(key) }, { as: 'partnerEtl' })
  expect(Aliases.Alias.map(({ AliasName }) => AliasName)).toEqual([aliases.crossAccount])
})
