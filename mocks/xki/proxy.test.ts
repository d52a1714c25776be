/** XKS Proxy API 1.0.3: what the operations do, as the published test client asks for them, and what that client leaves out. */
import { describe, expect, test } from 'vitest'
import { seal } from '#mocks/crypto/aes-gcm.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { concat, noBytes, sameBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { sha256 } from '#mocks/crypto/hash.ts'
import { unwrapKey } from '#mocks/crypto/wrapping.ts'
import { testStart } from '#mocks/testing/runtime.ts'
import { xkiWorld } from '#mocks/testing/xki-world.ts'
import {
  aad,
  asker,
  base,
  bytesOf,
  decryptBody,
  encryptBody,
  expectRefusal,
  plaintext,
  requestMetadata,
  type Answer,
  type Json,
} from '#mocks/testing/xks.ts'
import { createProxy } from './proxy.ts'
import { authenticatedData, integrityValue } from './sealing.ts'
import { ensureWrappingKey, type Vault } from './vault.ts'

const otherAad = encodeBase64(utf8('project=blue,department=finance'))

const world = await xkiWorld()
const { post, encrypt, decrypt } = asker(world)

describe('health', () => {
  const healthBody = { requestMetadata: { kmsOperation: 'KmsHealthCheck', kmsRequestId: 'r' } }

  test('tells every required field', async () => {
    const { status, body } = await post(`${base}/health`, healthBody)
    expect(status).toBe(200)
    expect(body).toEqual({
      xksProxyFleetSize: 1,
      xksProxyVendor: expect.any(String) as string,
      xksProxyModel: expect.any(String) as string,
      ekmVendor: expect.any(String) as string,
      ekmFleetDetails: [
        { id: expect.any(String) as string, model: expect.any(String) as string, healthStatus: 'ACTIVE' },
      ],
    })
  })

  test('needs request metadata', async () => {
    expectRefusal(await post(`${base}/health`, {}), 'ValidationException')
    expectRefusal(await post(`${base}/health`, { requestMetadata: {} }), 'ValidationException')
  })

  test('is deep: it fails when the manager cannot work', async () => {
    const broken = await xkiWorld({ faults: [{ hop: 'keyManager', kind: 'unreachable' }] })
    expectRefusal(await asker(broken).post(`${base}/health`, healthBody), 'InternalException')
  })

  test('leaves no key behind', async () => {
    const before = world.vault.list()
    await post(`${base}/health`, healthBody)
    expect(world.vault.list()).toEqual(before)
  })
})

describe('metadata', () => {
  const body = { requestMetadata: { awsPrincipalArn: 'AWS Internal', kmsOperation: 'CreateKey', kmsRequestId: '' } }

  test('tells spec, usages and status', async () => {
    expect(await post(`${base}/keys/foo/metadata`, body)).toEqual({
      status: 200,
      body: { keySpec: 'AES_256', keyUsage: ['ENCRYPT', 'DECRYPT'], keyStatus: 'ENABLED' },
    })
    expect((await post(`${base}/keys/off/metadata`, body)).body['keyStatus']).toBe('DISABLED')
    expect((await post(`${base}/keys/impotent/metadata`, body)).body['keyUsage']).toEqual([])
  })

  test('refuses missing metadata and an unknown key', async () => {
    expectRefusal(await post(`${base}/keys/foo/metadata`, {}), 'ValidationException')
    expectRefusal(await post(`${base}/keys/foo/metadata`, { requestMetadata: {} }), 'ValidationException')
    expectRefusal(await post(`${base}/keys/nobody/metadata`, body), 'KeyNotFoundException')
  })

  test('takes operations and fields of the future, long ARNs, and request IDs of any shape', async () => {
    const future = {
      awsPrincipalArn: `arn:aws:iam::1:role/${'r'.repeat(2020)}`,
      kmsOperation: 'BulkEncrypt',
      kmsRequestId: 'not a UUID',
      SourceIdentity: { any: ['thing'] },
    }
    expect((await post(`${base}/keys/foo/metadata`, { requestMetadata: future, more: 1 })).status).toBe(200)
  })
})

describe('encrypt and decrypt', () => {
  test.each([
    ['without additional data', {}],
    ['with additional data', { additionalAuthenticatedData: aad }],
    ['with an empty plaintext', { plaintext: '' }],
  ])('%s, the plaintext returns', async (_, input) => {
    const sealed = await encrypt('foo', input)
    const wanted = 'plaintext' in input ? input.plaintext : plaintext
    expect(bytesOf(sealed, 'ciphertext')).toHaveLength(decodeBase64(wanted!)!.length)
    expect(bytesOf(sealed, 'initializationVector')).toHaveLength(12)
    expect(bytesOf(sealed, 'authenticationTag')).toHaveLength(16)
    expect(bytesOf(sealed, 'ciphertextMetadata').length).toBeLessThanOrEqual(20)
    expect(sealed).not.toHaveProperty('ciphertextDataIntegrityValue')
    const { plaintext: _plaintext, ...context } = { plaintext: '', ...input }
    expect(await decrypt('foo', sealed, context)).toEqual({ status: 200, body: { plaintext: wanted } })
  })

  test('the sizes that a proxy must support', async () => {
    const large = encodeBase64(new Uint8Array(4300).fill(7))
    const largeAad = encodeBase64(new Uint8Array(8192).fill(8))
    const sealed = await encrypt('foo', { plaintext: large, additionalAuthenticatedData: largeAad })
    expect((await decrypt('foo', sealed, { additionalAuthenticatedData: largeAad })).body).toEqual({ plaintext: large })
  })

  test('no two encryptions share an IV', async () => {
    const vectors = await Promise.all(Array.from({ length: 50 }, () => encrypt('foo')))
    expect(new Set(vectors.map((sealed) => sealed['initializationVector'])).size).toBe(50)
  })

  test('other additional data opens nothing', async () => {
    const sealed = await encrypt('foo', { additionalAuthenticatedData: aad })
    expectRefusal(await decrypt('foo', sealed), 'InvalidCiphertextException')
    expectRefusal(await decrypt('foo', sealed, { additionalAuthenticatedData: otherAad }), 'InvalidCiphertextException')
    expectRefusal(
      await decrypt('foo', await encrypt('foo'), { additionalAuthenticatedData: aad }),
      'InvalidCiphertextException',
    )
  })

  test('another key opens nothing', async () => {
    expectRefusal(await decrypt('decrypt-only', await encrypt('foo')), 'InvalidCiphertextException')
  })

  test.each(['ciphertext', 'initializationVector', 'authenticationTag', 'ciphertextMetadata'])(
    'a flipped bit of %s opens nothing',
    async (field) => {
      const sealed = await encrypt('foo', { additionalAuthenticatedData: aad })
      const bytes = bytesOf(sealed, field)
      for (const at of [0, bytes.length - 1]) {
        const flipped = encodeBase64(bytes.with(at, bytes[at]! ^ 1))
        expectRefusal(
          await decrypt('foo', sealed, { additionalAuthenticatedData: aad, [field]: flipped }),
          'InvalidCiphertextException',
        )
      }
    },
  )

  test.each([
    ['initializationVector', [0, 11, 13, 15, 17]],
    ['authenticationTag', [0, 12, 15, 17]],
    ['ciphertextMetadata', [2, 21, 300]],
  ])('%s of another length opens nothing', async (field, lengths) => {
    const sealed = await encrypt('foo')
    for (const length of lengths)
      expectRefusal(
        await decrypt('foo', sealed, { [field]: encodeBase64(new Uint8Array(length)) }),
        'InvalidCiphertextException',
      )
  })

  test('ciphertext metadata cannot be left out, nor stand in for additional data', async () => {
    const sealed = await encrypt('foo')
    expectRefusal(await decrypt('foo', sealed, { ciphertextMetadata: undefined }), 'InvalidCiphertextException')
    expectRefusal(
      await decrypt('foo', sealed, {
        ciphertextMetadata: undefined,
        additionalAuthenticatedData: sealed['ciphertextMetadata'],
      }),
      'InvalidCiphertextException',
    )
  })

  test('a ciphertext under a 16-byte IV opens', async () => {
    const row = world.store.read.externalKeys.get('foo')!
    const key = await unwrapKey(row.wrapped, await ensureWrappingKey(world.store), ['encrypt'])
    const iv = new Uint8Array(16).fill(9)
    const sealed = await seal(key, {
      iv,
      plaintext: utf8('Hello World!'),
      additionalData: authenticatedData(noBytes, noBytes),
    })
    const foreign = {
      ciphertext: encodeBase64(sealed.ciphertext),
      initializationVector: encodeBase64(iv),
      authenticationTag: encodeBase64(sealed.tag),
    }
    expect(await decrypt('foo', foreign)).toEqual({ status: 200, body: { plaintext } })
  })
})

describe('the ciphertext data integrity value', () => {
  const cdiv = { ciphertextDataIntegrityValueAlgorithm: 'SHA_256' }

  test.each([
    ['with additional data', { additionalAuthenticatedData: aad }],
    ['without', {}],
  ])('covers everything the ciphertext needs, %s', async (_, context) => {
    const sealed = await encrypt('foo', { ...cdiv, ...context })
    const hashed = await sha256(
      concat(
        'additionalAuthenticatedData' in context ? decodeBase64(context.additionalAuthenticatedData!)! : noBytes,
        ...['ciphertextMetadata', 'initializationVector', 'ciphertext', 'authenticationTag'].map((field) =>
          bytesOf(sealed, field),
        ),
      ),
    )
    expect(sealed['ciphertextDataIntegrityValue']).toBe(encodeBase64(hashed))
    expect((await decrypt('foo', sealed, context)).body).toEqual({ plaintext })
  })

  test('is that of the example in Appendix C', async () => {
    const value = await integrityValue(decodeBase64(aad)!, {
      metadata: decodeBase64('a2V5X3ZlcnNpb249MQ==')!,
      iv: decodeBase64('HMrlRw85cAJUd5Ax')!,
      ciphertext: decodeBase64('ghxkK1txeDNn3q8Y')!,
      tag: decodeBase64('vBxN2ncH1oEkR8WVXpmyYQ==')!,
    })
    expect(encodeBase64(value)).toBe('qHA/ImC9h5HsLRXqCyPmWgYx7tzyoTplzILbP0fPXsc=')
  })

  test('is not given for what does not open again', async () => {
    const { vault, runtime } = world
    const use: Vault['use'] = (id, usage) => vault.use(usage === 'DECRYPT' ? 'decrypt-only' : id, usage)
    const proxy = createProxy({ vault: { ...vault, use }, runtime, report: () => {} })
    const ask = (input: Json): Promise<Answer> =>
      asker({ proxy }).post(`${base}/keys/foo/encrypt`, { ...encryptBody, ...input })
    expect((await ask({})).status).toBe(200)
    expectRefusal(await ask(cdiv), 'InternalException')
  })

  test('knows one algorithm', async () => {
    const body = { ...encryptBody, ciphertextDataIntegrityValueAlgorithm: 'SHA_512' }
    expectRefusal(await post(`${base}/keys/foo/encrypt`, body), 'ValidationException')
  })
})

describe('key usage and state', () => {
  test('an encrypt-only key encrypts, decrypts nothing, and promises nothing about decryption', async () => {
    for (const context of [{}, { additionalAuthenticatedData: aad }]) {
      const sealed = await encrypt('encrypt-only', context)
      expectRefusal(await decrypt('encrypt-only', sealed, context), 'InvalidKeyUsageException')
      const promised = { ...encryptBody, ...context, ciphertextDataIntegrityValueAlgorithm: 'SHA_256' }
      expectRefusal(await post(`${base}/keys/encrypt-only/encrypt`, promised), 'InvalidKeyUsageException')
    }
  })

  test.each(['decrypt-only', 'impotent'])('the key %s encrypts nothing', async (keyId) => {
    for (const input of [
      {},
      { additionalAuthenticatedData: aad },
      { ciphertextDataIntegrityValueAlgorithm: 'SHA_256' },
      { additionalAuthenticatedData: aad, ciphertextDataIntegrityValueAlgorithm: 'SHA_256' },
    ])
      expectRefusal(
        await post(`${base}/keys/${keyId}/encrypt`, { ...encryptBody, ...input }),
        'InvalidKeyUsageException',
      )
  })

  test('a disabled key does nothing until it is enabled again', async () => {
    const own = await xkiWorld()
    const sealed = await asker(own).encrypt('foo')
    await own.vault.setStatus('foo', 'DISABLED')
    expectRefusal(await asker(own).post(`${base}/keys/foo/encrypt`, encryptBody), 'InvalidStateException')
    expectRefusal(await asker(own).post(`${base}/keys/foo/decrypt`, decryptBody(sealed)), 'InvalidStateException')
    await own.vault.setStatus('foo', 'ENABLED')
    expect((await asker(own).post(`${base}/keys/foo/decrypt`, decryptBody(sealed))).body).toEqual({ plaintext })
  })
})

describe('sizes', () => {
  test('a value beyond what the proxy supports is 501', async () => {
    const small = await xkiWorld({ limits: { plaintext: 4300, additionalData: 8192 } })
    const ofLength = (length: number): string => encodeBase64(new Uint8Array(length))
    const path = `${base}/keys/foo/encrypt`
    const ask = (input: Json): Promise<Answer> => asker(small).post(path, { ...encryptBody, ...input })
    expect((await ask({ plaintext: ofLength(4300) })).status).toBe(200)
    expectRefusal(await ask({ plaintext: ofLength(4301) }), 'UnsupportedOperationException')
    expect((await ask({ additionalAuthenticatedData: ofLength(8192) })).status).toBe(200)
    expectRefusal(await ask({ additionalAuthenticatedData: ofLength(8193) }), 'UnsupportedOperationException')
    const sealed = { ciphertext: ofLength(4301), initializationVector: ofLength(12), authenticationTag: ofLength(16) }
    expectRefusal(
      await asker(small).post(`${base}/keys/foo/decrypt`, decryptBody(sealed)),
      'UnsupportedOperationException',
    )
  })

  test('by default it takes what KMS takes', async () => {
    const path = `${base}/keys/foo/encrypt`
    const ofLength = (length: number): Json => ({ ...encryptBody, plaintext: encodeBase64(new Uint8Array(length)) })
    expect((await post(path, ofLength(6144))).status).toBe(200)
    expectRefusal(await post(path, ofLength(6145)), 'UnsupportedOperationException')
  })

  test('a body beyond any request of the protocol is not looked into', async () => {
    expectRefusal(await post(`${base}/health`, ' '.repeat(1024 * 1024 + 1)), 'UnsupportedOperationException')
  })
})

describe('what the manager and the policy say', () => {
  const path = `${base}/keys/foo/encrypt`

  test.each([
    ['unreachable', 'InternalException'],
    ['error', 'InternalException'],
    ['timeout', 'DependencyTimeoutException'],
    ['throttle', 'ThrottlingException'],
  ] as const)('a manager with the fault %s is %s', async (kind, errorName) => {
    const own = await xkiWorld({ faults: [{ hop: 'keyManager', kind }] })
    expectRefusal(await asker(own).post(path, encryptBody), errorName)
  })

  test('a slow manager is DEGRADED, and still serves', async () => {
    const own = await xkiWorld({ faults: [{ hop: 'keyManager', kind: 'latency', ms: 150 }] })
    const healthBody = { requestMetadata: { kmsOperation: 'KmsHealthCheck', kmsRequestId: 'r' } }
    const { body } = await asker(own).post(`${base}/health`, healthBody)
    expect(body['ekmFleetDetails']).toMatchObject([{ healthStatus: 'DEGRADED' }])
    expect((await asker(own).post(path, encryptBody)).status).toBe(200)
  })

  test('a usage limit of a key throttles it alone, for the rest of its minute', async () => {
    const own = await xkiWorld()
    const { post: ask, encrypt: seal_ } = asker(own)
    await own.vault.setLimit('foo', 2)
    const sealed = await seal_('foo')
    expect((await ask(path, encryptBody)).status).toBe(200)
    expectRefusal(await ask(path, encryptBody), 'ThrottlingException')
    expectRefusal(await ask(`${base}/keys/foo/decrypt`, decryptBody(sealed)), 'ThrottlingException')
    // Looking at it is no use of it, and other keys have limits of their own.
    expect((await ask(`${base}/keys/foo/metadata`, encryptBody)).status).toBe(200)
    expect((await ask(`${base}/keys/encrypt-only/encrypt`, encryptBody)).status).toBe(200)
    own.runtime.advance(59_999)
    expectRefusal(await ask(path, encryptBody, { time: testStart }), 'ThrottlingException')
    own.runtime.advance(1)
    expect((await ask(path, encryptBody)).status).toBe(200)
    await own.vault.setLimit('foo', null)
    for (let at = 0; at < 5; at++) expect((await ask(path, encryptBody)).status).toBe(200)
  })

  test('the limit counts what was asked rightly: a disabled key and a wrong usage come first', async () => {
    const own = await xkiWorld()
    await own.vault.setLimit('off', 1)
    for (let at = 0; at < 3; at++)
      expectRefusal(await asker(own).post(`${base}/keys/off/encrypt`, encryptBody), 'InvalidStateException')
    await own.vault.setStatus('off', 'ENABLED')
    expect((await asker(own).post(`${base}/keys/off/encrypt`, encryptBody)).status).toBe(200)
  })

  test('a policy that denies, by what KMS says of the request; health is exempt', async () => {
    const own = await xkiWorld({
      permits: ({ principalArn, keyArn, action }, keyId) =>
        keyId === 'foo' &&
        principalArn === requestMetadata.awsPrincipalArn &&
        keyArn === requestMetadata.kmsKeyArn &&
        action === 'Encrypt',
    })
    const ask = (change: Json) =>
      asker(own).post(path, { ...encryptBody, requestMetadata: { ...requestMetadata, ...change } })
    expect((await ask({})).status).toBe(200)
    for (const change of [{ awsPrincipalArn: 'other' }, { kmsKeyArn: 'other' }, { kmsOperation: 'GenerateDataKey' }])
      expectRefusal(await ask(change), 'AccessDeniedException')
    const healthBody = { requestMetadata: { kmsOperation: 'KmsHealthCheck', kmsRequestId: 'r' } }
    expect((await asker(own).post(`${base}/health`, healthBody)).status).toBe(200)
  })
})

test('a defect is reported and answered with 500, and nothing is told', async () => {
  const own = await xkiWorld()
  const row = own.store.read.externalKeys.get('foo')!
  own.store.write((tx) => tx.externalKeys.put({ ...row, wrapped: row.wrapped.with(3, row.wrapped[3]! ^ 1) }))
  expectRefusal(await asker(own).post(`${base}/keys/foo/encrypt`, encryptBody), 'InternalException')
  expect(own.defects).toHaveLength(1)
})

test('nothing the proxy answers to an encryption holds the plaintext', async () => {
  const secret = utf8('a plaintext that is long enough to be recognised')
  const sealed = await encrypt('foo', { plaintext: encodeBase64(secret) })
  expect(sameBytes(bytesOf(sealed, 'ciphertext'), secret)).toBe(false)
  expect(JSON.stringify(sealed)).not.toContain(encodeBase64(secret).slice(0, 20))
})
