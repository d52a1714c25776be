import { describe, expect, test } from 'vitest'
import type { Fault } from '#src/api/contract/backend.ts'
import type { FaultKind } from '#src/api/contract/faults.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importSigV4Secret } from '#mocks/crypto/sigv4.ts'
import {
  ask,
  additionalData,
  failsBehind,
  failureOf,
  plaintext,
  questions,
  sealed,
} from '#mocks/testing/xki-questions.ts'
import {
  caller,
  instance,
  instanceWith,
  proxyHost,
  silentSpan,
  xkiWorld,
  type WorldOptions,
} from '#mocks/testing/xki-world.ts'
import { createTrace } from '#mocks/trace/recorder.ts'
import { createXkiClient } from './client.ts'
import type { Host } from './network.ts'

describe('through the built-in proxy', () => {
  test('a plaintext returns, and tells the simulated latency', async () => {
    const { client } = await xkiWorld()
    const { latencyMs, ...result } = await client.encrypt(
      instance,
      'foo',
      { plaintext, additionalData },
      caller,
      silentSpan,
    )
    expect(latencyMs).toBe(12)
    expect(result.ciphertext).not.toEqual(plaintext)
    expect(await client.decrypt(instance, 'foo', { ...result, additionalData }, caller, silentSpan)).toEqual({
      plaintext,
      latencyMs: 12,
    })
  })

  test('metadata of a key, of a disabled one, and of none', async () => {
    const { client } = await xkiWorld()
    const metadata = (keyId: string) => client.metadata(instance, keyId, caller, silentSpan)
    expect(await metadata('foo')).toEqual({
      key: { spec: 'AES_256', usages: ['ENCRYPT', 'DECRYPT'], status: 'ENABLED' },
      latencyMs: 12,
    })
    expect((await metadata('off')).key?.status).toBe('DISABLED')
    expect(await metadata('nobody')).toEqual({ key: null, latencyMs: 12 })
  })

  test('a key ID that cannot stand in a path names no key', async () => {
    const { client } = await xkiWorld()
    for (const keyId of ['.', '..', '', 'a/b', 'a b', '%2e', 'k'.repeat(129)]) {
      expect((await client.metadata(instance, keyId, caller, silentSpan)).key).toBeNull()
      expect(await failureOf(client.encrypt(instance, keyId, { plaintext, additionalData }, caller, silentSpan))).toBe(
        'keyManager externalKeyNotFound',
      )
    }
  })

  test('without a KMS key there is no ARN, and metadata can still be asked', async () => {
    const { client } = await xkiWorld()
    const { keyArn: _, ...creator } = caller
    expect((await client.metadata(instance, 'foo', creator, silentSpan)).key).not.toBeNull()
  })

  test.each([
    ['an unknown key', 'nobody', 'keyManager externalKeyNotFound'],
    ['a disabled key', 'off', 'keyManager externalKeyDisabled'],
    ['a key of another usage', 'decrypt-only', 'keyManager externalKeyUsage'],
    ['a key whose ciphertexts could not be opened', 'encrypt-only', 'keyManager externalKeyUsage'],
  ])('%s', async (_, keyId, failure) => {
    const { client } = await xkiWorld()
    expect(await failureOf(client.encrypt(instance, keyId, { plaintext, additionalData }, caller, silentSpan))).toBe(
      failure,
    )
  })

  test('other bytes, or other additional data, are no ciphertext', async () => {
    const { client } = await xkiWorld()
    expect(await failureOf(ask.decrypt({ client }))).toBe('keyManager invalidCiphertext')
    const result = await client.encrypt(instance, 'foo', { plaintext, additionalData }, caller, silentSpan)
    const moved = { ...result, additionalData: utf8('another context') }
    expect(await failureOf(client.decrypt(instance, 'foo', moved, caller, silentSpan))).toBe(
      'keyManager invalidCiphertext',
    )
  })

  test('a plaintext beyond what the proxy supports', async () => {
    const { client } = await xkiWorld({ limits: { plaintext: 4300, additionalData: 8192 } })
    const encrypt = (length: number) =>
      client.encrypt(instance, 'foo', { plaintext: new Uint8Array(length), additionalData }, caller, silentSpan)
    expect((await encrypt(4300)).ciphertext).toHaveLength(4300)
    expect(await failureOf(encrypt(4301))).toBe('proxy proxyTooLarge')
  })

  test('wrong credential, wrong prefix, wrong host, no proxy', async () => {
    const { client } = await xkiWorld()
    const signingKey = await importSigV4Secret('another secret')
    for (const [row, failure] of [
      [instanceWith({ signingKey }), 'proxy proxyRefusedCredential'],
      [instanceWith({ accessKeyId: 'UNKNOWN' }), 'proxy proxyRefusedCredential'],
      [instanceWith({ uriPathPrefix: '' }), 'proxy proxyWrongPath'],
      [instanceWith({ certificateFingerprint: 'sha256-0' }), 'proxy proxyCertificate'],
      [instanceWith({ endpoint: 'nowhere.example.com' }), 'proxy proxyUnreachable'],
      [instanceWith({ endpoint: 'not a host' }), 'proxy proxyError'],
      [{ ...instance, proxy: null }, 'kms instanceNotConnected'],
    ] as const)
      expect(await failureOf(client.metadata(row, 'foo', caller, silentSpan))).toBe(failure)
  })

  test('a clock that is off by more than five minutes', async () => {
    const world = await xkiWorld()
    const late = createXkiClient({
      network: {
        real: false,
        look: () => expect.unreachable(),
        send: async (request) => ({ response: await world.proxy.fetch(request), latencyMs: 1 }),
      },
      wallNow: () => world.runtime.wallNow() - 301_000,
      now: world.runtime.wallNow,
      nonce: () => '',
    })
    expect(await failureOf(late.metadata(instance, 'foo', caller, silentSpan))).toBe('proxy proxyRefusedCredential')
  })
})

describe('faults on the way', () => {
  const cases: readonly (readonly [Fault['hop'], FaultKind, string])[] = [
    ['proxy', 'unreachable', 'proxy proxyUnreachable'],
    ['proxy', 'timeout', 'proxy proxyTimeout'],
    ['proxy', 'error', 'proxy proxyError'],
    ['proxy', 'refuseCredential', 'proxy proxyRefusedCredential'],
    ['proxy', 'throttle', 'proxy proxyThrottled'],
    ['proxy', 'lostAnswer', 'proxy proxyUnreachable'],
    ['keyManager', 'unreachable', 'proxy proxyError'],
    ['keyManager', 'timeout', 'keyManager keyManagerTimeout'],
    ['keyManager', 'error', 'proxy proxyError'],
    ['keyManager', 'refuseCredential', 'proxy proxyError'],
    ['keyManager', 'throttle', 'proxy proxyThrottled'],
    ['keyManager', 'lostAnswer', 'keyManager keyManagerTimeout'],
  ]
  test.each(cases)('%s: %s', async (hop, kind, failure) => {
    for (const question of questions) expect(await failsBehind(question, { faults: [{ hop, kind }] })).toBe(failure)
  })

  test('an answer within 250 ms counts, one after it does not', async () => {
    const behind = (ms: number): WorldOptions => ({ faults: [{ hop: 'proxy', kind: 'latency', ms }] })
    expect((await ask.metadata(await xkiWorld(behind(238)))).latencyMs).toBe(250)
    expect(await failsBehind('metadata', behind(239))).toBe('proxy proxyTimeout')
  })

  test('the budget can be set', async () => {
    const behind = (answerBudgetMs: number): WorldOptions => ({
      faults: [{ hop: 'proxy', kind: 'latency', ms: 388 }],
      answerBudgetMs,
    })
    expect((await ask.metadata(await xkiWorld(behind(400)))).latencyMs).toBe(400)
    expect(await failsBehind('metadata', behind(399))).toBe('proxy proxyTimeout')
  })

  test('a slow manager slows the proxy down, and the proxy gives up on it first', async () => {
    const behind = (ms: number): WorldOptions => ({ faults: [{ hop: 'keyManager', kind: 'latency', ms }] })
    expect((await ask.metadata(await xkiWorld(behind(200)))).latencyMs).toBe(212)
    expect(await failsBehind('metadata', behind(201))).toBe('keyManager keyManagerTimeout')
  })

  test('a fault of one action leaves the others alone', async () => {
    const world = await xkiWorld({ faults: [{ hop: 'proxy', kind: 'unreachable', action: 'Decrypt' }] })
    expect((await ask.encrypt(world)).latencyMs).toBe(12)
    const decrypting = world.client.decrypt(
      instance,
      'foo',
      { ...sealed, additionalData },
      { ...caller, operation: 'Decrypt' },
      silentSpan,
    )
    expect(await failureOf(decrypting)).toBe('proxy proxyUnreachable')
  })
})

test('one question is one request: nothing is retried', async () => {
  for (const status of [500, 429, 503]) {
    let requests = 0
    const host: Host = async () => {
      requests += 1
      return new Response(null, { status })
    }
    for (const question of questions) await failsBehind(question, { host })
    expect(requests).toBe(questions.length)
  }
})

test('the request is signed over host and date only, and holds no more than the specification says', async () => {
  const requests: Request[] = []
  const world = await xkiWorld({
    host: async (request) => {
      requests.push(request.clone())
      return new Response(null, { status: 500 })
    },
  })
  for (const question of questions) await failureOf(ask[question](world))
  expect(requests.map((request) => [request.method, request.url])).toEqual(
    questions.map((question) => ['POST', `https://${proxyHost}/hyok/a/kms/xks/v1/keys/foo/${question}`]),
  )
  for (const request of requests) {
    expect(request.headers.get('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=PROXYCREDENTIALNUMBER2\/20260302\/cn-hangzhou\/kms-xks-proxy\/aws4_request, SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}$/,
    )
    expect(request.headers.get('content-type')).toBe('application/json')
  }
  expect(await requests[1]!.json()).toEqual({
    requestMetadata: {
      awsPrincipalArn: caller.principalArn,
      kmsKeyArn: caller.keyArn,
      kmsOperation: 'Encrypt',
      kmsRequestId: 'request-1',
    },
    plaintext: encodeBase64(plaintext),
    encryptionAlgorithm: 'AES_GCM',
    additionalAuthenticatedData: encodeBase64(additionalData),
    ciphertextDataIntegrityValueAlgorithm: 'SHA_256',
  })
})

test('the trace tells the hop and its outcome, and nothing of what was encrypted', async () => {
  const trace = createTrace(() => 0)
  const span = trace.start('request-1', 'kms', 'Encrypt')
  const { client } = await xkiWorld()
  const result = await client.encrypt(instance, 'foo', { plaintext, additionalData }, caller, span)
  await failureOf(client.decrypt(instance, 'foo', { ...sealed, additionalData }, caller, span))
  const [request] = trace.spans()
  expect(request?.children).toMatchObject([
    { hop: 'proxy', operation: 'encrypt', status: 200, code: null },
    { hop: 'proxy', operation: 'decrypt', status: 400, code: 'invalidCiphertext' },
  ])
  const told = JSON.stringify(request)
  for (const secret of [plaintext, additionalData, result.ciphertext]) expect(told).not.toContain(encodeBase64(secret))
  expect(told).not.toContain('Hello')
})
