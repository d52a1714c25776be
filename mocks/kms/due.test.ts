import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { userArn } from '#src/api/contract/arn.ts'
import { defaultPolicy } from '#src/api/contract/policy.ts'
import { limits } from '#src/api/contract/rules.ts'
import { cloudTables, schemaVersion, type KeyRow } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { aliases } from '#mocks/scenarios/names.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { instanceWith, keyNamed, keyWith, owner, storedRows, stranger } from '#mocks/testing/rows.ts'
import { nextDue, settle } from './due.ts'

const hour = 3_600_000
const shared: KeyRow['policy'] = {
  Version: '1',
  Statement: [
    { Effect: 'Allow', Principal: { RAM: [userArn(stranger, 'a')] }, Action: ['kms:Decrypt'], Resource: ['*'] },
  ],
}

async function storeWith(...keys: readonly KeyRow[]) {
  const store = await openStore(cloudTables)
  store.write((tx) => {
    tx.instances.put(instanceWith())
    for (const key of keys) tx.keys.put(key)
  })
  return store
}
const leaving = (keyId: string, deleteAt: number, policy: KeyRow['policy'] = shared): KeyRow =>
  keyWith({ keyId, deleteAt, state: 'PendingDeletion', policy })

describe('settling', () => {
  test('is due at the next deletion or return', async () => {
    const store = await storeWith(
      keyWith({ keyId: 'stays', deleteAt: null }),
      leaving('b', 3 * hour),
      leaving('a', 2 * hour),
    )
    expect(nextDue(store.read)).toBe(2 * hour)
    store.write((tx) => settle(tx, 2 * hour))
    expect(nextDue(store.read)).toBe(3 * hour)
    store.write((tx) => settle(tx, 3 * hour))
    expect(nextDue(store.read)).toBe(3 * hour + limits.quotaReturnMs)
    store.write((tx) => settle(tx, 3 * hour + limits.quotaReturnMs))
    expect(nextDue(store.read)).toBe(Infinity)
    expect([...store.read.keys.values()].map(({ keyId }) => keyId)).toEqual(['stays'])
  })

  test('ends the same however late it comes', async () => {
    const keys = [leaving('a', 2 * hour), leaving('b', 3 * hour), leaving('c', 9 * hour, defaultPolicy([owner]))]
    const now = 3 * hour + limits.quotaReturnMs / 2
    const often = await storeWith(...keys)
    for (let at = 0; at <= now; at += limits.quotaReturnMs / 2) often.write((tx) => settle(tx, at))
    const once = await storeWith(...keys)
    once.write((tx) => settle(tx, now))
    for (const table of ['keys', 'withdrawals'] as const)
      expect([...once.read[table].values()]).toEqual([...often.read[table].values()])
    expect([...once.read.withdrawals.values()]).toHaveLength(1)
  })

  test('lets go of an account when the last key that names it is gone', async () => {
    const store = await storeWith(leaving('a', hour), leaving('b', 2 * hour))
    store.write((tx) => settle(tx, hour))
    expect([...store.read.withdrawals.values()]).toEqual([])
    store.write((tx) => settle(tx, 2 * hour + 1))
    expect([...store.read.withdrawals.values()]).toMatchObject([
      { accountId: stranger, returnsAt: 2 * hour + limits.quotaReturnMs },
    ])
  })

  describe('with rotations', () => {
    const rotatingKey = (keyId: string, hours: number, more: Partial<KeyRow> = {}): KeyRow =>
      keyWith({
        keyId,
        externalKeyId: null,
        primaryVersionId: `${keyId}-0`,
        rotatedAt: 0,
        rotation: { intervalMs: hours * hour, nextAt: hours * hour },
        ...more,
      })

    async function worldWith(keyQuota: number, ...keys: readonly KeyRow[]) {
      const store = await storeWith(...keys)
      store.write((tx) => {
        tx.world.put({ id: 'world', schema: schemaVersion, scenario: 'default', seed: 7, clockOffsetMs: 0, drawn: 0 })
        tx.instances.put(instanceWith({ keyQuota }))
        for (const { keyId, primaryVersionId } of keys)
          tx.keyVersions.put({ versionId: primaryVersionId!, keyId, createdAt: 0, material: null })
      })
      return store
    }

    test('ends the same however late it comes, whatever rotates, goes and lacks room', async () => {
      const events = fc.record({
        quota: fc.integer({ min: 3, max: 12 }),
        rotating: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        leaving: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
        disabled: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(events, async ({ quota, rotating, leaving: dates, disabled }) => {
          const keys = [
            ...rotating.map((hours, index) => rotatingKey(`rotates-${index}`, hours)),
            ...dates.map((at, index) =>
              rotatingKey(`goes-${index}`, 2, { state: 'PendingDeletion', deleteAt: at * hour }),
            ),
            ...(disabled ? [rotatingKey('sleeps', 3, { state: 'Disabled' })] : []),
          ]
          const often = await worldWith(quota, ...keys)
          for (let at = 0; at <= 40 * hour; at += hour / 2) often.write((tx) => settle(tx, at))
          const once = await worldWith(quota, ...keys)
          once.write((tx) => settle(tx, 40 * hour))
          for (const table of ['keys', 'keyVersions', 'world'] as const) {
            const rows = ({ read }: typeof once): string[] =>
              Array.from(read[table].values() as Iterable<object>, (row) => JSON.stringify(row)).sort()
            expect(rows(once)).toEqual(rows(often))
          }
          expect(nextDue(once.read)).toBe(nextDue(often.read))
        }),
        { numRuns: 40 },
      )
    })

    test('a key that goes makes room for a version at the same moment', async () => {
      const leaves = rotatingKey('a-goes', 100, { state: 'PendingDeletion', deleteAt: 5 * hour })
      const store = await worldWith(2, rotatingKey('rotates', 5), leaves)
      store.write((tx) => settle(tx, 5 * hour))
      expect([...store.read.keyVersions.values()].map(({ keyId }) => keyId)).toEqual(['rotates', 'rotates'])
    })

    test('without room it is tried again an interval later', async () => {
      const store = await worldWith(1, rotatingKey('rotates', 5))
      store.write((tx) => settle(tx, 12 * hour))
      expect(store.read.keys.get('rotates')).toMatchObject({ rotatedAt: 0, rotation: { nextAt: 15 * hour } })
      store.write((tx) => tx.instances.put(instanceWith({ keyQuota: 2 })))
      store.write((tx) => settle(tx, 15 * hour))
      expect(store.read.keys.get('rotates')).toMatchObject({ rotatedAt: 15 * hour, rotation: { nextAt: 20 * hour } })
    })
  })

  test('leaves a cancelled deletion alone', async () => {
    const store = await storeWith(keyWith({ deleteAt: null }))
    store.write((tx) => settle(tx, Number.MAX_SAFE_INTEGER))
    expect([...store.read.keys.values()]).toHaveLength(1)
  })
})

test("a key goes with its aliases when the cloud's clock reaches its date", async () => {
  const { cloud, ok, code } = await testCloud()
  const { keyId: KeyId, deleteAt } = keyNamed(cloud, aliases.pendingDeletion)
  await cloud.lab.advanceClock(deleteAt! - cloud.now() - 1)
  await ok('DescribeKey', { KeyId })
  await cloud.lab.advanceClock(1)
  expect(await code('DescribeKey', { KeyId })).toBe('Forbidden.KeyNotFound')
  expect(await code('DescribeKey', { KeyId: aliases.pendingDeletion })).toBe('Forbidden.AliasNotFound')
  expect(storedRows(cloud, 'aliases').some(({ keyId }) => keyId === KeyId)).toBe(false)
})
