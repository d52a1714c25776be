import { beforeEach, describe, expect, test } from 'vitest'
import { aliases, externalKeys, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, storedRows } from '#mocks/testing/rows.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const on = (name: string): string => instanceNamed(cloud.cloud, name).instanceId
const ask = (ExternalKeyId: readonly string[] | undefined, as = 'account', name: string = instances.payments.name) =>
  cloud.ok('DescribeExternalKeys', { KmsInstanceId: on(name), ExternalKeyId }, { as })
const asked = (): number =>
  cloud.cloud.dump().trace.find(({ operation }) => operation === 'DescribeExternalKeys')!.children.length

test('says of each key what the manager says', async () => {
  const ids = [
    'orders-db-01',
    externalKeys.ready[0],
    externalKeys.disabled,
    externalKeys.encryptOnly,
    externalKeys.unknown,
    'orders-db-01',
  ]
  const { ProxyStatus, LatencyMs, ExternalKeys } = await ask(ids)
  expect(ProxyStatus).toBe('Available')
  expect(LatencyMs).toBeGreaterThan(0)
  expect(ExternalKeys.ExternalKey.map(({ ExternalKeyId, Status, Usable }) => [ExternalKeyId, Status, Usable])).toEqual([
    ['orders-db-01', 'ENABLED', true],
    [externalKeys.ready[0], 'ENABLED', true],
    [externalKeys.disabled, 'DISABLED', false],
    [externalKeys.encryptOnly, 'ENABLED', false],
    [externalKeys.unknown, 'NOT_FOUND', false],
  ])
})

test('names the KMS keys on it that the caller may see', async () => {
  const keysOf = async (as: string) => (await ask(['orders-db-01'], as)).ExternalKeys.ExternalKey[0]!.KmsKeys
  const [one, other] = aliases.sameExternalKey
  const names = (await keysOf('account')).map(({ AliasNames }) => AliasNames)
  expect(names.flat()).toEqual(expect.arrayContaining([one, other, 'alias/orders/db-primary']))
  expect(await keysOf('auditor')).toHaveLength(2)

  const KmsInstanceId = on(instances.group.name)
  const seenBy = async (as: string) =>
    (
      await cloud.ok(
        'DescribeExternalKeys',
        { KmsInstanceId, ExternalKeyId: ['grp-treasury-01', 'grp-clearing-01'] },
        { as },
      )
    ).ExternalKeys.ExternalKey.map(({ KmsKeys }) => KmsKeys.length)
  expect(await seenBy('account')).toEqual([1, 1])
  expect(await seenBy('partnerAccount')).toEqual([0, 1])
})

test('asks nothing but whether the proxy is there, where no key is named', async () => {
  expect(await ask(undefined)).toMatchObject({ ProxyStatus: 'Available', ExternalKeys: { ExternalKey: [] } })
  expect(asked()).toBe(1)
})

test('asks about each of fifty keys once', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `key-${index}`)
  expect((await ask(ids)).ExternalKeys.ExternalKey).toHaveLength(50)
  expect(asked()).toBe(50)
  const { body } = await cloud.call('DescribeExternalKeys', {
    KmsInstanceId: on(instances.payments.name),
    ExternalKeyId: [...ids, 'one-more'],
  })
  expect(body.Code).toBe('InvalidParameter')
})

describe('a proxy that does not answer', () => {
  test.each([
    ['unreachable', 'Unreachable'],
    ['timeout', 'Timeout'],
    ['refuseCredential', 'CredentialRefused'],
    ['error', 'Error'],
  ] as const)('%s: is asked once and nothing is known', async (kind, status) => {
    await cloud.cloud.lab.setFaults([{ id: 'fault', hop: 'proxy', kind }])
    const { ProxyStatus, LatencyMs, ExternalKeys } = await ask(['orders-db-01', externalKeys.ready[0]])
    expect([ProxyStatus, LatencyMs]).toEqual([status, null])
    expect(ExternalKeys.ExternalKey).toMatchObject([
      { Status: 'UNKNOWN', Spec: null, Usable: false, KmsKeys: [{}, {}] },
      { Status: 'UNKNOWN' },
    ])
    expect(asked()).toBe(1)
  })

  test('on an instance that is not connected it is not asked', async () => {
    const { ProxyStatus, ExternalKeys } = await ask(['arch-invoices-01'], 'account', instances.archive.name)
    expect(ProxyStatus).toBe('NotConnected')
    expect(ExternalKeys.ExternalKey).toMatchObject([{ Status: 'UNKNOWN' }])
    expect(asked()).toBe(0)
  })
})

test('remembers the measured latency, and does not write for a waver', async () => {
  const latency = () => instanceNamed(cloud.cloud, instances.payments.name).proxy!.latencyMs
  expect(latency()).toBeNull()
  const { LatencyMs } = await ask(undefined)
  expect(latency()).toBe(LatencyMs)

  const before = storedRows(cloud.cloud, 'instances')
  for (let times = 0; times < 20; times++) await ask(undefined)
  expect(storedRows(cloud.cloud, 'instances')).toEqual(before)

  await cloud.cloud.lab.setFaults([{ id: 'slow', hop: 'proxy', kind: 'latency', ms: 150 }])
  expect((await ask(undefined)).LatencyMs).toBe(latency())
  expect(latency()).toBeGreaterThan(150)
})

test('refusals', async () => {
  const call = (name: string, ids?: readonly string[]) =>
    cloud.code('DescribeExternalKeys', { KmsInstanceId: on(name), ExternalKeyId: ids })
  expect(await call(instances.software.name)).toBe('UnsupportedOperation')
  expect(await call(instances.payments.name, ['../admin'])).toBe('InvalidParameter')
  expect(
    await cloud.code('DescribeExternalKeys', { KmsInstanceId: on(instances.payments.name) }, { as: 'cryptoApp' }),
  ).toBe('Forbidden.NoPermission')
})
