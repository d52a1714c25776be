import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Filter } from '#src/api/contract/params.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { accounts, aliases, externalKeys, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, keyNamed, keyWith, storedRows } from '#mocks/testing/rows.ts'
import { keyFilter } from './list-keys.ts'

describe('through the API', () => {
  let cloud: TestCloud
  beforeAll(async () => {
    cloud = await testCloud()
  })

  const listed = async (Filters: readonly Filter[], as = 'account'): Promise<readonly string[]> => {
    const { Keys } = await cloud.ok('ListKeys', { Filters, PageSize: 100 }, { as })
    return Keys.Key.map(({ KeyId }) => KeyId)
  }
  const rows = (matches: (key: KeyRow) => boolean): readonly string[] =>
    storedRows(cloud.cloud, 'keys')
      .filter((key) => key.region === 'cn-hangzhou' && matches(key))
      .sort((a, b) => b.createdAt - a.createdAt)
      .map(({ keyId }) => keyId)
  const own = (key: KeyRow): boolean =>
    key.accountId === accounts.main.accountId ||
    key.instanceId === instanceNamed(cloud.cloud, instances.group.name).instanceId

  test('newest first; own keys, and those of receivers on the shared instance', async () => {
    expect(await listed([])).toEqual(rows(own))
    const partner = await listed([], 'partnerAccount')
    expect(partner).toContain(keyNamed(cloud.cloud, aliases.onSharedInstance).keyId)
    expect(partner).not.toContain(keyNamed(cloud.cloud, aliases.working).keyId)
  })

  test.each([
    ['KeyState', ['Disabled', 'PendingDeletion'], (key: KeyRow) => key.state !== 'Enabled'],
    ['KeySpec', ['RSA_2048'], () => false],
    ['KeyUsage', ['ENCRYPT/DECRYPT'], () => true],
    ['ProtectionLevel', ['EXTERNAL'], (key: KeyRow) => key.externalKeyId !== null],
    ['ProtectionLevel', ['HSM'], (key: KeyRow) => key.protectionLevel === 'HSM'],
    ['CreatorType', ['Service'], (key: KeyRow) => key.creatorType === 'Service'],
    ['Creator', [accounts.partner.accountId], (key: KeyRow) => key.accountId === accounts.partner.accountId],
    ['TagKey', ['retention'], (key: KeyRow) => key.tags.some(({ TagKey }) => TagKey === 'retention')],
    [
      'TagValue',
      ['staging', 'dev'],
      (key: KeyRow) => key.tags.some(({ TagValue }) => /^(staging|dev)$/.test(TagValue)),
    ],
  ] as const)('by %s', async (Key, Values, matches) => {
    expect(await listed([{ Key, Values }])).toEqual(rows((key) => own(key) && matches(key)))
  })

  test('by alias, key ID and instance, the whole text', async () => {
    const { keyId, instanceId } = keyNamed(cloud.cloud, aliases.working)
    expect(await listed([{ Key: 'AliasName', Values: [aliases.working] }])).toEqual([keyId])
    expect(await listed([{ Key: 'AliasName', Values: ['alias/payments'] }])).toEqual([])
    expect(await listed([{ Key: 'keyId', Values: [keyId] }])).toEqual([keyId])
    expect(await listed([{ Key: 'DKMSInstanceId', Values: [instanceId!] }])).toEqual(
      rows((key) => key.instanceId === instanceId),
    )
  })

  test('under strict compatibility external keys count as SOFTWARE', async () => {
    const strict = await testCloud({ strict: true })
    const count = async (level: string): Promise<number> =>
      (await strict.ok('ListKeys', { Filters: [{ Key: 'ProtectionLevel', Values: [level] }] })).TotalCount
    expect(await count('EXTERNAL')).toBe(0)
    expect(await count('SOFTWARE')).toBeGreaterThan(await count('HSM'))
  })

  test('pages', async () => {
    const all = await listed([])
    const { Keys, ...paging } = await cloud.ok('ListKeys', { PageNumber: 2, PageSize: 7 })
    expect(Keys.Key.map(({ KeyId }) => KeyId)).toEqual(all.slice(7, 14))
    expect(paging).toMatchObject({ PageNumber: 2, PageSize: 7, TotalCount: all.length })
    const beyond = await cloud.ok('ListKeys', { PageNumber: 1000 })
    expect(beyond).toMatchObject({ Keys: { Key: [] }, PageSize: 10, TotalCount: all.length })
  })

  test('a key just made comes first', async () => {
    const { KeyMetadata } = await cloud.ok('CreateKey', {
      DKMSInstanceId: keyNamed(cloud.cloud, aliases.working).instanceId!,
      ExternalKeyId: externalKeys.ready[0],
    })
    expect((await listed([]))[0]).toBe(KeyMetadata.KeyId)
  })
})

describe('filters', () => {
  const facts = { strict: false, aliasesOf: (): readonly string[] => ['alias/a', 'alias/b'] }
  const key = keyWith({
    tags: [
      { TagKey: 'env', TagValue: 'dev' },
      { TagKey: 'tier', TagValue: 'prod' },
    ],
  })
  const matches = (...filters: readonly Filter[]): boolean => keyFilter(filters, facts)(key)

  test('a tag key and a tag value must be one tag', () => {
    expect(matches({ Key: 'TagKey', Values: ['env'] }, { Key: 'TagValue', Values: ['dev'] })).toBe(true)
    expect(matches({ Key: 'TagKey', Values: ['env'] }, { Key: 'TagValue', Values: ['prod'] })).toBe(false)
  })

  const values: Readonly<Record<string, readonly string[]>> = {
    KeyState: ['Enabled', 'Disabled'],
    AliasName: ['alias/a', 'alias/b', 'alias/c'],
    Creator: [key.accountId, '1'],
    keyId: [key.keyId, 'key-other'],
  }
  const filter = fc
    .constantFrom(...Object.keys(values))
    .chain((Key) => fc.record({ Key: fc.constant(Key), Values: fc.subarray([...values[Key]!], { minLength: 1 }) }))

  test('values of one key are alternatives, wherever they stand; different keys must all hold', () => {
    const held: Readonly<Record<string, readonly string[]>> = {
      KeyState: [key.state],
      AliasName: facts.aliasesOf(),
      Creator: [key.accountId],
      keyId: [key.keyId],
    }
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 6 }), (filters) => {
        const expected = Object.keys(values).every((name) => {
          const asked = filters.filter(({ Key }) => Key === name).flatMap(({ Values }) => Values)
          return asked.length === 0 || asked.some((value) => held[name]!.includes(value))
        })
        expect(matches(...filters)).toBe(expected)
      }),
    )
  })

  test('a filter without values asks for nothing', () => {
    expect(matches({ Key: 'KeyState', Values: [] })).toBe(true)
  })
})
