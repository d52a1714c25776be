/** XKS Proxy API 1.0.3: paths, verbs, signatures and bodies, and the order in which they are checked. */
import { describe, expect, test } from 'vitest'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { importSigV4Secret } from '#mocks/crypto/sigv4.ts'
import { testStart } from '#mocks/testing/runtime.ts'
import { credential, prefix, signed, xkiWorld, type SignedOptions } from '#mocks/testing/xki-world.ts'
import { asker, base, encryptBody, expectRefusal, requestMetadata } from '#mocks/testing/xks.ts'

const world = await xkiWorld()
const { send, post, encrypt, decrypt } = asker(world)

describe('the order of checks', () => {
  const unsigned = (path: string, method: string): Request =>
    new Request(`https://xki.example.com${path}`, { method, ...(method === 'POST' ? { body: '{' } : {}) })

  test('path, verb, signature, body, key, state, usage, size, cryptography', async () => {
    expectRefusal(await send(unsigned(`${prefix}/other`, 'GET')), 'InvalidUriPathException')
    expect((await send(unsigned(`${base}/keys/nobody/encrypt`, 'GET'))).status).toBe(405)
    expectRefusal(await send(unsigned(`${base}/keys/nobody/encrypt`, 'POST')), 'AuthenticationFailedException')
    expectRefusal(await post(`${base}/keys/nobody/encrypt`, '{'), 'ValidationException')
    const large = { ...encryptBody, plaintext: encodeBase64(new Uint8Array(7000)) }
    expectRefusal(await post(`${base}/keys/nobody/encrypt`, large), 'KeyNotFoundException')
    const off = await xkiWorld()
    await off.vault.setStatus('impotent', 'DISABLED')
    expectRefusal(await asker(off).post(`${base}/keys/impotent/encrypt`, large), 'InvalidStateException')
    expectRefusal(await post(`${base}/keys/impotent/encrypt`, large), 'InvalidKeyUsageException')
    expectRefusal(await post(`${base}/keys/foo/encrypt`, large), 'UnsupportedOperationException')
  })

  test.each(['health', 'keys/foo/metadata', 'keys/foo/encrypt', 'keys/foo/decrypt'])(
    'GET %s is 405 and says what is allowed',
    async (path) => {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const response = await world.proxy.fetch(unsigned(`${base}/${path}`, method))
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
      }
    },
  )
})

describe('paths', () => {
  test.each([
    ['no prefix', '/kms/xks/v1/health'],
    ['another prefix', '/example/kms/xks/v1/health'],
    ['a longer prefix', `${prefix}/invalid/kms/xks/v1/health`],
    ['another version', `${prefix}/kms/xks/v2/health`],
    ['a trailing slash', `${base}/health/`],
    ['an unknown operation', `${base}/keys/foo/sign`],
    ['a name of every object', `${base}/keys/foo/constructor`],
    ['no key ID', `${base}/keys//encrypt`],
    ['a blank in the key ID', `${base}/keys/f%20o/encrypt`],
    ['a slash in the key ID', `${base}/keys/f%2Fo/encrypt`],
    ['a letter beyond ASCII', `${base}/keys/sch%C3%BCssel/encrypt`],
    ['a key ID of 129 characters', `${base}/keys/${'k'.repeat(129)}/encrypt`],
  ])('%s is no path', async (_, path) => {
    expectRefusal(await post(path, encryptBody), 'InvalidUriPathException')
  })

  test('the whole alphabet and length of key IDs can be asked for', async () => {
    for (const keyId of ['AZaz09-._', '...', 'k'.repeat(128)])
      expectRefusal(await post(`${base}/keys/${keyId}/encrypt`, encryptBody), 'KeyNotFoundException')
  })
})

describe('signatures', () => {
  const path = `${base}/keys/foo/encrypt`
  const statusOf = async (options: Partial<SignedOptions>): Promise<number> =>
    (await post(path, encryptBody, options)).status
  const refused = async (options: Partial<SignedOptions>): Promise<void> =>
    expectRefusal(await post(path, encryptBody, options), 'AuthenticationFailedException')

  test('an unknown access key ID and a wrong secret are refused alike', async () => {
    const stranger = { ...credential, accessKeyId: 'ANOTHERACCESSKEYNUMBER' }
    const forger = { ...credential, signingKey: await importSigV4Secret('not the secret') }
    const answers = await Promise.all([stranger, forger].map((one) => post(path, encryptBody, { with: one })))
    for (const answer of answers) expectRefusal(answer, 'AuthenticationFailedException')
    expect(answers[0]).toEqual(answers[1])
  })

  test('the clock may differ by five minutes either way, and no more', async () => {
    for (const seconds of [-300, -299, 0, 299, 300])
      expect(await statusOf({ time: testStart + seconds * 1000 })).toBe(200)
    for (const seconds of [-301, 301, -86_400, 86_400]) await refused({ time: testStart + seconds * 1000 })
  })

  test('service, scope date and needed headers are checked; the region is the signer\u2019s', async () => {
    await refused({ service: 'kms' })
    await refused({ scopeDate: '20260301' })
    await refused({ unsigned: ['host'] })
    await refused({ unsigned: ['x-amz-date'] })
    expect(await statusOf({ region: 'us-east-1' })).toBe(200)
  })

  test('whatever headers are signed are verified, and must be there', async () => {
    const headers = { 'content-type': 'application/json', 'x-extra': 'a  b' }
    expect(await statusOf({ headers })).toBe(200)
    for (const name of [...Object.keys(headers), 'x-amz-date']) {
      const request = await signed(path, JSON.stringify(encryptBody), { time: testStart, headers })
      request.headers.set(name, 'changed')
      expectRefusal(await send(request.clone()), 'AuthenticationFailedException')
      request.headers.delete(name)
      expectRefusal(await send(request), 'AuthenticationFailedException')
    }
  })

  test('neither body, path, query nor host may change', async () => {
    const original = await signed(path, JSON.stringify(encryptBody), { time: testStart })
    const moved = (url: string, body: string): Request =>
      new Request(url, { method: 'POST', headers: original.headers, body })
    const body = JSON.stringify(encryptBody)
    const url = original.url
    expect((await send(moved(url, body))).status).toBe(200)
    for (const forged of [
      moved(url, `${body} `),
      moved(url.replace('foo', 'off'), body),
      moved(`${url}?a=1`, body),
      moved(url.replace('xki.example.com', 'other.example.com'), body),
    ])
      expectRefusal(await send(forged), 'AuthenticationFailedException')
  })

  test('two credentials of a prefix are accepted at once, and each only on its own prefix', async () => {
    const own = await xkiWorld()
    const second = { accessKeyId: 'SECONDCREDENTIALOFSAME', signingKey: await importSigV4Secret('second') }
    const other = { accessKeyId: 'CREDENTIALOFANOTHERONE', signingKey: await importSigV4Secret('other') }
    own.store.write((tx) => {
      tx.credentials.put({ ...second, uriPathPrefix: prefix })
      tx.credentials.put({ ...other, uriPathPrefix: '/hyok/b' })
    })
    for (const one of [credential, second])
      expect((await asker(own).post(path, encryptBody, { with: one })).status).toBe(200)
    expectRefusal(await asker(own).post(path, encryptBody, { with: other }), 'AuthenticationFailedException')
    const elsewhere = '/hyok/b/kms/xks/v1/keys/foo/encrypt'
    expect((await asker(own).post(elsewhere, encryptBody, { with: other })).status).toBe(200)
    expectRefusal(await asker(own).post(elsewhere, encryptBody, { with: second }), 'AuthenticationFailedException')

    own.store.write((tx) => tx.credentials.delete(credential.accessKeyId))
    expectRefusal(await asker(own).post(path, encryptBody), 'AuthenticationFailedException')
    expect((await asker(own).post(path, encryptBody, { with: second })).status).toBe(200)
  })
})

describe('bodies', () => {
  test.each([
    ['empty', ''],
    ['broken off', '{"requestMetadata":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('a body that is %s is refused', async (_, body) => {
    expectRefusal(await post(`${base}/keys/foo/encrypt`, body), 'ValidationException')
  })

  test.each(['awsPrincipalArn', 'kmsKeyArn', 'kmsOperation', 'kmsRequestId'])(
    'request metadata without %s, or with another type there, is refused',
    async (field) => {
      for (const value of [undefined, null, 1]) {
        const body = { ...encryptBody, requestMetadata: { ...requestMetadata, [field]: value } }
        const answer = await post(`${base}/keys/foo/encrypt`, body)
        expectRefusal(answer, 'ValidationException')
        expect(answer.body['errorMessage']).toContain(field)
      }
    },
  )

  test.each(['plaintext', 'encryptionAlgorithm'])('encrypt needs %s', async (field) => {
    for (const value of [undefined, null, 1, {}, 'AES_CBC'])
      expectRefusal(await post(`${base}/keys/foo/encrypt`, { ...encryptBody, [field]: value }), 'ValidationException')
  })

  test.each(['ciphertext', 'initializationVector', 'authenticationTag', 'encryptionAlgorithm'])(
    'decrypt needs %s',
    async (field) => {
      const sealed = await encrypt('foo')
      for (const value of [undefined, null, 1])
        expectRefusal(await decrypt('foo', sealed, { [field]: value }), 'ValidationException')
    },
  )

  test.each(['plaintext', 'additionalAuthenticatedData'])('%s is strict standard Base64', async (field) => {
    for (const text of ['SGVsbG8', 'SGVsbG8=\n', 'SGVs bG8=', '-_-_', 'SGVsbG9=', 'é', '===='])
      expectRefusal(await post(`${base}/keys/foo/encrypt`, { ...encryptBody, [field]: text }), 'ValidationException')
  })

  test.each([
    'ciphertext',
    'initializationVector',
    'authenticationTag',
    'ciphertextMetadata',
    'additionalAuthenticatedData',
  ])('%s is strict standard Base64', async (field) => {
    expectRefusal(await decrypt('foo', await encrypt('foo'), { [field]: '-_-_' }), 'ValidationException')
  })

  test('a field named like an object\u2019s own machinery changes nothing', async () => {
    const body = JSON.stringify(encryptBody).replace('{', '{"__proto__":{"plaintext":""},"constructor":1,')
    expect((await post(`${base}/keys/foo/encrypt`, body)).status).toBe(200)
  })
})
