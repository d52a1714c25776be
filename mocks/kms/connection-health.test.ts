import { describe, expect, test, vi } from 'vitest'
import type { Fault } from '#src/api/contract/backend.ts'
import { healthBuckets } from '#src/api/contract/connections.ts'
import { managerRequestList } from '#src/api/contract/key-manager.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { instances } from '#mocks/scenarios/names.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { fitting } from '#mocks/testing/fitting.ts'
import { instanceNamed, storedRows } from '#mocks/testing/rows.ts'
import { percentile } from './connection-health.ts'
import { checkIntervalMs } from './health.ts'

const { region } = instances.payments
const unreachable: Fault = { id: 'down', hop: 'proxy', kind: 'unreachable' }

async function prepared() {
  const at = await testCloud()
  const { cloud, ok, call } = at
  const { instanceId: KmsInstanceId } = instanceNamed(cloud, instances.payments.name)
  const key = storedRows(cloud, 'keys').find(
    ({ instanceId, state, usage }) =>
      instanceId === KmsInstanceId && state === 'Enabled' && usage === 'ENCRYPT/DECRYPT',
  )!
  return {
    ...at,
    KmsInstanceId,
    status: () => instanceNamed(cloud, instances.payments.name).status,
    minutes: (count: number) => cloud.lab.advanceClock(count * checkIntervalMs),
    setFaults: cloud.lab.setFaults,
    encrypt: () => call('Encrypt', { KeyId: key.keyId, Plaintext: encodeBase64(utf8('plain')) }, { region }),
    health: (Minutes?: number) =>
      ok('DescribeConnectionHealth', Minutes === undefined ? { KmsInstanceId } : { KmsInstanceId, Minutes }, {
        region,
      }),
  }
}

describe('by itself', () => {
  test('an instance is Disconnected after three failing checks, and Connected again after one that passes', async () => {
    const { status, minutes, setFaults, encrypt, health } = await prepared()
    await setFaults([unreachable])
    await minutes(1)
    await minutes(1)
    expect(status()).toBe('Connected')
    await minutes(1)
    expect(status()).toBe('Disconnected')
    expect((await encrypt()).body.Code).toBe('Rejected.Unavailable')
    expect(await health()).toMatchObject({
      States: [
        { Status: 'Connected', Hop: '', Cause: '' },
        { Status: 'Disconnected', Hop: 'proxy', Cause: 'proxyUnreachable' },
      ],
      LastCheck: { Hop: 'proxy', Cause: 'proxyUnreachable', LatencyMs: null },
      Total: { Requests: 1, Failures: { kms: 1, proxy: 0, keyManager: 0 } },
      Failures: [{ Action: 'Encrypt', Hop: 'kms', Cause: 'instanceNotConnected' }],
    })
    await setFaults([])
    await minutes(1)
    expect(status()).toBe('Connected')
    expect((await encrypt()).status).toBe(200)
    expect((await health()).LastCheck).toMatchObject({ Hop: '', Cause: '' })
  })

  test('the wall clock alone brings the checks', async () => {
    const { status, setFaults, runtime } = await prepared()
    await setFaults([unreachable])
    await vi.waitFor(() => {
      runtime.advance(15_000)
      expect(status()).toBe('Disconnected')
    })
  })

  test('one that was disconnected by hand stays so', async () => {
    const { status, minutes, ok, KmsInstanceId } = await prepared()
    await ok('DisconnectExternalInstance', { KmsInstanceId }, { region })
    await minutes(10)
    expect(status()).toBe('Disconnected')
  })

  test.each([
    ['error', 'proxyError'],
    ['timeout', 'proxyTimeout'],
    ['refuseCredential', 'proxyRefusedCredential'],
    ['throttle', 'proxyThrottled'],
    ['rubbish', 'proxyUnreadable'],
    ['truncated', 'proxyTruncated'],
    ['wrongContentType', 'proxyContentType'],
  ] as const)('a proxy with the fault %s is disconnected for %s', async (kind, cause) => {
    const { minutes, setFaults, health } = await prepared()
    await setFaults([{ id: kind, hop: 'proxy', kind }])
    await minutes(4)
    expect((await health()).States.at(-1)).toMatchObject({ Status: 'Disconnected', Hop: 'proxy', Cause: cause })
  })

  test('one whose key manager does not answer is disconnected too', async () => {
    const { minutes, setFaults, health } = await prepared()
    await setFaults([{ id: 'silent', hop: 'keyManager', kind: 'timeout' }])
    await minutes(4)
    expect((await health()).States.at(-1)).toMatchObject({ Status: 'Disconnected', Hop: 'keyManager' })
  })

  test.each<Fault>([
    { ...unreachable, times: 2 },
    { ...unreachable, action: 'Encrypt' },
    { id: 'turns', hop: 'proxy', kind: 'flapping' },
    { id: 'late', hop: 'proxy', kind: 'latency', ms: 100 },
  ])('what is meant for requests disconnects nothing, and is not used up: %o', async (fault) => {
    const { status, minutes, setFaults, cloud, runtime } = await prepared()
    await setFaults([fault])
    await minutes(10)
    expect(status()).toBe('Connected')
    expect(await cloud.lab.faults()).toEqual([fault])
    expect(runtime.pauses).toEqual([])
  })
})

test('checks stand in neither the requests nor the log of the key manager', async () => {
  const { minutes, cloud, ok } = await prepared()
  await minutes(5)
  const { TotalCount } = await ok('ListRequests', {}, { region })
  expect(TotalCount).toBe(0)
  const response = await cloud.fetch(new Request('https://console.test/api/key-manager/requests'))
  expect(fitting(managerRequestList, await response.json()).requests).toEqual([])
})

test('requests are counted in their time, with how long the proxy took', async () => {
  const { minutes, encrypt, health, setFaults } = await prepared()
  await encrypt()
  await minutes(2)
  await encrypt()
  await setFaults([{ ...unreachable, times: 1 }])
  await encrypt()
  const { Buckets, BucketSeconds, Total, Failures, From, To } = await health(60)
  expect(Buckets).toHaveLength(healthBuckets)
  expect(BucketSeconds).toBe(60)
  expect(Date.parse(To) - Date.parse(From)).toBe(60 * 60_000)
  expect(Buckets.slice(-3).map(({ Requests }) => Requests)).toEqual([1, 0, 2])
  expect(Buckets.at(-1)).toMatchObject({ Failures: { kms: 0, proxy: 1, keyManager: 0 } })
  expect(Total).toMatchObject({ Requests: 3, Failures: { proxy: 1 } })
  expect(Total.P50).toBeGreaterThanOrEqual(9)
  expect(Total.P99).toBeLessThanOrEqual(15)
  expect(Failures).toMatchObject([{ Action: 'Encrypt', Hop: 'proxy', Cause: 'proxyUnreachable' }])
  expect((await health(1)).Total.Requests).toBe(2)
})

test('other instances’ requests are not counted', async () => {
  const { ok, cloud, encrypt } = await prepared()
  await encrypt()
  const other = instanceNamed(cloud, instances.group.name)
  const { Total } = await ok('DescribeConnectionHealth', { KmsInstanceId: other.instanceId }, { region: other.region })
  expect(Total).toMatchObject({ Requests: 0, P50: null })
})

test('only of an external instance of one’s own', async () => {
  const { code, cloud } = await prepared()
  const software = instanceNamed(cloud, instances.software.name)
  const received = instanceNamed(cloud, instances.settlement.name)
  const of = ({ instanceId, region: at }: typeof software) =>
    code('DescribeConnectionHealth', { KmsInstanceId: instanceId }, { region: at })
  expect(await of(software)).toBe('UnsupportedOperation')
  expect(await of(received)).toBe('Forbidden.NoPermission')
})

test.each([
  [[], 50, null],
  [[7], 99, 7],
  [[1, 2, 3, 4], 50, 2],
  [[1, 2, 3, 4], 90, 4],
  [Array.from({ length: 100 }, (_, index) => index + 1), 99, 99],
] as const)('percentile of %j at %i', (values, percent, expected) => {
  expect(percentile(values, percent)).toBe(expected)
})
