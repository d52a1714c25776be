import { beforeEach, describe, expect, test } from 'vitest'
import type { Change } from '#src/api/contract/backend.ts'
import { limits } from '#src/api/contract/rules.ts'
import { aliases } from '#mocks/scenarios/names.ts'
import { cloudTables } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { memoryDisk } from '#mocks/testing/memory-persistence.ts'
import { keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { account, keyIds, smallWorld } from '#mocks/testing/small-world.ts'
import { addUses, callsUntil, keyUseId } from './usage.ts'

const second = 1000
const day = 86_400_000
const Plaintext = 'aGVsbG8='
const owner = `acs:ram::${account}:root`

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

const rows = () => storedRows(cloud.cloud, 'keyUses')
const attempts = () => storedRows(cloud.cloud, 'useAttempts')
const describeKey = async (KeyId: string, as = 'owner') => cloud.ok('DescribeKeyAssociations', { KeyId }, { as })
const encrypt = (KeyId: string = keyIds.enabled, as = 'owner') => cloud.code('Encrypt', { KeyId, Plaintext }, { as })
const use = (days: Record<string, number>, lastAt: number, lastAction = 'Encrypt') => ({
  id: keyUseId('key-1', owner),
  keyId: 'key-1',
  principalArn: owner,
  lastAt,
  lastAction,
  days,
})

describe('counts', () => {
  test('add up by day; the later use is the last one, in either order', () => {
    const before = use({ 100: 2, 101: 1 }, 101 * day)
    const after = use({ 101: 4, 102: 1 }, 102 * day, 'Decrypt')
    const both = use({ 100: 2, 101: 5, 102: 1 }, 102 * day, 'Decrypt')
    expect(addUses(before, after)).toEqual(both)
    expect(addUses(after, before)).toEqual(both)
    expect(addUses(undefined, after)).toEqual(after)
  })

  test('know thirty days: today and the 29 before', () => {
    const oldest = 1000 - limits.callHistoryDays + 1
    const row = use({ [oldest - 1]: 64, [oldest]: 8, 1000: 1 }, 1000 * day)
    expect(callsUntil(1000 * day, row)).toBe(9)
    expect(callsUntil(1001 * day - 1, row)).toBe(9)
    expect(callsUntil(1001 * day, row)).toBe(1)
    expect(addUses(row, use({ 1000: 1 }, 1000 * day + 1)).days).toEqual({ [oldest]: 8, 1000: 2 })
  })
})

describe('cryptography that succeeds', () => {
  test('is counted by whom and when', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: 'alias/orders', Plaintext }, { as: 'owner' })
    cloud.runtime.advance(second)
    await cloud.ok('GenerateDataKey', { KeyId: keyIds.enabled }, { as: 'admin' })
    cloud.runtime.advance(second)
    await cloud.ok('Decrypt', { CiphertextBlob }, { as: 'owner' })
    cloud.runtime.advance(second)
    const { Uses, CallsLast30Days, CountedUntil } = await describeKey(keyIds.enabled)
    expect(Uses.Use).toEqual([
      { PrincipalArn: owner, LastUsedAt: '2026-03-02T08:00:02Z', LastAction: 'Decrypt', CallsLast30Days: 2 },
      {
        PrincipalArn: `acs:ram::${account}:user/admin`,
        LastUsedAt: '2026-03-02T08:00:01Z',
        LastAction: 'GenerateDataKey',
        CallsLast30Days: 1,
      },
    ])
    expect([CallsLast30Days, CountedUntil]).toEqual([3, '2026-03-02T08:00:03Z'])
  })

  test('grows old by the cloud’s clock, and the last use stays', async () => {
    await encrypt()
    await cloud.cloud.lab.advanceClock(29 * day)
    expect((await describeKey(keyIds.enabled)).CallsLast30Days).toBe(1)
    await cloud.cloud.lab.advanceClock(day)
    expect(await describeKey(keyIds.enabled)).toMatchObject({
      CallsLast30Days: 0,
      Uses: { Use: [{ PrincipalArn: owner, LastUsedAt: '2026-03-02T08:00:00Z', CallsLast30Days: 0 }] },
    })
    await encrypt()
    await describeKey(keyIds.enabled)
    expect(Object.values(rows()[0]!.days)).toEqual([1])
  })

  test('counts although its answer is lost: it was done', async () => {
    await cloud.cloud.lab.setFaults([{ id: 'lost', hop: 'kms', kind: 'lostAnswer', action: 'Encrypt' }])
    await encrypt()
    expect((await describeKey(keyIds.enabled)).CallsLast30Days).toBe(1)
  })

  test.each([
    ['a state', () => encrypt(keyIds.disabled)],
    ['a missing permission', () => encrypt(keyIds.enabled, 'nobody')],
    ['a proxy that is away', () => encrypt()],
    ['no cryptography', () => cloud.code('DisableKey', { KeyId: keyIds.enabled })],
  ])('what is refused does not count, nor what is none: %s', async (why, ask) => {
    if (why === 'a proxy that is away')
      await cloud.cloud.lab.setFaults([{ id: 'away', hop: 'proxy', kind: 'unreachable' }])
    await ask()
    for (const keyId of [keyIds.enabled, keyIds.disabled]) await describeKey(keyId)
    expect([rows(), attempts()]).toEqual([[], []])
  })
})

describe('what was counted', () => {
  test('costs no write of its own, and is kept after ten seconds', async () => {
    const before = cloud.cloud.dump().cloud
    for (let times = 0; times < 20; times++) await encrypt()
    expect(cloud.cloud.dump().cloud).toEqual(before)
    cloud.runtime.advance(10 * second - 1)
    expect(rows()).toEqual([])
    cloud.runtime.advance(1)
    expect(rows()).toEqual([expect.objectContaining({ principalArn: owner, days: { [20_514]: 20 } })])
    await encrypt()
    cloud.runtime.advance(10 * second)
    expect(rows()).toEqual([expect.objectContaining({ days: { [20_514]: 21 } })])
  })

  test('belongs to its world: another one starts from nothing', async () => {
    cloud = await testCloud()
    const [key] = storedRows(cloud.cloud, 'keys')
    await encrypt(key!.keyId, 'account')
    const before = storedRows(cloud.cloud, 'keyUses')
    await cloud.cloud.lab.reset()
    cloud.runtime.advance(10 * second)
    expect(storedRows(cloud.cloud, 'keyUses')).toEqual(before)
  })

  test('goes with its key', async () => {
    await encrypt(keyIds.enabled)
    await describeKey(keyIds.enabled)
    await cloud.ok('DetectKeyAssociations', { KeyId: keyIds.enabled })
    await encrypt(keyIds.pendingDeletion)
    expect([rows().length, attempts().length, storedRows(cloud.cloud, 'detections').length]).toEqual([1, 1, 1])
    await cloud.ok('ScheduleKeyDeletion', { KeyId: keyIds.enabled, PendingWindowInDays: 7 })
    await encrypt(keyIds.enabled)
    await cloud.cloud.lab.advanceClock(7 * day)
    expect([rows(), attempts(), storedRows(cloud.cloud, 'detections')]).toEqual([[], [], []])
  })
})

describe('attempts on a key that waits for its deletion', () => {
  test('are kept at once, newest first', async () => {
    expect(await encrypt(keyIds.pendingDeletion)).toBe('Rejected.PendingDeletion')
    cloud.runtime.advance(second)
    const { body } = await cloud.call('GenerateDataKey', { KeyId: keyIds.pendingDeletion }, { as: 'admin' })
    expect(attempts()).toHaveLength(2)
    expect((await describeKey(keyIds.pendingDeletion)).AttemptsSinceScheduled.Attempt).toMatchObject([
      {
        Time: '2026-03-02T08:00:01Z',
        PrincipalArn: `acs:ram::${account}:user/admin`,
        Action: 'GenerateDataKey',
        RequestId: body.RequestId,
      },
      { Time: '2026-03-02T08:00:00Z', PrincipalArn: owner, Action: 'Encrypt' },
    ])
  })

  test('are durable with the answer', async () => {
    const disks = { cloud: memoryDisk(), vault: memoryDisk() }
    cloud = await testCloud({ persistence: { cloud: disks.cloud.open(), vault: disks.vault.open() } })
    const { keyId } = keyNamed(cloud.cloud, aliases.pendingDeletion)
    const { body } = await cloud.call('Encrypt', { KeyId: keyId, Plaintext })
    const kept = await openStore(cloudTables, disks.cloud.open())
    expect(kept.read.useAttempts.get(`${keyId}/${body.RequestId}`)).toMatchObject({ keyId, action: 'Encrypt' })
  })

  test('are the newest hundred', async () => {
    const ids: string[] = []
    for (let times = 0; times < 103; times++) {
      cloud.runtime.advance(1)
      ids.push((await cloud.call('Encrypt', { KeyId: keyIds.pendingDeletion, Plaintext })).body.RequestId!)
    }
    const { Attempt } = (await describeKey(keyIds.pendingDeletion)).AttemptsSinceScheduled
    expect(Attempt.map(({ RequestId }) => RequestId)).toEqual(ids.toReversed().slice(0, 100))
    expect(attempts()).toHaveLength(100)
  })

  test('are gone when the deletion is cancelled', async () => {
    await encrypt(keyIds.pendingDeletion)
    await cloud.ok('CancelKeyDeletion', { KeyId: keyIds.pendingDeletion })
    expect(attempts()).toEqual([])
    await cloud.ok('ScheduleKeyDeletion', { KeyId: keyIds.pendingDeletion, PendingWindowInDays: 7 })
    expect((await describeKey(keyIds.pendingDeletion)).AttemptsSinceScheduled.Attempt).toEqual([])
  })

  test('are not those that would have been refused anyway, nor other requests', async () => {
    expect(await encrypt(keyIds.pendingDeletion, 'nobody')).toBe('Forbidden.NoPermission')
    await cloud.code('UpdateKeyDescription', { KeyId: keyIds.pendingDeletion, Description: 'x' })
    await cloud.code('CreateAlias', { KeyId: keyIds.pendingDeletion, AliasName: 'alias/x' })
    await cloud.code('Encrypt', { KeyId: keyIds.pendingDeletion, Plaintext, DryRun: true })
    expect(attempts()).toEqual([])
  })
})

test('an open page hears of uses and of refusals, many at once, and not of reads', async () => {
  const heard: Change[] = []
  // The key manager tells by itself that somebody asked for its key.
  cloud.cloud.onChange((change) => change.table !== 'externalKeys' && heard.push(change))
  for (let times = 0; times < 5; times++) await encrypt()
  await encrypt(keyIds.disabled)
  cloud.runtime.advance(499)
  expect(heard).toEqual([])
  cloud.runtime.advance(1)
  expect(heard).toEqual([{ table: 'usage', ids: [keyIds.enabled, keyIds.disabled] }])
  cloud.runtime.advance(20 * second)
  await cloud.ok('DescribeKey', { KeyId: keyIds.enabled })
  await cloud.ok('ListKeyActivity', { KeyId: keyIds.enabled })
  await describeKey(keyIds.enabled)
  cloud.runtime.advance(20 * second)
  expect(heard).toHaveLength(1)
})
