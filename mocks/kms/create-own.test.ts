/** CreateKey where KMS holds the material: software and hardware instances, and the default key. */
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '#src/api/contract/actions.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { keySpecs, keyUsages, origins, protectionLevels, storageMechanisms } from '#src/api/contract/keys.ts'
import { defaultPolicy } from '#src/api/contract/policy.ts'
import { accounts, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, storedRows } from '#mocks/testing/rows.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'
import { buildWorld } from '#mocks/scenarios/scenarios.ts'
import { uuidOf } from './ids.ts'

const dayMs = 86_400_000

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const on = (name: string): string => instanceNamed(cloud.cloud, name).instanceId
const { main } = accounts
/** Has no default key in the default scenario. */
const region = 'cn-shanghai'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

test('on a software instance: with its first version, and rotation where it was asked for', async () => {
  const { KeyMetadata } = await cloud.ok('CreateKey', {
    DKMSInstanceId: on(instances.software.name),
    EnableAutomaticRotation: true,
    RotationInterval: '30d',
    Description: '会话',
    Tags: [{ TagKey: 'env', TagValue: 'prod' }],
    ProtectionLevel: 'HSM',
  })
  expect(KeyMetadata).toEqual({
    KeyId: expect.stringMatching(/^key-hzz69a54380[0-9a-z]{10}$/) as string,
    Arn: `acs:kms:cn-hangzhou:${main.accountId}:key/${KeyMetadata.KeyId}`,
    KeySpec: 'Aliyun_AES_256',
    KeyUsage: 'ENCRYPT/DECRYPT',
    KeyState: 'Enabled',
    Creator: main.accountId,
    CreationDate: '2026-03-02T08:00:00Z',
    Description: '会话',
    Origin: 'Aliyun_KMS',
    ProtectionLevel: 'SOFTWARE',
    DKMSInstanceId: on(instances.software.name),
    PrimaryKeyVersion: expect.stringMatching(new RegExp(`^${KeyMetadata.KeyId}-[0-9a-z]{10}$`)) as string,
    LastRotationDate: '2026-03-02T08:00:00Z',
    AutomaticRotation: 'Enabled',
    RotationInterval: '2592000s',
    NextRotationDate: '2026-04-01T08:00:00Z',
    MaterialExpireTime: '',
  })
  expect((await cloud.ok('DescribeKey', { KeyId: KeyMetadata.KeyId })).KeyMetadata).toMatchObject(KeyMetadata)
  const { Policy } = await cloud.ok('GetKeyPolicy', { KeyId: KeyMetadata.KeyId })
  expect(JSON.parse(Policy)).toEqual(defaultPolicy([main.accountId]))
})

test.each([
  [{}, 'HsmInternal', 256],
  [{ KeySpec: 'Aliyun_AES_128' }, 'HsmInternal', 128],
  [{ KeyStorageMechanism: 'HsmEncryptedDatabase' }, 'HsmEncryptedDatabase', 256],
] as const)('on a hardware instance with %j', async (input, storage, bits) => {
  const { KeyMetadata } = await cloud.ok('CreateKey', { DKMSInstanceId: on(instances.hardware.name), ...input })
  expect(KeyMetadata).toMatchObject({
    ProtectionLevel: 'HSM',
    KeyStorageMechanism: storage,
    AutomaticRotation: 'Disabled',
  })
  expect(KeyMetadata).not.toHaveProperty('RotationInterval')
  const { KeyId, PrimaryKeyVersion } = KeyMetadata
  await cloud.ok('Encrypt', { KeyId, Plaintext: 'eA==' })
  const version = storedRows(cloud.cloud, 'keyVersions').find(({ versionId }) => versionId === PrimaryKeyVersion)!
  expect(version.material?.algorithm).toEqual({ name: 'AES-GCM', length: bits })
})

describe('the default key', () => {
  test('is one for each account and region, free of any instance and without a key policy', async () => {
    const made = await cloud.ok('CreateKey', { Description: '默认' }, { region })
    const { KeyMetadata } = made
    expect(KeyMetadata).toMatchObject({ Description: '默认', ProtectionLevel: 'SOFTWARE', KeyState: 'Enabled' })
    expect(KeyMetadata.KeyId).toMatch(uuid)
    expect(KeyMetadata.PrimaryKeyVersion).toMatch(uuid)
    expect(KeyMetadata).not.toHaveProperty('DKMSInstanceId')
    expect(await cloud.code('GetKeyPolicy', { KeyId: KeyMetadata.KeyId }, { region })).toBe(
      'Forbidden.KeyPolicyUnSupported',
    )
    const again = await cloud.call('CreateKey', {}, { region })
    expect(again.body).toMatchObject({ Code: 'Rejected.LimitExceeded', Detail: { Reason: 'DefaultKey' } })
    await cloud.ok('CreateKey', {}, { region, as: 'partnerAccount' })
    await cloud.ok('CreateKey', {}, { region: 'ap-southeast-1' })
  })

  test('can be made anew when it is gone, and not before', async () => {
    const { KeyId } = (await cloud.ok('CreateKey', {}, { region })).KeyMetadata
    await cloud.ok('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }, { region })
    expect(await cloud.code('CreateKey', {}, { region })).toBe('Rejected.LimitExceeded')
    await cloud.cloud.lab.advanceClock(7 * dayMs)
    expect((await cloud.ok('CreateKey', {}, { region })).KeyMetadata.KeyId).not.toBe(KeyId)
  })

  test('takes no policy', async () => {
    const Policy = JSON.stringify(defaultPolicy([main.accountId]))
    expect(await cloud.code('CreateKey', { Policy }, { region })).toBe('Forbidden.KeyPolicyUnSupported')
  })

  test('rotates once a year or not at all', async () => {
    const asked = { EnableAutomaticRotation: true, RotationInterval: '365d' }
    const { KeyMetadata } = await cloud.ok('CreateKey', asked, { region })
    expect(KeyMetadata).toMatchObject({ AutomaticRotation: 'Enabled', RotationInterval: '31536000s' })
  })
})

test('identifiers of the older form', () => {
  expect(uuidOf('0123456789abcdefghijklmnopqrstuv')).toBe('01234567-89ab-cdef-0123-456789abcdef')
})

/** What CreateKey refuses where KMS holds the material, told once more and differently: the first refusal in this order. */
function expected(place: Place, input: Input<'CreateKey'>): readonly [ErrorCode | null, string?] {
  const hardware = place === 'hardware'
  const rotates = input.EnableAutomaticRotation === true
  const days = Number.parseInt(input.RotationInterval ?? '', 10)
  const refusals: readonly (readonly [boolean, ErrorCode, string])[] = [
    [input.ExternalKeyId !== undefined, 'UnsupportedOperation', 'ExternalKeyId'],
    [!hardware && input.KeyStorageMechanism !== undefined, 'UnsupportedOperation', 'KeyStorageMechanism'],
    [input.Origin === 'EXTERNAL', 'UnsupportedOperation', 'Origin'],
    [place === 'default' && input.ProtectionLevel === 'HSM', 'UnsupportedOperation', 'ProtectionLevel'],
    [
      !['Aliyun_AES_256', ...(hardware ? ['Aliyun_AES_128'] : [])].includes(input.KeySpec ?? 'Aliyun_AES_256'),
      'UnsupportedOperation',
      'KeySpec',
    ],
    [input.KeyUsage === 'SIGN/VERIFY', 'InvalidParameter', 'KeyUsage'],
    [
      rotates && hardware && input.KeyStorageMechanism !== 'HsmEncryptedDatabase',
      'UnsupportedOperation',
      'EnableAutomaticRotation',
    ],
    [rotates && input.RotationInterval === undefined, 'MissingParameter', 'RotationInterval'],
    [rotates && place === 'default' && days !== 365, 'InvalidParameter', 'RotationInterval'],
  ]
  const [, code, parameter] = refusals.find(([applies]) => applies) ?? [false, null]
  return parameter === undefined ? [code] : [code, parameter]
}

type Place = 'software' | 'hardware' | 'default'

test('any input is taken or refused as the rules say', async () => {
  const rarely = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 2 })
  const seldom = <T>(one: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one })
  const input = fc.record({
    KeySpec: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(undefined, 'Aliyun_AES_256' as const, 'Aliyun_AES_128' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...keySpecs) },
    ),
    KeyUsage: seldom(fc.constantFrom(...keyUsages)),
    Origin: seldom(fc.constantFrom(...origins)),
    ProtectionLevel: rarely(fc.constantFrom(...protectionLevels)),
    EnableAutomaticRotation: rarely(fc.boolean()),
    RotationInterval: rarely(fc.constantFrom('7d', '30d', '364d', '365d')),
    KeyStorageMechanism: rarely(fc.constantFrom(...storageMechanisms)),
    ExternalKeyId: seldom(fc.constant('ready-2026-01')),
  })
  const places: fc.Arbitrary<Place> = fc.constantFrom('software', 'hardware', 'default')
  const outcomes = new Set<string>()
  await fc.assert(
    fc.asyncProperty(places, input, async (place, asked) => {
      const where = place === 'default' ? {} : { DKMSInstanceId: on(instances[place].name) }
      const here = { region: place === 'default' ? region : 'cn-hangzhou' }
      const { status, body } = await cloud.call('CreateKey', { ...asked, ...where }, here)
      const [code, parameter] = expected(place, asked)
      expect([body.Code ?? null, body.Detail?.Parameter]).toEqual([code, parameter])
      outcomes.add(`${place} ${parameter ?? 'made'}`)
      if (status !== 200 || place !== 'default') return
      // Room for the next one.
      await cloud.ok('ScheduleKeyDeletion', { KeyId: body.KeyMetadata!.KeyId, PendingWindowInDays: 7 }, here)
      await cloud.cloud.lab.advanceClock(7 * dayMs)
    }),
    { numRuns: 150 },
  )
  expect(outcomes.size).toBeGreaterThan(15)
}, 30_000)

test.each(['6d', '366d', '604799s', 'x', '7w', ''])('an interval of %j is none', async (RotationInterval) => {
  const { body } = await cloud.call('CreateKey', {
    DKMSInstanceId: on(instances.software.name),
    EnableAutomaticRotation: true,
    RotationInterval,
  })
  expect(body.Detail?.Parameter).toBe('RotationInterval')
})

test('the key quota counts versions', async () => {
  const world = await buildWorld({ name: 'default', seed: 1 }, { now: testStart, runtime: testRuntime() })
  const { instanceId } = world.cloud.instances.find(({ name }) => name === instances.software.name)!
  const keys = world.cloud.keys.filter((key) => key.instanceId === instanceId)
  const used = world.cloud.keyVersions.filter(({ keyId }) => keys.some((key) => key.keyId === keyId)).length
  expect(used).toBeGreaterThan(keys.length)
  const instanceRows = world.cloud.instances.map((row) =>
    row.instanceId === instanceId ? { ...row, keyQuota: used + 1 } : row,
  )
  cloud = await testCloud({ world: { ...world, cloud: { ...world.cloud, instances: instanceRows } } })
  const input = { DKMSInstanceId: instanceId }
  const quota = async () =>
    (await cloud.ok('GetKmsInstanceQuotaInfos', { KmsInstanceId: instanceId, ResourceType: 'key' }))
      .KmsInstanceQuotaInfos[0]
  expect(await quota()).toMatchObject({ UsedQuantity: used, ResourceQuota: used + 1 })
  await cloud.ok('CreateKey', input)
  expect(await quota()).toMatchObject({ UsedQuantity: used + 1 })
  expect((await cloud.call('CreateKey', input)).body).toMatchObject({
    Code: 'Rejected.LimitExceeded',
    Detail: { Reason: 'KeyQuota' },
  })
  expect((await cloud.call('CreateKeyVersion', { KeyId: 'alias/apps/feature-flags' })).body).toMatchObject({
    Code: 'Rejected.LimitExceeded',
    Detail: { Reason: 'KeyQuota' },
  })
})
