import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '#src/api/contract/actions.ts'
import { limits } from '#src/api/contract/rules.ts'
import { aliases, instances } from '#mocks/scenarios/names.ts'
import { buildWorld } from '#mocks/scenarios/scenarios.ts'
import type { InstanceRow, KeyRow, KeyVersionRow } from '#mocks/store/rows.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'

const dayMs = 86_400_000
const wire = (time: number): string => new Date(time).toISOString().replace('.000', '')
/** Without rotation, on the software instance. */
const still = 'alias/apps/feature-flags'
/** Rotates every 30 days. */
const rotating = 'alias/apps/sessions'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const metadata = async (KeyId: string) => (await cloud.ok('DescribeKey', { KeyId })).KeyMetadata
const versions = async (KeyId: string) =>
  (await cloud.ok('ListKeyVersions', { KeyId, PageSize: 100 })).KeyVersions.KeyVersion
const days = (count: number): Promise<void> => cloud.cloud.lab.advanceClock(count * dayMs)
const onHardware = async (KeyStorageMechanism: 'HsmInternal' | 'HsmEncryptedDatabase'): Promise<string> => {
  const DKMSInstanceId = instanceNamed(cloud.cloud, instances.hardware.name).instanceId
  return (await cloud.ok('CreateKey', { DKMSInstanceId, KeyStorageMechanism })).KeyMetadata.KeyId
}
const defaultKey = (): string =>
  storedRows(cloud.cloud, 'keys').find((key) => key.instanceId === null && key.creatorType === 'User')!.keyId

describe('listing and describing', () => {
  test('newest first, page by page, by ID or alias', async () => {
    const { keyId, primaryVersionId } = keyNamed(cloud.cloud, rotating)
    const all = await versions(rotating)
    expect(all.length).toBeGreaterThan(10)
    expect(all[0]?.KeyVersionId).toBe(primaryVersionId)
    expect(all.every(({ KeyId }) => KeyId === keyId)).toBe(true)
    const dates = all.map(({ CreationDate }) => Date.parse(CreationDate))
    expect(dates).toEqual(dates.toSorted((a, b) => b - a))
    const second = await cloud.ok('ListKeyVersions', { KeyId: keyId, PageNumber: 2, PageSize: 3 })
    expect(second.KeyVersions.KeyVersion).toEqual(all.slice(3, 6))
    expect(second).toMatchObject({ PageNumber: 2, PageSize: 3, TotalCount: all.length })
    expect((await cloud.ok('ListKeyVersions', { KeyId: keyId })).KeyVersions.KeyVersion).toHaveLength(10)
    for (const version of all)
      expect(
        (await cloud.ok('DescribeKeyVersion', { KeyId: rotating, KeyVersionId: version.KeyVersionId })).KeyVersion,
      ).toEqual(version)
  })

  test("another key's version is not found", async () => {
    const { primaryVersionId: KeyVersionId } = keyNamed(cloud.cloud, still)
    for (const id of [KeyVersionId!, 'none'])
      expect(await cloud.code('DescribeKeyVersion', { KeyId: rotating, KeyVersionId: id })).toBe(
        'Forbidden.KeyVersionNotFound',
      )
  })

  test('a service key shows its version and makes no other', async () => {
    const { keyId: KeyId } = keyNamed(cloud.cloud, 'alias/acs/oss')
    expect(await versions(KeyId)).toHaveLength(1)
    expect(await cloud.code('CreateKeyVersion', { KeyId })).toBe('UnsupportedOperation')
    expect(
      await cloud.code('UpdateRotationPolicy', { KeyId, EnableAutomaticRotation: true, RotationInterval: '365d' }),
    ).toBe('UnsupportedOperation')
  })

  test.each(['ListKeyVersions', 'DescribeKeyVersion', 'CreateKeyVersion', 'UpdateRotationPolicy'] as const)(
    'an external key has none: %s',
    async (action) => {
      const input = { KeyId: aliases.working, KeyVersionId: 'v', EnableAutomaticRotation: false }
      const KeyId = action === 'UpdateRotationPolicy' ? keyNamed(cloud.cloud, aliases.working).keyId : input.KeyId
      expect(await cloud.code(action, { ...input, KeyId })).toBe('Rejected.UnsupportedOperation')
    },
  )
})

describe('a version by hand', () => {
  test('becomes the primary one, and the next may come seven days later', async () => {
    const before = await metadata(still)
    const { KeyVersion } = await cloud.ok('CreateKeyVersion', { KeyId: still })
    expect(KeyVersion).toMatchObject({ KeyId: before.KeyId, CreationDate: wire(testStart) })
    expect(await metadata(still)).toMatchObject({
      PrimaryKeyVersion: KeyVersion.KeyVersionId,
      LastRotationDate: wire(testStart),
      AutomaticRotation: 'Disabled',
    })
    expect(await versions(still)).toHaveLength(2)
    await cloud.cloud.lab.advanceClock(7 * dayMs - 1)
    expect((await cloud.call('CreateKeyVersion', { KeyId: still })).body).toMatchObject({
      Code: 'Rejected.LimitExceeded',
      Detail: { Reason: 'VersionGap' },
    })
    await cloud.cloud.lab.advanceClock(1)
    await cloud.ok('CreateKeyVersion', { KeyId: still })
    expect(await versions(still)).toHaveLength(3)
  })

  test('a new key waits seven days too, and so does one that just rotated', async () => {
    const DKMSInstanceId = instanceNamed(cloud.cloud, instances.software.name).instanceId
    const { KeyId } = (await cloud.ok('CreateKey', { DKMSInstanceId })).KeyMetadata
    expect(await cloud.code('CreateKeyVersion', { KeyId })).toBe('Rejected.LimitExceeded')
    const { rotation } = keyNamed(cloud.cloud, rotating)
    await cloud.cloud.lab.advanceClock(rotation!.nextAt! - cloud.cloud.now())
    expect(await cloud.code('CreateKeyVersion', { KeyId: rotating })).toBe('Rejected.LimitExceeded')
  })

  test('puts off the next automatic rotation', async () => {
    await days(8)
    await cloud.ok('CreateKeyVersion', { KeyId: rotating })
    expect(await metadata(rotating)).toMatchObject({ NextRotationDate: wire(testStart + 38 * dayMs) })
  })

  test('50 are all, and automatic rotation ends with them', async () => {
    await cloud.ok('UpdateRotationPolicy', {
      KeyId: keyNamed(cloud.cloud, still).keyId,
      EnableAutomaticRotation: true,
      RotationInterval: '30d',
    })
    await days(30 * 48)
    expect(await versions(still)).toHaveLength(limits.versionsPerKey)
    expect(await metadata(still)).toMatchObject({ AutomaticRotation: 'Suspended', RotationInterval: '2592000s' })
    expect(await metadata(still)).not.toHaveProperty('NextRotationDate')
    await days(365)
    expect(await versions(still)).toHaveLength(limits.versionsPerKey)
    expect((await cloud.call('CreateKeyVersion', { KeyId: still })).body).toMatchObject({
      Code: 'Rejected.LimitExceeded',
      Detail: { Reason: 'VersionCount' },
    })
    const { KeyId } = await metadata(still)
    await cloud.ok('DisableKey', { KeyId })
    await cloud.ok('EnableKey', { KeyId })
    await cloud.ok('UpdateRotationPolicy', { KeyId, EnableAutomaticRotation: true, RotationInterval: '7d' })
    await days(365)
    expect(await versions(still)).toHaveLength(limits.versionsPerKey)
  })

  test('on the default key, with an identifier of its form', async () => {
    const KeyId = defaultKey()
    const { KeyVersion } = await cloud.ok('CreateKeyVersion', { KeyId })
    expect(KeyVersion.KeyVersionId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(KeyVersion.KeyVersionId).not.toBe(KeyId)
  })

  test('of a hardware key only outside the HSM', async () => {
    const [inside, outside] = [await onHardware('HsmInternal'), await onHardware('HsmEncryptedDatabase')]
    await days(7)
    expect(await cloud.code('CreateKeyVersion', { KeyId: inside })).toBe('Rejected.UnsupportedOperation')
    expect(
      await cloud.code('UpdateRotationPolicy', {
        KeyId: inside,
        EnableAutomaticRotation: true,
        RotationInterval: '30d',
      }),
    ).toBe('Rejected.UnsupportedOperation')
    await cloud.ok('CreateKeyVersion', { KeyId: outside })
    expect(await versions(inside)).toHaveLength(1)
    expect(await versions(outside)).toHaveLength(2)
  })

  test('needs the instance', async () => {
    const world = await buildWorld({ name: 'default', seed: 1 }, { now: testStart, runtime: testRuntime() })
    const disconnected = (row: InstanceRow): InstanceRow =>
      row.name === instances.software.name ? { ...row, status: 'Disconnected' } : row
    cloud = await testCloud({
      world: { ...world, cloud: { ...world.cloud, instances: world.cloud.instances.map(disconnected) } },
    })
    expect(await cloud.code('CreateKeyVersion', { KeyId: still })).toBe('Rejected.Unavailable')
    expect(await versions(still)).toHaveLength(1)
  })
})

describe('the rotation policy', () => {
  const update = (KeyId: string, RotationInterval?: string) =>
    cloud.call('UpdateRotationPolicy', {
      KeyId,
      EnableAutomaticRotation: RotationInterval !== undefined,
      RotationInterval,
    })

  test('counts from the last version, and rotates at once where that is long ago', async () => {
    const { keyId, createdAt } = keyNamed(cloud.cloud, still)
    await update(keyId, '100d')
    expect(await metadata(still)).toMatchObject({
      AutomaticRotation: 'Enabled',
      RotationInterval: '8640000s',
      NextRotationDate: wire(createdAt + 100 * dayMs),
    })
    expect(await versions(still)).toHaveLength(1)
    await update(keyId, '7d')
    expect(await metadata(still)).toMatchObject({
      LastRotationDate: wire(testStart),
      NextRotationDate: wire(testStart + 7 * dayMs),
    })
    expect(await versions(still)).toHaveLength(2)
  })

  test('off: nothing rotates, and the versions stay', async () => {
    const { keyId } = keyNamed(cloud.cloud, rotating)
    const before = await versions(rotating)
    await update(keyId)
    const after = await metadata(rotating)
    expect(after).toMatchObject({ AutomaticRotation: 'Disabled' })
    for (const absent of ['RotationInterval', 'NextRotationDate']) expect(after).not.toHaveProperty(absent)
    await days(365)
    expect(await versions(rotating)).toEqual(before)
  })

  test.each([
    ['without an interval', undefined, 'MissingParameter'],
    ['too often', '6d', 'InvalidParameter'],
    ['too seldom', '31536001s', 'InvalidParameter'],
    ['of no form', 'often', 'InvalidParameter'],
  ])('on, %s', async (_, RotationInterval, code) => {
    const KeyId = keyNamed(cloud.cloud, still).keyId
    const input = { KeyId, EnableAutomaticRotation: true, RotationInterval }
    expect((await cloud.call('UpdateRotationPolicy', input)).body).toMatchObject({
      Code: code,
      Detail: { Parameter: 'RotationInterval' },
    })
  })

  test('of the default key is a year', async () => {
    const KeyId = defaultKey()
    expect((await update(KeyId, '364d')).body.Detail?.Parameter).toBe('RotationInterval')
    await update(KeyId, '365d')
    expect(await metadata(KeyId)).toMatchObject({ AutomaticRotation: 'Enabled', RotationInterval: '31536000s' })
  })

  test('needs the key Enabled', async () => {
    const { keyId: KeyId } = keyNamed(cloud.cloud, 'alias/apps/logs')
    expect((await update(KeyId, '30d')).body.Code).toBe('Rejected.Disabled')
    expect(await cloud.code('CreateKeyVersion', { KeyId })).toBe('Rejected.Disabled')
  })
})

describe('automatic rotation', () => {
  test('comes when its time comes, and stamps the version with that time', async () => {
    const { rotation, keyId } = keyNamed(cloud.cloud, rotating)
    const count = (await versions(rotating)).length
    const { nextAt, intervalMs } = { ...rotation!, nextAt: rotation!.nextAt! }
    await cloud.cloud.lab.advanceClock(nextAt - cloud.cloud.now() - 1)
    expect(await versions(rotating)).toHaveLength(count)
    await cloud.cloud.lab.advanceClock(1 + 2 * intervalMs + 5000)
    const dates = (await versions(keyId)).slice(0, 3).map(({ CreationDate }) => CreationDate)
    expect(dates).toEqual([2, 1, 0].map((times) => wire(nextAt + times * intervalMs)))
    expect(await metadata(keyId)).toMatchObject({
      LastRotationDate: wire(nextAt + 2 * intervalMs),
      NextRotationDate: wire(nextAt + 3 * intervalMs),
    })
  })

  test.each([
    ['disabled', 'DisableKey', 'EnableKey', {}],
    ['waiting for its deletion', 'ScheduleKeyDeletion', 'CancelKeyDeletion', { PendingWindowInDays: 366 }],
  ] as const)(
    'of a key that is %s is Suspended, and what was missed comes once afterwards',
    async (_, stop, go, more) => {
      const { keyId: KeyId } = keyNamed(cloud.cloud, rotating)
      const count = (await versions(KeyId)).length
      await cloud.ok(stop, { KeyId, ...more } as Input<typeof stop>)
      await days(200)
      expect(await metadata(KeyId)).toMatchObject({ AutomaticRotation: 'Suspended', RotationInterval: '2592000s' })
      expect(await versions(KeyId)).toHaveLength(count)
      await cloud.ok(go, { KeyId })
      const enabledAt = cloud.cloud.now()
      expect(await metadata(KeyId)).toMatchObject({
        AutomaticRotation: 'Enabled',
        LastRotationDate: wire(enabledAt),
        NextRotationDate: wire(enabledAt + 30 * dayMs),
      })
      expect(await versions(KeyId)).toHaveLength(count + 1)
    },
  )

  test('of a key that was disabled for a while only is not put off', async () => {
    const { keyId: KeyId, rotation } = keyNamed(cloud.cloud, rotating)
    await cloud.ok('DisableKey', { KeyId })
    await cloud.ok('EnableKey', { KeyId })
    expect(await metadata(KeyId)).toMatchObject({ NextRotationDate: wire(rotation!.nextAt!) })
  })
})

test('what the default scenario tells of its rotating keys fits together', () => {
  const keys = storedRows(cloud.cloud, 'keys').filter(({ rotation }) => rotation !== null)
  expect(keys.filter(({ state }) => state === 'Enabled').length).toBeGreaterThanOrEqual(3)
  expect(keys.some(({ state }) => state === 'Disabled')).toBe(true)
  const versionsOf = (key: KeyRow): readonly KeyVersionRow[] =>
    storedRows(cloud.cloud, 'keyVersions').filter(({ keyId }) => keyId === key.keyId)
  for (const key of keys) {
    const newest = versionsOf(key).toSorted((a, b) => b.createdAt - a.createdAt)[0]
    expect(key).toMatchObject({ primaryVersionId: newest?.versionId, rotatedAt: newest?.createdAt })
    expect(key.rotation?.nextAt).toBe(key.rotatedAt! + key.rotation!.intervalMs)
    if (key.state === 'Enabled') expect(key.rotation?.nextAt).toBeGreaterThan(testStart)
  }
  expect(Math.max(...keys.map((key) => versionsOf(key).length))).toBeGreaterThan(10)
})
