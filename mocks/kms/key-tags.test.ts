/** Tags of single keys, and taking tags away: TagResource, UntagResource, ListResourceTags, UntagResources (KMS API 2016-01-20). */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '#src/api/contract/actions.ts'
import { limits, type Tag } from '#src/api/contract/rules.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import { keyIds, region, smallWorld } from '#mocks/testing/small-world.ts'

const tagged = (...keys: readonly string[]): readonly Tag[] => keys.map((TagKey) => ({ TagKey, TagValue: 'v' }))
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `k${index}`)
const present = tagged('env', 'team', 'acs-like')

let cloud: TestCloud
beforeEach(async () => {
  const world = await smallWorld()
  const keys = world.cloud.keys.map((row) => ({ ...row, tags: present }))
  cloud = await testCloud({ world: { ...world, cloud: { ...world.cloud, keys } } })
})

const tagsOf = async (KeyId: string) =>
  (await cloud.ok('ListResourceTags', { KeyId })).Tags.Tag.map(({ TagKey, TagValue }) => ({ TagKey, TagValue }))

describe('TagResource', () => {
  const add = (Tags: readonly Tag[], KeyId: string = keyIds.enabled) => cloud.call('TagResource', { KeyId, Tags })

  test('adds, and overwrites the value of a key that is there', async () => {
    expect((await add([{ TagKey: 'env', TagValue: 'prod' }, ...tagged('new')])).status).toBe(200)
    expect(await tagsOf(keyIds.enabled)).toEqual([
      { TagKey: 'env', TagValue: 'prod' },
      ...tagged('team', 'acs-like', 'new'),
    ])
    expect(await tagsOf(keyIds.disabled)).toEqual(present)
  })

  test('up to 20, and none of them where there would be 21', async () => {
    const room = limits.tagsPerKey - present.length
    expect(await refusalOf(cloud, () => add(tagged(...many(room + 1))))).toEqual({
      code: 'Rejected.LimitExceeded',
      parameter: 'Tags',
    })
    expect((await add(tagged(...many(room)))).status).toBe(200)
    expect(await tagsOf(keyIds.enabled)).toHaveLength(limits.tagsPerKey)
    expect((await refusalOf(cloud, () => add(tagged('one-more')))).code).toBe('Rejected.LimitExceeded')
    expect((await add([{ TagKey: 'k0', TagValue: 'other' }])).status).toBe(200)
  })

  test('not 21 in one call', async () => {
    expect(await refusalOf(cloud, () => add(tagged(...many(21))))).toEqual({
      code: 'InvalidParameter',
      parameter: 'Tags',
    })
  })

  test('of a disabled key, not of one that waits for its deletion', async () => {
    expect((await add(tagged('x'), keyIds.disabled)).status).toBe(200)
    expect((await add(tagged('x'), keyIds.pendingDeletion)).body.Code).toBe('Rejected.PendingDeletion')
  })
})

describe('UntagResource', () => {
  const drop = (TagKeys: readonly string[], KeyId: string = keyIds.enabled) =>
    cloud.call('UntagResource', { KeyId, TagKeys })

  test('takes away what is there, and passes over what is not', async () => {
    expect((await drop(['env', 'never-there', 'env'])).status).toBe(200)
    expect(await tagsOf(keyIds.enabled)).toEqual(tagged('team', 'acs-like'))
  })

  test('writes nothing where nothing goes', async () => {
    const changed: string[] = []
    cloud.cloud.onChange(({ table }) => changed.push(table))
    expect((await drop(['never-there'])).status).toBe(200)
    expect(changed).toEqual([])
  })

  test.each([['aliyun:x'], ['acs:x'], [''], ['k'.repeat(129)], ['a b']])('refuses the key %.20j', async (key) => {
    expect(await refusalOf(cloud, () => drop(['env', key]))).toEqual({
      code: 'InvalidParameter.TagKey',
      parameter: 'TagKeys',
    })
  })

  test('not of a key that waits for its deletion', async () => {
    expect((await drop(['env'], keyIds.pendingDeletion)).body.Code).toBe('Rejected.PendingDeletion')
  })
})

test('ListResourceTags tells the tags in every state', async () => {
  for (const KeyId of [keyIds.enabled, keyIds.disabled, keyIds.pendingDeletion])
    expect((await cloud.ok('ListResourceTags', { KeyId })).Tags.Tag).toEqual(present.map((tag) => ({ KeyId, ...tag })))
  expect(await cloud.code('ListResourceTags', { KeyId: 'alias/orders' })).toBe('Unsupported.Alias')
  expect(await cloud.code('ListResourceTags', { KeyId: keyIds.foreign })).toBe('Forbidden.KeyNotFound')
})

describe('UntagResources', () => {
  const both = [keyIds.enabled, keyIds.disabled]
  type Asked = Omit<Input<'UntagResources'>, 'RegionId' | 'ResourceType' | 'ResourceId'>
  const drop = (asked: Asked, ResourceId: readonly string[] = both) =>
    cloud.call('UntagResources', { RegionId: region, ResourceType: 'key', ResourceId, ...asked })

  test('takes the same keys from several resources', async () => {
    expect((await drop({ TagKey: ['env', 'never-there'] })).status).toBe(200)
    for (const keyId of both) expect(await tagsOf(keyId)).toEqual(tagged('team', 'acs-like'))
  })

  test('All takes everything away; where tag keys are given it does not count', async () => {
    expect((await drop({ All: true, TagKey: ['env'] }, [keyIds.enabled])).status).toBe(200)
    expect(await tagsOf(keyIds.enabled)).toEqual(tagged('team', 'acs-like'))
    expect((await drop({ All: true })).status).toBe(200)
    for (const keyId of both) expect(await tagsOf(keyId)).toEqual([])
  })

  test('neither is refused', async () => {
    for (const asked of [{}, { All: false }])
      expect(await refusalOf(cloud, () => drop(asked))).toEqual({ code: 'MissingParameter', parameter: 'TagKey' })
  })

  test.each([
    ['one resource that is not there', { All: true }, 'key-unknown', 'InvalidResourceId.NotFound'],
    ["another account's", { All: true }, keyIds.foreign, 'InvalidResourceId.NotFound'],
    ['one that waits for its deletion', { All: true }, keyIds.pendingDeletion, 'Rejected.PendingDeletion'],
    ['a reserved key', { TagKey: ['acs:x'] }, keyIds.disabled, 'InvalidParameter.TagKey'],
  ] as const)('nothing is taken away where there is %s', async (_, asked, other, code) => {
    expect((await refusalOf(cloud, () => drop(asked, [keyIds.enabled, other]))).code).toBe(code)
  })

  test('20 tag keys and 50 resources, and not one more', async () => {
    expect((await drop({ TagKey: many(20) })).status).toBe(200)
    expect(await refusalOf(cloud, () => drop({ TagKey: many(21) }))).toMatchObject({ parameter: 'TagKey' })
    expect((await drop({ All: true }, Array(50).fill(keyIds.enabled) as string[])).status).toBe(200)
    const tooMany = Array(51).fill(keyIds.enabled) as string[]
    expect(await refusalOf(cloud, () => drop({ All: true }, tooMany))).toMatchObject({ parameter: 'ResourceId' })
  })
})
