import { beforeEach, describe, expect, test } from 'vitest'
import { limits } from '#src/api/contract/rules.ts'
import { aliases, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed, keyWith, storedRows } from '#mocks/testing/rows.ts'
import type { Context } from './context.ts'
import { tagRules } from './tags.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

interface Pair {
  readonly Key: string
  readonly Value: string
}
const RegionId = instances.payments.region
const idOf = (alias: string): string => keyNamed(cloud.cloud, alias).keyId
const tag = (alias: string, Tag: readonly Pair[], more: readonly string[] = []) =>
  cloud.call('TagResources', { RegionId, ResourceType: 'key', ResourceId: [idOf(alias), ...more], Tag })
const list = (asked: { ResourceId?: readonly string[]; Tag?: readonly Pair[]; NextToken?: string }) =>
  cloud.ok('ListTagResources', { RegionId, ResourceType: 'key', ...asked })
const tagsOf = (alias: string) => keyNamed(cloud.cloud, alias).tags

test('adds, and overwrites the value of a key that is there', async () => {
  const before = tagsOf(aliases.working)
  await tag(aliases.working, [
    { Key: 'env', Value: 'staging' },
    { Key: 'new', Value: '' },
  ])
  expect(tagsOf(aliases.working)).toEqual([
    ...before.map((one) => (one.TagKey === 'env' ? { TagKey: 'env', TagValue: 'staging' } : one)),
    { TagKey: 'new', TagValue: '' },
  ])
})

describe('refuses, and tags nothing', () => {
  const many = Array.from({ length: limits.tagsPerKey }, (_, index) => ({ Key: `k${index}`, Value: '' }))
  test.each([
    ['a reserved key', [{ Key: 'acs:x', Value: '' }], 'InvalidParameter.TagKey'],
    ['an empty key', [{ Key: '', Value: 'x' }], 'InvalidParameter.TagKey'],
    ['a key with a blank', [{ Key: 'a b', Value: '' }], 'InvalidParameter.TagKey'],
    ['a long key', [{ Key: 'k'.repeat(129), Value: '' }], 'InvalidParameter.TagKey'],
    ['a value with a comma', [{ Key: 'a', Value: 'b,c' }], 'InvalidParameter.TagValue'],
    ['a long value', [{ Key: 'a', Value: 'v'.repeat(129) }], 'InvalidParameter.TagValue'],
    [
      'a key given twice',
      [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
      'Duplicate.TagKey',
    ],
    ['more than twenty in a call', [...many, { Key: 'one-more', Value: '' }], 'InvalidParameter'],
    ['more than twenty on a key', many, 'Rejected.LimitExceeded'],
  ])('%s', async (_, tags, code) => {
    const before = JSON.stringify(storedRows(cloud.cloud, 'keys'))
    expect((await tag(aliases.working, tags)).body.Code).toBe(code)
    expect(JSON.stringify(storedRows(cloud.cloud, 'keys'))).toBe(before)
  })

  test('when one of several keys is not there, is full, or goes soon', async () => {
    const before = tagsOf(aliases.working)
    const code = async (other: string) => (await tag(aliases.working, [{ Key: 'x', Value: '' }], [other])).body.Code
    expect(await code('key-none')).toBe('InvalidResourceId.NotFound')
    expect(await code(aliases.disabled)).toBe('InvalidResourceId.NotFound')
    expect(await code(idOf(aliases.pendingDeletion))).toBe('Rejected.PendingDeletion')
    expect(tagsOf(aliases.working)).toEqual(before)
  })

  test("for another region than the endpoint's", async () => {
    const { body } = await cloud.call('ListTagResources', { RegionId: 'cn-shanghai', ResourceType: 'key' })
    expect(body).toMatchObject({ Code: 'InvalidParameter', Detail: { Parameter: 'RegionId' } })
  })
})

describe('lists', () => {
  test('the tags of keys', async () => {
    const { TagResources, NextToken } = await list({ ResourceId: [idOf(aliases.working), idOf(aliases.working)] })
    expect(NextToken).toBe('')
    expect(TagResources.TagResource).toHaveLength(tagsOf(aliases.working).length)
    expect(TagResources.TagResource[0]).toMatchObject({ ResourceId: idOf(aliases.working), ResourceType: 'key' })
  })

  test('the asked tags of the keys that have all of them', async () => {
    const { TagResources } = await list({
      Tag: [
        { Key: 'team', Value: 'payments' },
        { Key: 'data', Value: '' },
      ],
    })
    const expected = storedRows(cloud.cloud, 'keys')
      .filter(({ region }) => region === RegionId)
      .filter(({ tags }) => tags.some(({ TagKey, TagValue }) => TagKey === 'team' && TagValue === 'payments'))
      .filter(({ tags }) => tags.some(({ TagKey }) => TagKey === 'data'))
    expect(expected.length).toBeGreaterThan(0)
    expect(TagResources.TagResource).toHaveLength(2 * expected.length)
    expect(new Set(TagResources.TagResource.map(({ TagKey }) => TagKey))).toEqual(new Set(['team', 'data']))
  })

  test('every row once, 200 at a time, also where keys come and go in between', () => {
    const keys = Array.from({ length: 30 }, (_, index) =>
      keyWith({
        keyId: `key-${(index * 7) % 30}`,
        tags: Array.from({ length: 20 }, (__, place) => ({ TagKey: `k/${(place * 3) % 20}`, TagValue: '' })),
      }),
    )
    const pageAfter = (NextToken: string | undefined, present: typeof keys) =>
      tagRules.ListTagResources({} as Context, { RegionId, ResourceType: 'key', NextToken }, { keys: present })
    const first = pageAfter(undefined, keys)
    const second = pageAfter(first.NextToken, keys.slice().reverse())
    const third = pageAfter(
      second.NextToken,
      keys.filter(({ keyId }) => keyId !== 'key-0'),
    )
    expect(third.NextToken).toBe('')
    const rows = [first, second, third].flatMap(({ TagResources }) => TagResources.TagResource)
    expect(rows).toHaveLength(600)
    expect(new Set(rows.map(({ ResourceId, TagKey }) => `${ResourceId} ${TagKey}`)).size).toBe(600)
  })

  test('no page for a token that it never gave', async () => {
    const { body } = await cloud.call('ListTagResources', { RegionId, ResourceType: 'key', NextToken: '200' })
    expect(body).toMatchObject({ Code: 'InvalidParameter', Detail: { Parameter: 'NextToken' } })
  })
})
