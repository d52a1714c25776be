import { describe, expect, test } from 'vitest'
import type { Input } from '#src/api/contract/actions.ts'
import { newProxyCredential } from '#src/api/contract/key-manager.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { externalKeys, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { fitting } from '#mocks/testing/fitting.ts'
import { instanceNamed, storedRows } from '#mocks/testing/rows.ts'
import { certificateAt } from '#mocks/xki/sites.ts'
import { stepMs } from './attempt.ts'
import { endpointServiceHost, endpointServicesIn } from './vpcs.ts'

const { name, region } = instances.recovery
const options = { region }
const zoneIds = ['cn-shanghai-b', 'cn-shanghai-g']
const serviceNamed = (label: string): string =>
  endpointServicesIn(region).find((service) => service.name.endsWith(label))!.name
const wholeAttemptMs = 7 * stepMs

async function manager(cloud: TestCloud['cloud'], method: string, path: string, body?: object): Promise<unknown> {
  const response = await cloud.fetch(
    new Request(`https://console.test/api/key-manager/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  )
  expect(response.ok).toBe(true)
  return response.json()
}

/** A cloud with an instance that was never connected, and a credential that the proxy takes. */
async function prepared(uriPathPrefix = '/recovery') {
  const at = await testCloud()
  const { cloud, ok, call } = at
  const KmsInstanceId = instanceNamed(cloud, name).instanceId
  const credentialFor = async (dialect: 'xks-v1' | 'xki' = 'xks-v1') => {
    const made = await manager(cloud, 'POST', 'proxy/credentials', { uriPathPrefix, dialect })
    const { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret } = fitting(newProxyCredential, made)
    return { AccessKeyId, AccessKeySecret }
  }
  const { Vpcs } = await ok('DescribeConnectionChoices', {}, options)
  const [vpc] = Vpcs.Vpc
  const input: Input<'ConnectExternalInstance'> = {
    KmsInstanceId,
    InstanceName: 'hyok-new',
    VpcId: vpc!.VpcId,
    ZoneIds: zoneIds.join(','),
    VSwitchIds: vpc!.VSwitches.VSwitch[0]!.VSwitchId,
    Connectivity: 'Public',
    Endpoint: 'xki.example.com',
    UriPathPrefix: uriPathPrefix,
    CertificateFingerprint: certificateAt('xki.example.com')!.fingerprint,
    Dialect: 'xks-v1',
    ...(await credentialFor()),
  }
  const describeConnection = () => ok('DescribeConnection', { KmsInstanceId }, options)
  return {
    ...at,
    KmsInstanceId,
    input,
    credentialFor,
    describe: describeConnection,
    connect: (changes: Partial<Input<'ConnectExternalInstance'>> = {}) =>
      call('ConnectExternalInstance', { ...input, ...changes }, options),
    /** Until the attempt is over. */
    wait: async () => {
      await cloud.lab.advanceClock(wholeAttemptMs)
      return describeConnection()
    },
    /** Encrypts and decrypts with a new key on the instance. */
    use: async () => {
      const { KeyMetadata } = await ok(
        'CreateKey',
        { DKMSInstanceId: KmsInstanceId, ExternalKeyId: externalKeys.ready[0] },
        options,
      )
      const Plaintext = encodeBase64(utf8('through the new way'))
      const { CiphertextBlob } = await ok('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext }, options)
      expect((await ok('Decrypt', { CiphertextBlob }, options)).Plaintext).toBe(Plaintext)
      return KeyMetadata.KeyId
    },
  }
}

describe('an instance that was never connected', () => {
  test('has no connection, and choices to make', async () => {
    const { ok, describe: ask } = await prepared()
    expect(await ask()).toMatchObject({ Status: 'Uninitialized', Connection: null, Attempt: null, Simulated: true })
    const choices = await ok('DescribeConnectionChoices', {}, options)
    expect(choices.Zones.Zone).toHaveLength(3)
    expect(choices.EndpointServices.EndpointService.map(({ ServiceName }) => ServiceName)).not.toContain(
      serviceNamed('hyok-private'),
    )
  })

  test('is connected over the Internet step by step, and its keys work then', async () => {
    const { connect, describe: ask, wait, use, input, cloud, ok } = await prepared()
    expect((await connect()).status).toBe(200)
    const { Attempt, Status, Connection } = await ask()
    expect([Status, Connection, Attempt?.Outcome]).toEqual(['Connecting', null, 'Running'])
    expect(Attempt?.Steps.map(({ Step, Status: at }) => `${Step} ${at}`)).toEqual([
      'resolve Running',
      'reach Waiting',
      'certificate Waiting',
      'path Waiting',
      'credential Waiting',
      'health Waiting',
    ])
    await cloud.lab.advanceClock(2 * stepMs)
    expect((await ask()).Attempt?.Steps.map(({ Status: at }) => at).slice(0, 4)).toEqual([
      'Passed',
      'Passed',
      'Running',
      'Waiting',
    ])

    const connected = await wait()
    expect(connected).toMatchObject({
      Status: 'Connected',
      Connection: {
        Connectivity: 'Public',
        Endpoint: 'xki.example.com',
        EndpointService: '',
        UriPathPrefix: '/recovery',
        CertificateFingerprint: input.CertificateFingerprint,
        Certificate: { Subject: 'CN=xki.example.com' },
        AccessKeyId: input.AccessKeyId,
        Previous: null,
      },
      Attempt: { Outcome: 'Connected' },
    })
    expect(connected.Attempt?.Steps.every(({ Status: at, Cause }) => at === 'Passed' && Cause === '')).toBe(true)
    const { KmsInstance } = await ok('GetKmsInstance', { KmsInstanceId: input.KmsInstanceId }, options)
    expect(KmsInstance).toMatchObject({ InstanceName: 'hyok-new', VpcId: input.VpcId, ZoneIds: zoneIds })
    await use()
  })

  test('is connected through an endpoint service, in the dialect xki', async () => {
    const { connect, wait, use, credentialFor } = await prepared()
    const way = {
      Connectivity: 'VpcEndpointService',
      EndpointService: serviceNamed('hyok-proxy'),
      CertificateFingerprint: certificateAt(endpointServiceHost)!.fingerprint,
      Dialect: 'xki',
      ...(await credentialFor('xki')),
    } as const
    expect((await connect(way)).status).toBe(200)
    const { Status, Connection, Attempt } = await wait()
    expect([Status, Connection?.Endpoint, Connection?.EndpointService]).toEqual([
      'Connected',
      endpointServiceHost,
      way.EndpointService,
    ])
    expect(Attempt?.Steps.map(({ Step }) => Step)).toContain('zones')
    await use()
  })

  test('takes no second attempt while one is under way', async () => {
    const { connect } = await prepared()
    await connect()
    expect((await connect()).body.Code).toBe('Forbidden.DKMSInstanceStateInvalid')
  })
})

/** What each step can find, and after which others. `found` is told to the person. */
const failures: readonly (readonly [
  cause: string,
  step: string,
  changes: (at: Awaited<ReturnType<typeof prepared>>) => Partial<Input<'ConnectExternalInstance'>>,
  found?: string,
])[] = [
  ['nameNotResolved', 'resolve', () => ({ Endpoint: 'nowhere.example.com' }), 'nowhere.example.com'],
  [
    'endpointServiceNotFound',
    'resolve',
    () => ({ Connectivity: 'VpcEndpointService', EndpointService: 'com.aliyuncs.privatelink.other' }),
  ],
  [
    'accountNotAllowed',
    'resolve',
    () => ({ Connectivity: 'VpcEndpointService', EndpointService: serviceNamed('hyok-private') }),
    serviceNamed('hyok-private'),
  ],
  [
    'zoneMismatch',
    'zones',
    () => ({ Connectivity: 'VpcEndpointService', EndpointService: serviceNamed('hyok-one-zone') }),
    'cn-shanghai-l',
  ],
  [
    'connectionNotAccepted',
    'reach',
    () => ({ Connectivity: 'VpcEndpointService', EndpointService: serviceNamed('hyok-by-hand') }),
  ],
  ['unreachable', 'reach', () => ({ Endpoint: 'offline.example.com' })],
  [
    'wrongFingerprint',
    'certificate',
    () => ({ CertificateFingerprint: `sha256-${'0'.repeat(64)}` }),
    certificateAt('xki.example.com')!.fingerprint,
  ],
  [
    'certificateExpired',
    'certificate',
    () => ({
      Endpoint: 'expired.example.com',
      CertificateFingerprint: certificateAt('expired.example.com')!.fingerprint,
    }),
    '2025-07-01',
  ],
  ['wrongPath', 'path', () => ({ UriPathPrefix: '/elsewhere' })],
  ['wrongCredential', 'credential', () => ({ AccessKeySecret: 'a'.repeat(44) })],
  [
    'tooSlow',
    'health',
    () => ({ Endpoint: 'slow.example.com', CertificateFingerprint: certificateAt('slow.example.com')!.fingerprint }),
  ],
]

describe('each failure is told apart, and can be corrected', () => {
  for (const [cause, step, changes, found = ''] of failures)
    test(`${cause} at ${step}`, async () => {
      const at = await prepared()
      expect((await at.connect(changes(at))).status).toBe(200)
      const { Status, Connection, Attempt } = await at.wait()
      expect([Status, Connection]).toEqual(['Uninitialized', null])
      expect(Attempt?.Outcome).toBe('Failed')
      expect(Attempt?.Steps.filter(({ Status: status }) => status === 'Failed')).toEqual([
        { Step: step, Status: 'Failed', Cause: cause, Found: found },
      ])
      const index = Attempt!.Steps.findIndex(({ Step }) => Step === step)
      expect(Attempt!.Steps.map(({ Status: status }) => status)).toEqual(
        Attempt!.Steps.map((_, position) => (position < index ? 'Passed' : position === index ? 'Failed' : 'Waiting')),
      )
      await at.connect()
      expect((await at.wait()).Status).toBe('Connected')
    })

  test.each([
    ['unreachable', 'unreachable', 'reach'],
    ['error', 'unhealthy', 'health'],
    ['rubbish', 'unreadable', 'health'],
    ['refuseCredential', 'wrongCredential', 'credential'],
    ['timeout', 'tooSlow', 'health'],
  ] as const)('a proxy with the fault %s: %s at %s', async (kind, cause, step) => {
    const at = await prepared()
    await at.cloud.lab.setFaults([{ id: 'f', hop: 'proxy', kind }])
    await at.connect()
    expect((await at.wait()).Attempt?.Steps.find(({ Status }) => Status === 'Failed')).toMatchObject({
      Step: step,
      Cause: cause,
    })
  })

  test('a wrong certificate is sent nothing', async () => {
    const at = await prepared()
    await at.connect({ CertificateFingerprint: `sha256-${'0'.repeat(64)}` })
    expect(await manager(at.cloud, 'GET', 'requests')).toEqual({ requests: [] })
  })
})

describe('input', () => {
  test.each([
    [{ InstanceName: 'a b' }, 'InvalidParameter', 'InstanceName'],
    [{ VpcId: 'vpc-other' }, 'InvalidParameter', 'VpcId'],
    [{ ZoneIds: 'cn-shanghai-b' }, 'InvalidParameter', 'ZoneIds'],
    [{ ZoneIds: 'cn-hangzhou-j,cn-shanghai-b' }, 'InvalidParameter', 'ZoneIds'],
    [{ VSwitchIds: 'vsw-other' }, 'InvalidParameter', 'VSwitchIds'],
    [{ Endpoint: undefined }, 'MissingParameter', 'Endpoint'],
    [{ Endpoint: '10.0.0.1' }, 'InvalidParameter', 'Endpoint'],
    [{ Endpoint: 'https://xki.example.com/' }, 'InvalidParameter', 'Endpoint'],
    [{ Connectivity: 'VpcEndpointService' }, 'MissingParameter', 'EndpointService'],
    [{ UriPathPrefix: 'recovery' }, 'InvalidParameter', 'UriPathPrefix'],
    [{ CertificateFingerprint: 'sm3-00' }, 'InvalidParameter', 'CertificateFingerprint'],
    [{ AccessKeyId: 'short' }, 'InvalidParameter', 'AccessKeyId'],
    [{ AccessKeySecret: 'short' }, 'InvalidParameter', 'AccessKeySecret'],
  ] as const)('%o is refused by name, and changes nothing', async (changes, code, parameter) => {
    const at = await prepared()
    const { body } = await at.connect(changes as Partial<Input<'ConnectExternalInstance'>>)
    expect([body.Code, body.Detail?.Parameter]).toEqual([code, parameter])
    expect((await at.describe()).Status).toBe('Uninitialized')
  })

  test('a fingerprint as openssl prints it is understood', async () => {
    const at = await prepared()
    const digits = at.input.CertificateFingerprint.slice('sha256-'.length).toUpperCase()
    await at.connect({ CertificateFingerprint: `sha256 Fingerprint=${digits.match(/../g)!.join(':')}` })
    expect((await at.wait()).Status).toBe('Connected')
  })

  test('a vSwitch without a free address is refused', async () => {
    const at = await prepared()
    const { Vpcs } = await at.ok('DescribeConnectionChoices', {}, options)
    const full = Vpcs.Vpc[0]!.VSwitches.VSwitch.find((one) => one.AvailableIpAddressCount === 0)!
    expect((await at.connect({ VSwitchIds: full.VSwitchId })).body.Detail?.Parameter).toBe('VSwitchIds')
  })
})

describe('a connected instance', () => {
  async function connected() {
    const at = await prepared()
    await at.connect()
    await at.wait()
    return at
  }

  test('changes its credential; the one before serves while the proxy refuses the new one, and not longer', async () => {
    const { KmsInstanceId, credentialFor, ok, code, cloud, describe: ask, use, input } = await connected()
    const next = await credentialFor()
    await ok('ChangeProxyCredential', { KmsInstanceId, ...next, PreviousValidHours: 2 }, options)
    const { Connection } = await ask()
    expect([Connection?.AccessKeyId, Connection?.Previous?.AccessKeyId]).toEqual([next.AccessKeyId, input.AccessKeyId])
    const KeyId = await use()
    await manager(cloud, 'DELETE', `proxy/credentials/${next.AccessKeyId}`)
    const encrypt = () => code('Encrypt', { KeyId, Plaintext: 'aGVsbG8=' }, options)
    expect(await encrypt()).toBeNull()
    await cloud.lab.advanceClock(2 * 60 * 60_000)
    expect(await encrypt()).toBe('Rejected.Unavailable')
  })

  test('keeps its credential where the proxy refuses the new one', async () => {
    const { KmsInstanceId, call, describe: ask, input } = await connected()
    const wrong = { AccessKeyId: 'A'.repeat(26), AccessKeySecret: 'a'.repeat(44) }
    const { body } = await call('ChangeProxyCredential', { KmsInstanceId, ...wrong }, options)
    expect([body.Code, body.Detail]).toEqual([
      'Rejected.Unavailable',
      { Hop: 'proxy', Cause: 'proxyRefusedCredential' },
    ])
    expect((await ask()).Connection?.AccessKeyId).toBe(input.AccessKeyId)
  })

  test('is disconnected, answers nothing then, and connects again with what it had', async () => {
    const { KmsInstanceId, ok, code, describe: ask, use, wait } = await connected()
    const KeyId = await use()
    const encrypt = () => code('Encrypt', { KeyId, Plaintext: 'aGVsbG8=' }, options)
    await ok('DisconnectExternalInstance', { KmsInstanceId }, options)
    expect((await ask()).Status).toBe('Disconnected')
    expect(await encrypt()).toBe('Rejected.Unavailable')
    expect(await code('DisconnectExternalInstance', { KmsInstanceId }, options)).toBe(
      'Forbidden.DKMSInstanceStateInvalid',
    )
    await ok('ReconnectExternalInstance', { KmsInstanceId }, options)
    expect((await wait()).Status).toBe('Connected')
    expect(await encrypt()).toBeNull()
  })

  test('no secret is in a row, a trace or an answer', async () => {
    const { cloud, input, describe: ask } = await connected()
    for (const text of [JSON.stringify(cloud.dump()), JSON.stringify(await ask())])
      expect(text).not.toContain(input.AccessKeySecret)
    const row = storedRows(cloud, 'instances').find(({ instanceId }) => instanceId === input.KmsInstanceId)
    expect(row?.proxy?.signingKey.extractable).toBe(false)
  })
})

test('only the owner of an external instance sees and changes its connection', async () => {
  const { cloud, code } = await testCloud()
  const { instanceId: KmsInstanceId } = instanceNamed(cloud, instances.settlement.name)
  expect(await code('DescribeConnection', { KmsInstanceId })).toBe('Forbidden.NoPermission')
  expect(await code('DisconnectExternalInstance', { KmsInstanceId })).toBe('Forbidden.NoPermission')
  const { instanceId: software } = instanceNamed(cloud, instances.software.name)
  expect(await code('DescribeConnection', { KmsInstanceId: software })).toBe('UnsupportedOperation')
})
