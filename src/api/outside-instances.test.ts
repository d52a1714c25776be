import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { accounts, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import type { Filter } from './contract/params.ts'
import { limits } from './contract/rules.ts'
import { keysOutsideInstances, type KeyPage } from './outside-instances.ts'

interface Key {
  readonly KeyId: string
  readonly instance: string | null
  readonly creator?: 'Service'
}

const size = limits.pageSize.ListKeys.max

/** ListKeys over these keys, in this order; `order` may set the lists of instances otherwise, as no page forbids. */
function listOf(keys: readonly Key[], order: (keys: readonly Key[]) => readonly Key[] = (same) => same) {
  let calls = 0
  const valuesOf = (filters: readonly Filter[], name: string): ReadonlySet<string> | null => {
    const entries = filters.filter(({ Key }) => Key === name)
    for (const { Values } of entries) expect(Values.length).toBeLessThanOrEqual(limits.filters.values)
    return entries.length === 0 ? null : new Set(entries.flatMap(({ Values }) => Values))
  }
  const read = async (filters: readonly Filter[], page: number): Promise<KeyPage<Key>> => {
    calls++
    expect(filters.length).toBeLessThanOrEqual(limits.filters.entries)
    const inside = valuesOf(filters, 'DKMSInstanceId')
    const ids = valuesOf(filters, 'keyId')
    const byUsers = valuesOf(filters, 'CreatorType') !== null
    const matching = keys.filter(
      (key) =>
        (inside === null || (key.instance !== null && inside.has(key.instance))) &&
        (ids === null || ids.has(key.KeyId)) &&
        (!byUsers || key.creator === undefined),
    )
    const ordered = inside === null ? matching : order(matching)
    return { items: ordered.slice((page - 1) * size, page * size), total: matching.length }
  }
  return { read, calls: () => calls }
}

const many = (count: number, instance: (index: number) => string | null): readonly Key[] =>
  Array.from({ length: count }, (_, index) => ({ KeyId: `key-${index}`, instance: instance(index) }))

const idsOf = (keys: readonly { readonly KeyId: string }[]): readonly string[] => keys.map(({ KeyId }) => KeyId)

describe('the keys that stand in no instance', () => {
  it('are found wherever they stand among thousands, in few calls', async () => {
    for (const place of [0, 1, 99, 100, 101, 4321, 9_998, 9_999, 10_000]) {
      const list = listOf(many(10_001, (index) => (index === place ? null : 'kst-1')))
      expect(idsOf(await keysOutsideInstances(list.read, ['kst-1']))).toEqual([`key-${place}`])
      expect(list.calls(), 'instead of 202').toBeLessThanOrEqual(18)
    }
  })

  it('are none where the counts agree, which two calls tell', async () => {
    const list = listOf(many(10_000, () => 'kst-1'))
    expect(await keysOutsideInstances(list.read, ['kst-1'])).toEqual([])
    expect(list.calls()).toBe(2)
  })

  it('are found where the two lists come in different orders', async () => {
    const list = listOf(
      many(450, (index) => (index === 300 ? null : 'kst-1')),
      (keys) => keys.toReversed(),
    )
    expect(idsOf(await keysOutsideInstances(list.read, ['kst-1']))).toEqual(['key-300'])
  })

  it('are all keys where there is no instance, and leave out what services made', async () => {
    const keys: readonly Key[] = [...many(3, () => null), { KeyId: 'key-ecs', instance: null, creator: 'Service' }]
    expect(idsOf(await keysOutsideInstances(listOf(keys).read, []))).toEqual(['key-0', 'key-1', 'key-2'])
    expect(idsOf(await keysOutsideInstances(listOf(keys).read, ['kst-1']))).toEqual(['key-0', 'key-1', 'key-2'])
  })

  it('are found of any number of instances and keys', async () => {
    const world = fc.record({
      count: fc.integer({ min: 0, max: 700 }),
      instances: fc.constantFrom(1, 9, 90, 91, 250),
      outside: fc.uniqueArray(fc.integer({ min: 0, max: 699 }), { maxLength: 14 }),
    })
    await fc.assert(
      fc.asyncProperty(world, async ({ count, instances: instanceCount, outside }) => {
        const ids = Array.from({ length: instanceCount }, (_, index) => `kst-${index}`)
        const keys = many(count, (index) => (outside.includes(index) ? null : (ids[index % ids.length] ?? null)))
        const found = await keysOutsideInstances(listOf(keys).read, ids)
        expect(idsOf(found)).toEqual(idsOf(keys.filter(({ instance }) => instance === null)))
      }),
      { numRuns: 100 },
    )
  })
})

describe('with the 10,000 keys of the scenario', () => {
  let cloud: TestCloud
  beforeAll(async () => {
    cloud = await testCloud({ scenario: 'large' })
  })

  it.each([
    [instances.payments.region, 1],
    [instances.softwareShanghai.region, 0],
  ])('in %s: %i, in at most 18 calls', async (region, count) => {
    let calls = 0
    const read = async (Filters: readonly Filter[], PageNumber: number) => {
      calls++
      const data = await cloud.ok('ListKeys', { Filters, PageNumber, PageSize: size }, { region })
      return { items: data.Keys.Key, total: data.TotalCount }
    }
    const { KmsInstances } = await cloud.ok('ListKmsInstances', { PageSize: 100 }, { region })
    const found = await keysOutsideInstances(
      read,
      KmsInstances.KmsInstance.map(({ KmsInstanceId }) => KmsInstanceId),
    )
    expect(calls).toBeLessThanOrEqual(18)
    expect(found).toHaveLength(count)
    for (const { KeyId } of found) {
      const { KeyMetadata } = await cloud.ok('DescribeKey', { KeyId }, { region })
      expect(KeyMetadata).not.toHaveProperty('DKMSInstanceId')
      expect(KeyMetadata.Creator).toBe(accounts.main.accountId)
    }
  })
})
