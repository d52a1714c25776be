import { expect, test } from 'vitest'
import {
  maxProxyCredentials,
  managerError,
  managerHealth,
  managerKey,
  managerKeyList,
  managerProxy,
  managerRequestList,
  newProxyCredential,
} from '#src/api/contract/key-manager.ts'
import { importSecret } from '#mocks/crypto/proxy-secret.ts'
import { fitting } from '#mocks/testing/fitting.ts'
import { testStart } from '#mocks/testing/runtime.ts'
import { additionalData, failureOf, plaintext } from '#mocks/testing/xki-questions.ts'
import { caller, instance, instanceWith, silentSpan, xkiWorld } from '#mocks/testing/xki-world.ts'
import { createManager } from './manager.ts'
import { createRequestLog } from './request-log.ts'
import { operatorEndpoints } from './sites.ts'

async function manager() {
  const world = await xkiWorld()
  const serve = createManager({
    ...world,
    endpoints: operatorEndpoints,
    now: world.runtime.wallNow,
    report: (defect) => void world.defects.push(defect),
  })
  const ask = async (method: string, path: string, body?: string | object) => {
    const text = typeof body === 'object' ? JSON.stringify(body) : body
    const response = await serve(
      new Request(`https://console.test/base/api/key-manager/${path}`, {
        method,
        ...(text === undefined ? {} : { body: text }),
      }),
    )
    expect(response.headers.get('content-type')).toBe('application/json')
    return { status: response.status, headers: response.headers, body: (await response.json()) as unknown }
  }
  /** Status and code of a refusal that the contract can read. */
  const refusal = async (...request: Parameters<typeof ask>): Promise<string> => {
    const { status, body } = await ask(...request)
    const { code, message } = fitting(managerError, body).error
    expect(message).not.toBe('')
    return `${status} ${code}`
  }
  return { ...world, ask, refusal }
}

test('makes a key, lists it, disables and enables it', async () => {
  const { ask } = await manager()
  const made = await ask('POST', 'keys', { id: 'mine', name: 'My key' })
  expect(made.status).toBe(201)
  expect(fitting(managerKey, made.body)).toEqual({
    id: 'mine',
    name: 'My key',
    spec: 'AES_256',
    status: 'ENABLED',
    createdAt: new Date(testStart).toISOString(),
    requestsPerMinute: null,
    callers: [],
  })
  const { status, body } = await ask('GET', 'keys')
  expect(status).toBe(200)
  expect(fitting(managerKeyList, body).keys).toContainEqual(made.body)
  for (const [verb, wanted] of [
    ['disable', 'DISABLED'],
    ['disable', 'DISABLED'],
    ['enable', 'ENABLED'],
  ] as const)
    expect(fitting(managerKey, (await ask('POST', `keys/mine/${verb}`)).body).status).toBe(wanted)
})

test('the ID and the name may be left out', async () => {
  const { ask } = await manager()
  const { status, body } = await ask('POST', 'keys', {})
  expect(status).toBe(201)
  expect(fitting(managerKey, body)).toMatchObject({ id: 'hsm-000000000001', name: '' })
})

test('an answer holds no key bytes, wrapped or not', async () => {
  const { ask } = await manager()
  for (const { body } of [await ask('POST', 'keys', { id: 'mine' }), await ask('GET', 'keys')])
    expect(JSON.stringify(body)).not.toMatch(/wrapped|usages/)
})

test('an ID is taken once', async () => {
  const { refusal } = await manager()
  expect(await refusal('POST', 'keys', { id: 'foo' })).toBe('409 AlreadyExists')
})

test.each([
  ['no body', undefined],
  ['an empty body', ''],
  ['JSON cut short', '{"id":'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number as ID', '{"id":1}'],
  ['null as ID', '{"id":null}'],
  ['a number as name', '{"name":1}'],
  ['an empty ID', { id: '' }],
  ['an ID with a blank', { id: 'a b' }],
  ['an ID with a slash', { id: 'a/b' }],
  ['an ID beyond ASCII', { id: 'schlüssel' }],
  ['an ID that moves within a path', { id: '..' }],
  ['an ID of 129 characters', { id: 'k'.repeat(129) }],
  ['a name of 129 characters', { name: 'n'.repeat(129) }],
])('%s makes no key', async (_, body) => {
  const { refusal, vault } = await manager()
  const before = vault.list()
  expect(await refusal('POST', 'keys', body)).toBe('400 InvalidRequest')
  expect(vault.list()).toEqual(before)
})

test('the longest ID and name are taken', async () => {
  const { ask } = await manager()
  expect((await ask('POST', 'keys', { id: 'k'.repeat(128), name: 'n'.repeat(128) })).status).toBe(201)
})

test('a body that is too large is refused', async () => {
  const { refusal } = await manager()
  expect(await refusal('POST', 'keys', { name: 'n'.repeat(64 * 1024) })).toBe('413 TooLarge')
})

test('an unknown key', async () => {
  const { refusal } = await manager()
  for (const verb of ['enable', 'disable'])
    for (const id of ['nobody', 'a%20b', '__proto__', '%ff'])
      expect(await refusal('POST', `keys/${id}/${verb}`)).toBe('404 NotFound')
})

test.each(['', 'key', 'keys/', 'keys/foo/delete', 'keys/foo/enable/', 'keys/foo/bar/enable'])(
  'the path "%s" is unknown',
  async (path) => {
    const { refusal } = await manager()
    expect(await refusal('POST', path)).toBe('404 NotFound')
  },
)

test('a wrong verb is told the right ones', async () => {
  const { ask, refusal } = await manager()
  for (const [method, path, allowed] of [
    ['DELETE', 'keys', 'GET, POST'],
    ['PUT', 'keys', 'GET, POST'],
    ['PATCH', 'keys/foo', 'GET, DELETE'],
    ['POST', 'requests', 'GET'],
    ['GET', 'keys/foo/enable', 'POST'],
    ['DELETE', 'keys/foo/disable', 'POST'],
  ] as const) {
    expect(await refusal(method, path)).toBe('405 MethodNotAllowed')
    expect((await ask(method, path)).headers.get('allow')).toBe(allowed)
  }
})

test('one key is told, or that there is none', async () => {
  const { ask, refusal } = await manager()
  expect(fitting(managerKey, (await ask('GET', 'keys/foo')).body)).toMatchObject({ id: 'foo', callers: [] })
  expect(await refusal('GET', 'keys/nobody')).toBe('404 NotFound')
})

test('a key is deleted for good, and the answer says who asked for it', async () => {
  const { ask, refusal, client, vault } = await manager()
  const sealed = await client.encrypt(instance, 'foo', { plaintext, additionalData }, caller, silentSpan)
  const deleted = await ask('DELETE', 'keys/foo')
  expect(deleted.status).toBe(200)
  expect(fitting(managerKey, deleted.body).callers).toEqual([
    { kmsKeyArn: caller.keyArn, lastRequestAt: new Date(testStart).toISOString() },
  ])
  expect(vault.find('foo')).toBeUndefined()
  expect(await refusal('DELETE', 'keys/foo')).toBe('404 NotFound')
  await ask('POST', 'keys', { id: 'foo' })
  expect(await failureOf(client.decrypt(instance, 'foo', { ...sealed, additionalData }, caller, silentSpan))).toBe(
    'keyManager invalidCiphertext',
  )
})

test('a usage limit is set and taken away', async () => {
  const { ask, refusal } = await manager()
  for (const requestsPerMinute of [1, 60_000, null])
    expect(fitting(managerKey, (await ask('PUT', 'keys/foo/limit', { requestsPerMinute })).body)).toMatchObject({
      requestsPerMinute,
    })
  for (const requestsPerMinute of [0, -1, 1.5, 60_001, '1', undefined])
    expect(await refusal('PUT', 'keys/foo/limit', { requestsPerMinute })).toBe('400 InvalidRequest')
  expect(await refusal('PUT', 'keys/foo/limit', '')).toBe('400 InvalidRequest')
  expect(await refusal('PUT', 'keys/nobody/limit', { requestsPerMinute: 1 })).toBe('404 NotFound')
})

test('a limit is the caller\u2019s refusal at KMS', async () => {
  const { ask, client } = await manager()
  await ask('PUT', 'keys/foo/limit', { requestsPerMinute: 1 })
  const encrypt = () => client.encrypt(instance, 'foo', { plaintext, additionalData }, caller, silentSpan)
  await encrypt()
  expect(await failureOf(encrypt())).toBe('proxy proxyThrottled')
})

test('callers are the KMS keys that asked, the last one first, and change no row more than once a minute', async () => {
  const { ask, client, runtime, store } = await manager()
  const asks = (keyArn: string) =>
    client
      .metadata(instance, 'foo', caller, silentSpan)
      .then(() => client.encrypt(instance, 'foo', { plaintext, additionalData }, { ...caller, keyArn }, silentSpan))
  await asks('acs:kms:cn-hangzhou:1:key/b')
  const row = store.read.externalKeys.get('foo')
  runtime.advance(59_999)
  await asks('acs:kms:cn-hangzhou:1:key/b')
  expect(store.read.externalKeys.get('foo')).toBe(row)
  runtime.advance(1)
  await asks('acs:kms:cn-hangzhou:1:key/b')
  const { callers } = fitting(managerKey, (await ask('GET', 'keys/foo')).body)
  const { keyArn, ...nameless } = caller
  await client.metadata(instance, 'foo', nameless, silentSpan)
  expect(callers.map(({ kmsKeyArn }) => kmsKeyArn)).toEqual(['acs:kms:cn-hangzhou:1:key/b', keyArn])
  expect(callers[0]?.lastRequestAt).toBe(new Date(testStart + 60_000).toISOString())
})

test('the log holds the last 1,000 requests, newest first, and nothing of what they held', async () => {
  const { ask, client, log, proxy, runtime } = await manager()
  await client.encrypt(instance, 'foo', { plaintext, additionalData }, caller, silentSpan)
  await failureOf(client.encrypt(instance, 'off', { plaintext, additionalData }, caller, silentSpan))
  await proxy.fetch(new Request('https://xki.example.com/hyok/a/kms/xks/v1/keys/foo/encrypt', { method: 'POST' }))
  const all = fitting(managerRequestList, (await ask('GET', 'requests')).body).requests
  const known = { dialect: 'xks-v1', operation: 'encrypt', time: new Date(testStart).toISOString() }
  const asked = {
    kmsOperation: 'Encrypt',
    kmsRequestId: 'request-1',
    kmsKeyArn: caller.keyArn,
    principalArn: caller.principalArn,
  }
  const unread = { kmsOperation: null, kmsRequestId: null, kmsKeyArn: null, principalArn: null }
  expect(all).toEqual([
    { ...known, keyId: 'foo', ...unread, status: 401, error: 'AuthenticationFailedException' },
    { ...known, keyId: 'off', ...asked, status: 400, error: 'InvalidStateException' },
    { ...known, keyId: 'foo', ...asked, status: 200, error: null },
  ])
  expect(JSON.stringify(all)).not.toContain('Hello')
  const ofOne = fitting(managerRequestList, (await ask('GET', 'keys/off/requests')).body).requests
  expect(ofOne).toEqual([all[1]])
  for (let at = 0; at < 1000; at++)
    log.add({ dialect: 'xki', operation: 'health', keyId: null, asked: null, status: 200, error: null })
  runtime.advance(1)
  const later = fitting(managerRequestList, (await ask('GET', 'requests')).body).requests
  expect(later).toHaveLength(1000)
  expect(later.at(-1)?.dialect).toBe('xki')
})

test('health is deep', async () => {
  const { ask, vault, runtime } = await manager()
  expect(fitting(managerHealth, (await ask('GET', 'health')).body)).toEqual({
    working: true,
    checkedAt: new Date(runtime.wallNow()).toISOString(),
  })
  const broken = createManager({
    vault: { ...vault, selfTest: () => Promise.reject(new Error('no key')) },
    endpoints: [],
    log: createRequestLog(runtime.wallNow),
    now: runtime.wallNow,
    report: () => {},
  })
  const answer = await broken(new Request('https://console.test/api/key-manager/health'))
  expect(fitting(managerHealth, await answer.json()).working).toBe(false)
})

test('a defect is reported and answered', async () => {
  const world = await manager()
  world.store.write((tx) => {
    const row = tx.externalKeys.get('foo')!
    tx.externalKeys.put({ ...row, createdAt: Number.NaN })
  })
  expect(await world.refusal('GET', 'keys')).toBe('500 InternalFailure')
  expect(world.defects).toHaveLength(1)
})

test('a credential is drawn for a path, tells its secret once, and is refused once it is gone', async () => {
  const { ask, client } = await manager()
  const made = await ask('POST', 'proxy/credentials', { uriPathPrefix: '/new', dialect: 'xks-v1' })
  expect(made.status).toBe(201)
  const { accessKeySecret, ...credential } = fitting(newProxyCredential, made.body)
  const listed = await ask('GET', 'proxy')
  expect(fitting(managerProxy, listed.body).credentials[0]).toEqual(credential)
  expect(JSON.stringify(listed.body)).not.toContain(accessKeySecret)

  const { accessKeyId } = credential
  const signingKey = await importSecret['xks-v1'](accessKeySecret)
  const row = instanceWith({ uriPathPrefix: '/new', accessKeyId, signingKey })
  expect((await client.metadata(row, 'foo', caller, silentSpan)).key).not.toBeNull()
  expect((await ask('DELETE', `proxy/credentials/${accessKeyId}`)).body).toEqual(credential)
  // With its last credential the path is gone.
  expect(await failureOf(client.metadata(row, 'foo', caller, silentSpan))).toBe('proxy proxyWrongPath')
})

test.each([
  ['no path prefix', { dialect: 'xki' }],
  ['another dialect', { uriPathPrefix: '/a', dialect: 'grpc' }],
  ['a prefix that begins with no slash', { uriPathPrefix: 'a', dialect: 'xki' }],
  ['a prefix with the path of the protocol', { uriPathPrefix: '/a/kms/xks/v1', dialect: 'xks-v1' }],
])('a credential with %s is refused', async (_, body) => {
  const { refusal } = await manager()
  expect(await refusal('POST', 'proxy/credentials', body)).toBe('400 InvalidRequest')
})

test('fifty credentials are enough', async () => {
  const { ask, refusal } = await manager()
  const body = { uriPathPrefix: '/many', dialect: 'xki' }
  const { credentials } = fitting(managerProxy, (await ask('GET', 'proxy')).body)
  for (let count = credentials.length; count < maxProxyCredentials; count++)
    expect((await ask('POST', 'proxy/credentials', body)).status).toBe(201)
  expect(await refusal('POST', 'proxy/credentials', body)).toBe('400 InvalidRequest')
  expect(await refusal('DELETE', 'proxy/credentials/NOBODY')).toBe('404 NotFound')
})
