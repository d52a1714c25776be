/** Scheduling a key's deletion, cancelling it, and what has gone when its time has come. KMS API 2016-01-20, ScheduleKeyDeletion. */
import { beforeEach, describe, expect, test } from 'vitest'
import { limits } from '#src/api/contract/rules.ts'
import { accounts, aliases, instances } from '#mocks/scenarios/names.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import { instanceNamed, keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { keyIds, smallWorld } from '#mocks/testing/small-world.ts'

const day = 86_400_000
const Plaintext = 'aGVsbG8='

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const idOf = (alias: string): string => keyNamed(cloud.cloud, alias).keyId
const metadataOf = async (KeyId: string) => (await cloud.ok('DescribeKey', { KeyId })).KeyMetadata
const schedule = (KeyId: string, PendingWindowInDays: number) =>
  cloud.code('ScheduleKeyDeletion', { KeyId, PendingWindowInDays })
const rowOf = (keyId: string): KeyRow | undefined => storedRows(cloud.cloud, 'keys').find((row) => row.keyId === keyId)

describe('ScheduleKeyDeletion', () => {
  test.each([7, 30, 366])('in %i days, counted from now', async (days) => {
    const KeyId = idOf(aliases.crossAccount)
    await cloud.cloud.lab.advanceClock(12_345)
    expect(await schedule(KeyId, days)).toBeNull()
    expect(await metadataOf(KeyId)).toMatchObject({
      KeyState: 'PendingDeletion',
      DeleteDate: new Date(cloud.cloud.now() + days * day).toISOString().replace(/\.\d+Z/, 'Z'),
    })
    expect(rowOf(KeyId)?.deletionScheduledAt).toBe(cloud.cloud.now())
  })

  test.each([6, 367])('not in %i', async (days) => {
    const refusal = await refusalOf(cloud, () =>
      cloud.call('ScheduleKeyDeletion', { KeyId: idOf(aliases.crossAccount), PendingWindowInDays: days }),
    )
    expect(refusal).toEqual({ code: 'InvalidParameter', parameter: 'PendingWindowInDays' })
  })

  test('not while deletion protection is on; disabling is allowed then', async () => {
    const KeyId = idOf(aliases.working)
    const call = () => cloud.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 30 })
    const { status, body } = await call()
    expect({ status, ...body }).toMatchObject({
      status: 409,
      Code: 'Rejected.StateModifiedFailed',
      Message: 'Keystate modified failed. Deletion protection is enabled.',
      Detail: { Reason: 'DeletionProtection' },
    })
    expect(await metadataOf(KeyId)).toMatchObject({ KeyState: 'Enabled' })
    await cloud.ok('DisableKey', { KeyId })
    expect((await call()).body.Code).toBe('Rejected.StateModifiedFailed')
    await cloud.ok('SetDeletionProtection', { KeyId, EnableDeletionProtection: false })
    expect((await call()).status).toBe(200)
  })

  test('of a disabled key', async () => {
    expect(await schedule(idOf(aliases.disabled), 7)).toBeNull()
  })

  test('not twice: the date stays', async () => {
    const KeyId = idOf(aliases.pendingDeletion)
    const { DeleteDate } = await metadataOf(KeyId)
    expect(await schedule(KeyId, 366)).toBe('Rejected.StateModifiedFailed')
    expect((await metadataOf(KeyId)).DeleteDate).toBe(DeleteDate)
  })

  test("not of a cloud service's key, nor by an alias or an ARN", async () => {
    expect(await schedule(idOf('alias/acs/oss'), 30)).toBe('UnsupportedOperation')
    expect(await schedule(aliases.disabled, 30)).toBe('Unsupported.Alias')
    expect(await schedule((await metadataOf(aliases.disabled)).Arn, 30)).toBe('InvalidParameter')
  })
})

describe('CancelKeyDeletion', () => {
  test.each([
    ['it was Enabled', aliases.crossAccount],
    ['it was Disabled', aliases.disabled],
  ])('brings the key back to Enabled where %s', async (_, alias) => {
    const KeyId = idOf(alias)
    await schedule(KeyId, 7)
    expect(await cloud.code('Encrypt', { KeyId, Plaintext })).toBe('Rejected.PendingDeletion')
    await cloud.ok('CancelKeyDeletion', { KeyId })
    const metadata = await metadataOf(KeyId)
    expect(metadata.KeyState).toBe('Enabled')
    expect(metadata).not.toHaveProperty('DeleteDate')
    expect(rowOf(KeyId)).toMatchObject({ deleteAt: null, deletionScheduledAt: null })
    expect(await cloud.code('Encrypt', { KeyId, Plaintext })).toBeNull()
  })

  test('of a key that is not in deletion is refused', async () => {
    for (const alias of [aliases.working, aliases.disabled])
      expect(await cloud.code('CancelKeyDeletion', { KeyId: idOf(alias) })).toBe('Rejected.StateModifiedFailed')
  })

  test('until the last millisecond', async () => {
    const KeyId = idOf(aliases.crossAccount)
    await schedule(KeyId, 7)
    await cloud.cloud.lab.advanceClock(7 * day - 1)
    expect(await cloud.code('CancelKeyDeletion', { KeyId })).toBeNull()
    await cloud.cloud.lab.advanceClock(400 * day)
    expect((await metadataOf(KeyId)).KeyState).toBe('Enabled')
    await schedule(KeyId, 7)
    await cloud.cloud.lab.advanceClock(7 * day)
    expect(await cloud.code('CancelKeyDeletion', { KeyId })).toBe('Forbidden.KeyNotFound')
  })
})

describe('when its time has come', () => {
  const [alias, sibling] = aliases.sameExternalKey
  const total = async () => (await cloud.ok('ListKeys', { PageSize: 1 })).TotalCount

  /** Schedules it, and lets the days pass. */
  async function lose(KeyId: string): Promise<void> {
    await cloud.ok('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await cloud.cloud.lab.advanceClock(7 * day)
  }

  test('the key has gone with its aliases and tags, and nothing else has', async () => {
    const [KeyId, siblingId] = [idOf(alias), idOf(sibling)]
    const RegionId = instances.payments.region
    // Those of the default scenario that are scheduled already go first.
    await cloud.cloud.lab.advanceClock(30 * day)
    const before = await total()
    const others = storedRows(cloud.cloud, 'keys').filter(({ keyId }) => keyId !== KeyId)
    await lose(KeyId)
    expect(await total()).toBe(before - 1)
    expect(storedRows(cloud.cloud, 'keys')).toEqual(others)
    expect(await cloud.code('DescribeKey', { KeyId })).toBe('Forbidden.KeyNotFound')
    expect(await cloud.code('DescribeKey', { KeyId: alias })).toBe('Forbidden.AliasNotFound')
    expect(await cloud.code('ListAliasesByKeyId', { KeyId })).toBe('Forbidden.KeyNotFound')
    expect(await cloud.code('ListResourceTags', { KeyId })).toBe('Forbidden.KeyNotFound')
    const asked = { RegionId, ResourceType: 'key', ResourceId: [KeyId] } as const
    expect(await cloud.code('ListTagResources', asked)).toBe('InvalidResourceId.NotFound')
    expect((await metadataOf(sibling)).KeyId).toBe(siblingId)
  })

  test.each([
    ['an external key', alias, []],
    ['a key whose material KMS holds', 'alias/apps/config', ['keyVersions']],
  ])('nothing that was kept about %s stays', async (_, name, more) => {
    const KeyId = idOf(name)
    await cloud.ok('Encrypt', { KeyId, Plaintext })
    await cloud.ok('DetectKeyAssociations', { KeyId })
    await cloud.ok('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    expect(await cloud.code('Encrypt', { KeyId, Plaintext })).toBe('Rejected.PendingDeletion')
    await cloud.ok('DescribeKeyAssociations', { KeyId })
    const tablesAbout = () =>
      Object.entries(cloud.cloud.dump().cloud)
        .filter(([, rows]) => rows.some((row) => (row as { keyId?: string }).keyId === KeyId))
        .map(([table]) => table)
    expect(tablesAbout()).toEqual(
      expect.arrayContaining(['keys', 'aliases', 'detections', 'keyUses', 'useAttempts', ...more]),
    )
    await cloud.cloud.lab.advanceClock(7 * day)
    // What other services hold encrypted stays as it is: it cannot be read any more.
    expect(tablesAbout().filter((table) => table !== 'resources')).toEqual([])
  })

  test('its names are free again', async () => {
    const KeyId = idOf(alias)
    await lose(KeyId)
    expect(await cloud.code('CreateAlias', { KeyId: idOf(sibling), AliasName: alias })).toBeNull()
    expect((await metadataOf(alias)).KeyId).toBe(idOf(sibling))
  })

  test('the external key is still there, and other KMS keys on it work', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: sibling, Plaintext })
    const { vault } = cloud.cloud.dump()
    await lose(idOf(alias))
    expect(cloud.cloud.dump().vault).toEqual(vault)
    expect((await cloud.ok('Decrypt', { CiphertextBlob })).Plaintext).toBe(Plaintext)
  })

  test('its ciphertexts can no longer be opened, not even with another KMS key on the same external key', async () => {
    const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: alias, Plaintext })
    const { externalKeyId, instanceId } = keyNamed(cloud.cloud, alias)
    await lose(idOf(alias))
    expect(await cloud.code('Decrypt', { CiphertextBlob })).toBe('Forbidden.KeyNotFound')
    const again = await cloud.ok('CreateKey', { DKMSInstanceId: instanceId!, ExternalKeyId: externalKeyId! })
    expect(again.KeyMetadata.KeyState).toBe('Enabled')
    expect(await cloud.code('Decrypt', { CiphertextBlob })).toBe('Forbidden.KeyNotFound')
  })

  test('its place in the key quota is free at once, that of an account only it named five minutes later', async () => {
    const { instanceId: KmsInstanceId } = instanceNamed(cloud.cloud, instances.payments.name)
    const used = async () => {
      const { KmsInstanceQuotaInfos } = await cloud.ok('GetKmsInstanceQuotaInfos', { KmsInstanceId })
      const of = (type: string) => KmsInstanceQuotaInfos.find(({ ResourceType }) => ResourceType === type)?.UsedQuantity
      return { keys: of('key')!, access: of('vpc')! }
    }
    await cloud.cloud.lab.advanceClock(30 * day)
    const before = await used()
    await lose(idOf(aliases.crossAccount))
    expect(await used()).toEqual({ keys: before.keys - 1, access: before.access })
    await cloud.cloud.lab.advanceClock(limits.quotaReturnMs)
    expect(await used()).toEqual({ keys: before.keys - 1, access: before.access - 1 })
  })

  test('it needs no request: whoever watches is told', async () => {
    const KeyId = idOf(alias)
    await cloud.ok('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    const gone: string[] = []
    cloud.cloud.onChange(({ table, ids }) => {
      if (table === 'keys') gone.push(...(ids ?? []))
    })
    await cloud.cloud.lab.advanceClock(7 * day)
    expect(gone).toContain(KeyId)
  })

  test('the host’s clock brings it too', async () => {
    const KeyId = idOf(alias)
    await cloud.ok('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    cloud.runtime.advance(7 * day)
    expect(await cloud.code('DescribeKey', { KeyId })).toBe('Forbidden.KeyNotFound')
  })

  test("another account's alias goes with the key", async () => {
    // The owner of a shared instance may name the receiver's key.
    const receivers = keyNamed(cloud.cloud, 'alias/clearing/batches')
    expect(receivers.accountId).toBe(accounts.partner.accountId)
    await cloud.ok('CreateAlias', { KeyId: receivers.keyId, AliasName: 'alias/theirs' })
    await cloud.ok('ScheduleKeyDeletion', { KeyId: receivers.keyId, PendingWindowInDays: 7 }, { as: 'partnerAccount' })
    await cloud.cloud.lab.advanceClock(7 * day)
    expect(await cloud.code('DescribeKey', { KeyId: 'alias/theirs' })).toBe('Forbidden.AliasNotFound')
  })
})

test('a key without its imported material is scheduled like any other', async () => {
  const world = await smallWorld()
  const keys = world.cloud.keys.map((row) =>
    row.keyId === keyIds.disabled ? { ...row, state: 'PendingImport' as const } : row,
  )
  cloud = await testCloud({ world: { ...world, cloud: { ...world.cloud, keys } } })
  expect(await schedule(keyIds.disabled, 7)).toBeNull()
  expect((await metadataOf(keyIds.disabled)).KeyState).toBe('PendingDeletion')
})
