/** The dialect xki: that it is what the list of assumptions says. Nothing published can be tested against. */
import { describe, expect, test } from 'vitest'
import { managerRequestList } from '#src/api/contract/key-manager.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { externalKeys, instances } from '#mocks/scenarios/names.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { fitting } from '#mocks/testing/fitting.ts'
import { instanceNamed } from '#mocks/testing/rows.ts'
import { testStart } from '#mocks/testing/runtime.ts'
import { signedXki, xkiBase, xkiDialectWorld, xkiInstance, type XkiSigning } from '#mocks/testing/xki-dialect.ts'
import { failureOf } from '#mocks/testing/xki-questions.ts'
import { caller, credential, prefix, signed, silentSpan, type WorldOptions } from '#mocks/testing/xki-world.ts'
import { fromWire, toWire } from './xki.ts'

const metadata = {
  PrincipalArn: 'acs:ram::1:user/alice',
  KmsKeyArn: 'acs:kms:cn-hangzhou:1:key/key-1',
  KmsOperation: 'kms:Encrypt',
  KmsRequestId: 'req-1',
}
const encryptBody = { RequestMetadata: metadata, Plaintext: encodeBase64(utf8('Hello')), Algorithm: 'AES_GCM' }

const world = await xkiDialectWorld()

async function post(path: string, body: unknown, options: XkiSigning = {}, proxy = world.proxy) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await proxy.fetch(await signedXki(`${xkiBase}/${path}`, text, options))
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}
const refusal = async (...asked: Parameters<typeof post>): Promise<string> => {
  const { status, body } = await post(...asked)
  expect(Object.keys(body)).toEqual(['RequestId', 'Code', 'Message'])
  expect(body['Message']).toMatch(/^[\x20-\x7e]{1,511}$/)
  return `${status} ${String(body['Code'])}`
}

test('a request round-trips in words with a capital, and the answer names the request and the server', async () => {
  const { status, headers, body } = await post('keys/foo/encrypt', encryptBody)
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual([
    'RequestId',
    'Ciphertext',
    'InitializationVector',
    'AuthenticationTag',
    'CiphertextMetadata',
  ])
  expect(headers.get('x-xki-kms-request-id')).toBe('req-1')
  expect(headers.get('x-xki-specification')).toBe('1.0.0')
  expect(headers.get('x-xki-server')).toMatch(/^[^/]+\/[^/]+$/)
  const opened = await post('keys/foo/decrypt', { ...encryptBody, ...body, Plaintext: undefined })
  expect(opened.body).toEqual({ RequestId: 'req-1', Plaintext: encryptBody.Plaintext })
})

test('metadata and health', async () => {
  expect((await post('keys/off/meta', { RequestMetadata: metadata })).body).toEqual({
    RequestId: 'req-1',
    KeySpec: 'AES_256',
    KeyUsage: ['ENCRYPT', 'DECRYPT'],
    KeyStatus: 'DISABLED',
  })
  expect((await post('health', { RequestMetadata: metadata })).body).toMatchObject({
    XkiSpecification: '1.0.0',
    XkiStatus: 'ACTIVE',
    XkiMessage: 'OK',
  })
  const slow = await xkiDialectWorld({ faults: [{ hop: 'keyManager', kind: 'latency', ms: 150 }] })
  const { body } = await post('health', { RequestMetadata: metadata }, {}, slow.proxy)
  expect(body['XkiStatus']).toBe('DEGRADED')
})

describe('refusals', () => {
  test.each([
    ['keys/nobody/encrypt', encryptBody, '404 KeyNotFound'],
    ['keys/off/encrypt', encryptBody, '403 KeyDisabledForbidden'],
    ['keys/decrypt-only/encrypt', encryptBody, '403 KeyUsageForbidden'],
    ['keys/foo/metadata', encryptBody, '404 XkiNotFound'],
    ['keys/foo/sign', encryptBody, '404 XkiNotFound'],
    ['health/', encryptBody, '404 XkiNotFound'],
    ['keys/f%20o/meta', encryptBody, '404 XkiNotFound'],
    ['keys/foo/encrypt', '{', '400 InvalidRequest'],
    ['keys/foo/encrypt', {}, '400 RequestMetadataRequired'],
    ['keys/foo/encrypt', { ...encryptBody, RequestMetadata: 1 }, '400 RequestMetadataRequired'],
    ['keys/foo/encrypt', { ...encryptBody, RequestMetadata: {} }, '400 InvalidRequestMetadata'],
    [
      'keys/foo/encrypt',
      { ...encryptBody, RequestMetadata: { ...metadata, KmsRequestId: '' } },
      '400 InvalidRequestMetadata',
    ],
    ['keys/foo/encrypt', { ...encryptBody, Plaintext: undefined }, '400 PlaintextRequired'],
    ['keys/foo/encrypt', { ...encryptBody, Plaintext: '-_-_' }, '400 InvalidPlaintext'],
    ['keys/foo/encrypt', { ...encryptBody, Algorithm: 'SM4_GCM' }, '400 InvalidAlgorithm'],
    // XKS's own words are none of this dialect.
    ['keys/foo/encrypt', { ...encryptBody, Plaintext: undefined, plaintext: 'AAAA' }, '400 PlaintextRequired'],
    ['keys/foo/encrypt', { ...encryptBody, Plaintext: encodeBase64(new Uint8Array(7000)) }, '400 InvalidOperation'],
    [
      'keys/foo/decrypt',
      {
        ...encryptBody,
        Ciphertext: '',
        InitializationVector: encodeBase64(new Uint8Array(12)),
        AuthenticationTag: encodeBase64(new Uint8Array(16)),
      },
      '400 InvalidCiphertextBlob',
    ],
  ])('%s with %j', async (path, body, expected) => {
    expect(await refusal(path, body)).toBe(expected)
  })

  test.each<[NonNullable<WorldOptions['faults']>[number]['kind'], string]>([
    ['unreachable', '503 ServiceUnavaiable'],
    ['timeout', '504 Timeout'],
    ['throttle', '429 TooManyRequests'],
  ])('a manager with the fault %s', async (kind, expected) => {
    const own = await xkiDialectWorld({ faults: [{ hop: 'keyManager', kind }] })
    expect(await refusal('keys/foo/encrypt', encryptBody, {}, own.proxy)).toBe(expected)
  })

  test('another verb', async () => {
    const response = await world.proxy.fetch(new Request(`https://xki.example.com${xkiBase}/keys/foo/meta`))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })
})

describe('signatures', () => {
  const at = (options: XkiSigning): Promise<string> => refusal('keys/foo/encrypt', encryptBody, options)

  test('15 minutes either way', async () => {
    for (const seconds of [-899, 0, 899])
      expect((await post('keys/foo/encrypt', encryptBody, { time: testStart + seconds * 1000 })).status).toBe(200)
    for (const seconds of [-901, 901]) expect(await at({ time: testStart + seconds * 1000 })).toBe('400 InvalidAcsDate')
  })

  test('who, what for and over what', async () => {
    const unauthorized = '401 Unauthorized'
    expect(await at({ with: { ...credential, accessKeyId: 'XKICREDENTIALNUMBERONE' } })).toBe(unauthorized)
    expect(await at({ with: credential })).toBe(unauthorized)
    expect(await at({ product: 'ecs' })).toBe(unauthorized)
    expect(await at({ headers: { 'x-acs-content-sha256': '0'.repeat(64) } })).toBe(unauthorized)
    expect(await at({ headers: { 'x-acs-signature-nonce': undefined } })).toBe(unauthorized)
    for (const name of ['host', 'content-type', 'x-acs-version', 'x-acs-date'])
      expect(await at({ unsigned: [name] })).toBe(unauthorized)
  })

  test('a credential speaks its own dialect only', async () => {
    const path = `${prefix}/kms/xki/v1/keys/foo/encrypt`
    const elsewhere = await world.proxy.fetch(await signedXki(path, JSON.stringify(encryptBody)))
    expect(elsewhere.status).toBe(404)
    const otherWay = await signed('/hyok/xki/kms/xks/v1/keys/foo/encrypt', '{}', { time: testStart })
    expect((await world.proxy.fetch(otherWay)).status).toBe(404)
  })
})

describe('through KMS', () => {
  const input = { plaintext: utf8('Hello'), additionalData: utf8('context') }

  test('a plaintext returns', async () => {
    const { client, log } = await xkiDialectWorld()
    const { latencyMs: _, ...sealed } = await client.encrypt(xkiInstance, 'foo', input, caller, silentSpan)
    const opened = await client.decrypt(
      xkiInstance,
      'foo',
      { ...sealed, additionalData: input.additionalData },
      caller,
      silentSpan,
    )
    expect(opened.plaintext).toEqual(input.plaintext)
    expect((await client.metadata(xkiInstance, 'nobody', caller, silentSpan)).key).toBeNull()
    expect(log.list()).toMatchObject([
      { dialect: 'xki', operation: 'metadata', keyId: 'nobody', status: 404, error: 'KeyNotFound' },
      { dialect: 'xki', operation: 'decrypt', keyId: 'foo', status: 200, error: null, kmsKeyArn: caller.keyArn },
      { dialect: 'xki', operation: 'encrypt', keyId: 'foo', status: 200, error: null, kmsRequestId: 'request-1' },
    ])
  })

  test.each<[string, WorldOptions, string]>([
    ['off', {}, 'keyManager externalKeyDisabled'],
    ['decrypt-only', {}, 'keyManager externalKeyUsage'],
    ['nobody', {}, 'keyManager externalKeyNotFound'],
    ['foo', { faults: [{ hop: 'proxy', kind: 'smallLimits' }] }, 'proxy proxyTooLarge'],
    ['foo', { faults: [{ hop: 'proxy', kind: 'refuseCredential' }] }, 'proxy proxyRefusedCredential'],
    ['foo', { faults: [{ hop: 'proxy', kind: 'wrongTag' }] }, 'proxy proxyIntegrity'],
    ['foo', { faults: [{ hop: 'proxy', kind: 'wrongIv' }] }, 'proxy proxyWrongLength'],
    ['foo', { faults: [{ hop: 'keyManager', kind: 'unreachable' }] }, 'proxy proxyError'],
    ['foo', { faults: [{ hop: 'keyManager', kind: 'timeout' }] }, 'keyManager keyManagerTimeout'],
  ])('the key %s with %j', async (keyId, options, failure) => {
    const { client } = await xkiDialectWorld(options)
    const large = { ...input, plaintext: new Uint8Array(5000) }
    expect(await failureOf(client.encrypt(xkiInstance, keyId, large, caller, silentSpan))).toBe(failure)
  })

  test('a ciphertext that does not open', async () => {
    const { client } = await xkiDialectWorld()
    const { latencyMs: _, ...sealed } = await client.encrypt(xkiInstance, 'foo', input, caller, silentSpan)
    const moved = { ...sealed, additionalData: utf8('another') }
    expect(await failureOf(client.decrypt(xkiInstance, 'foo', moved, caller, silentSpan))).toBe(
      'keyManager invalidCiphertext',
    )
  })
})

test('names are translated both ways, objects within too, and others are dropped', () => {
  const common = {
    requestMetadata: { awsPrincipalArn: 'p', kmsKeyArn: 'k', awsSourceVpc: 'v' },
    encryptionAlgorithm: 'AES_GCM',
    keyUsage: ['ENCRYPT'],
  }
  const wire = {
    RequestMetadata: { PrincipalArn: 'p', KmsKeyArn: 'k', SourceVpc: 'v' },
    Algorithm: 'AES_GCM',
    KeyUsage: ['ENCRYPT'],
  }
  expect(toWire(common)).toEqual(wire)
  expect(fromWire({ ...wire, externalKeyId: 'x', ['__proto__']: 1 })).toEqual(common)
})

test('an instance of the default scenario speaks it, and a key on it works', async () => {
  const { ok, cloud } = await testCloud()
  const { instanceId, region } = instanceNamed(cloud, instances.group.name)
  const ExternalKeyId = externalKeys.ready[0]
  const { KeyMetadata } = await ok('CreateKey', { DKMSInstanceId: instanceId, ExternalKeyId }, { region })
  const { KeyId } = KeyMetadata
  const Plaintext = encodeBase64(utf8('Hello'))
  const { CiphertextBlob } = await ok('Encrypt', { KeyId, Plaintext }, { region })
  expect((await ok('Decrypt', { CiphertextBlob }, { region })).Plaintext).toBe(Plaintext)
  const log = await cloud.fetch(new Request('https://console.test/api/key-manager/requests'))
  const { requests } = fitting(managerRequestList, await log.json())
  expect(requests.map(({ dialect, operation }) => `${dialect} ${operation}`)).toEqual([
    'xki decrypt',
    'xki encrypt',
    'xki metadata',
  ])
})
