import OpenApiUtil from '@alicloud/openapi-util'
import { beforeEach, describe, expect, test } from 'vitest'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import { cloudTables, type CloudTables } from '#mocks/store/rows.ts'
import { openStore, type Store } from '#mocks/store/store.ts'
import { authenticate } from './authenticate.ts'
import type { Call } from './decode.ts'
import { createNonces, type Nonces } from './nonces.ts'

const secret = 'example-secret-0001'
const accessKeyId = 'LTAIEXAMPLEKEYID0001'
const accountId = '1203456789012345'
const userArn = `acs:ram::${accountId}:user/alice`
const now = Date.parse('2024-06-01T08:00:00Z')

let db: Store<CloudTables>
let nonces: Nonces
beforeEach(async () => {
  db = await openStore(cloudTables)
  nonces = createNonces()
  const key = await importHmacKey(utf8(secret))
  const row = { accessKeyId, accountId, principalArn: userArn, active: true, key, about: 'test', order: 1 }
  db.write((tx) => {
    tx.accessKeys.put(row)
    tx.accessKeys.put({ ...row, accessKeyId: 'root', principalArn: null })
    tx.accessKeys.put({ ...row, accessKeyId: 'inactive', active: false })
    tx.accounts.put({ accountId, name: 'Example', kmsStatus: 'Enabled' })
    tx.principals.put({
      arn: userArn,
      accountId,
      kind: 'user',
      name: 'alice',
      id: '1',
      displayName: 'Alice',
      policies: [],
      createdAt: now,
      role: null,
    })
  })
})

const host = 'kms.cn-hangzhou.example.test'

function callOf(headers: Record<string, string>, more: Partial<Call> = {}): Call {
  return {
    product: 'kms',
    region: 'cn-hangzhou',
    host,
    method: 'POST',
    headers: new Headers(headers),
    query: [],
    body: new Uint8Array(),
    sent: new Map(),
    params: new Map(),
    format: 'JSON',
    action: 'DescribeKey',
    version: '2016-01-20',
    ...more,
  }
}

interface Vector {
  readonly method?: 'GET' | 'POST'
  readonly query?: Record<string, string>
  readonly body?: string
  readonly contentType?: string
  readonly date?: string
  readonly nonce?: string
  readonly accessKeyId?: string
}

/** A call signed by the published client library. */
async function signedByClient(vector: Vector = {}): Promise<Call> {
  const { method = 'POST', query = {}, body = '' } = vector
  const headers: Record<string, string> = {
    host,
    'x-acs-action': 'DescribeKey',
    'x-acs-version': '2016-01-20',
    'x-acs-date': vector.date ?? '2024-06-01T08:00:00Z',
    'x-acs-signature-nonce': vector.nonce ?? '9f1c0d5e-0002',
    'x-acs-content-sha256': await sha256Hex(utf8(body)),
    ...(vector.contentType === undefined ? {} : { 'content-type': vector.contentType }),
  }
  const request = { protocol: 'https', port: 443, method, pathname: '/', query, headers, body: '' }
  const authorization = OpenApiUtil.getAuthorization(
    request as unknown as Parameters<typeof OpenApiUtil.getAuthorization>[0],
    'ACS3-HMAC-SHA256',
    headers['x-acs-content-sha256']!,
    vector.accessKeyId ?? accessKeyId,
    secret,
  )
  return callOf({ ...headers, authorization }, { method, query: Object.entries(query), body: utf8(body) })
}

const check = (call: Call, wallNow = now) =>
  authenticate(call, { tables: db.read, nonces, wallNow: () => wallNow, now: () => wallNow, span: { tell: () => {} } })

function changed(call: Call, change: (headers: Headers) => void): Call {
  const headers = new Headers(call.headers)
  change(headers)
  return { ...call, headers }
}

test('the published vector: canonical query with a space and an asterisk', async () => {
  const call = await signedByClient({ query: { KeyId: 'alias/my key*1' } })
  expect(call.headers.get('authorization')).toContain(
    'Signature=b15e2482aa6851e3facfe75d92a1819916087698e257d5b46733493e83076dac',
  )
  expect(await check(call)).toEqual({ accountId, kind: 'user', arn: userArn, name: 'alice', accessKeyId })
})

test.each<Vector>([
  {},
  { method: 'GET', query: { KeyId: 'key-hzz6661a2b3c4d5e6f7g8h' } },
  { query: { Filters: '[{"Key":"KeyState", "Values":["Enabled"]}]', PageSize: '20' } },
  { query: { 'Tag.1.Key': 'env', 'Tag.1.Value': "pro'd!()*~-_.", 'Tag.10.Key': '', RegionId: 'cn-hangzhou' } },
  { query: { Description: '订单 数据库 😀 +&=%2F' } },
  { body: 'KeyId=alias%2Forders', contentType: 'application/x-www-form-urlencoded' },
  { body: 'Description=%E8%AE%A2', contentType: 'application/x-www-form-urlencoded; charset=utf-8' },
])('signatures of the published client library are accepted: %j', async (vector) => {
  await expect(check(await signedByClient(vector))).resolves.toMatchObject({ arn: userArn })
})

test('the account itself is a caller of its own kind', async () => {
  await expect(check(await signedByClient({ accessKeyId: 'root' }))).resolves.toEqual({
    accountId,
    kind: 'account',
    arn: `acs:ram::${accountId}:root`,
    name: 'Example',
    accessKeyId: 'root',
  })
})

test('blanks in the header and names in another order or case do no harm', async () => {
  const call = await signedByClient()
  const loose = changed(call, (headers) => {
    const [, names] = /SignedHeaders=([^,]+)/.exec(headers.get('authorization')!)!
    headers.set(
      'authorization',
      headers
        .get('authorization')!
        .replace(names!, names!.toUpperCase().split(';').reverse().join(';'))
        .replaceAll(',', ' ,  '),
    )
  })
  await expect(check(loose)).resolves.toMatchObject({ arn: userArn })
})

describe('refusals', () => {
  const edits: [string, string, (headers: Headers) => void][] = [
    ['no signature at all', 'MissingAccessKeyId', (h) => h.delete('authorization')],
    ['no credential', 'MissingAccessKeyId', (h) => edit(h, /Credential=[^,]+,/, '')],
    ['another algorithm', 'InvalidSignatureMethod', (h) => edit(h, 'ACS3-HMAC-SHA256', 'ACS3-HMAC-SM3')],
    ['no signature part', 'IncompleteSignature', (h) => edit(h, /,Signature=.*/, '')],
    ['no signed headers', 'IncompleteSignature', (h) => edit(h, /SignedHeaders=[^,]+,/, '')],
    [
      'a token with a long-term key',
      'InvalidSecurityToken.MismatchWithAccessKey',
      (h) => h.set('x-acs-security-token', 't'),
    ],
    ['unknown access key', 'InvalidAccessKeyId.NotFound', (h) => edit(h, accessKeyId, 'LTAIUNKNOWN')],
    ['inactive access key', 'InvalidAccessKeyId.Inactive', (h) => edit(h, accessKeyId, 'inactive')],
    ['no date', 'MissingTimestamp', (h) => h.delete('x-acs-date')],
    ['a date of another form', 'InvalidTimeStamp.Format', (h) => h.set('x-acs-date', '20240601T080000Z')],
    ['a day that does not exist', 'InvalidTimeStamp.Format', (h) => h.set('x-acs-date', '2024-02-30T08:00:00Z')],
    ['a date with a fraction', 'InvalidTimeStamp.Format', (h) => h.set('x-acs-date', '2024-06-01T08:00:00.000Z')],
    ['no nonce', 'MissingSignatureNonce', (h) => h.delete('x-acs-signature-nonce')],
    ['an endless nonce', 'IncompleteSignature', (h) => h.set('x-acs-signature-nonce', 'n'.repeat(257))],
    ['host not signed', 'IncompleteSignature', (h) => edit(h, 'host;', '')],
    ['action not signed', 'IncompleteSignature', (h) => edit(h, 'x-acs-action;', '')],
    ['body hash not signed', 'IncompleteSignature', (h) => edit(h, 'x-acs-content-sha256;', '')],
    ['a further header not signed', 'IncompleteSignature', (h) => h.set('x-acs-other', '1')],
    ['content type not signed', 'IncompleteSignature', (h) => h.set('content-type', 'text/plain')],
    ['a signed header that is not there', 'IncompleteSignature', (h) => edit(h, 'host;', 'host;user-agent;')],
    ['another action than signed', 'SignatureDoesNotMatch', (h) => h.set('x-acs-action', 'DisableKey')],
    ['another nonce than signed', 'SignatureDoesNotMatch', (h) => h.set('x-acs-signature-nonce', 'other')],
    ['a hash of another body', 'SignatureDoesNotMatch', (h) => h.set('x-acs-content-sha256', '0'.repeat(64))],
    ['a forged signature', 'SignatureDoesNotMatch', (h) => edit(h, /Signature=.*/, `Signature=${'0'.repeat(64)}`)],
    ['a signature that is no hex', 'SignatureDoesNotMatch', (h) => edit(h, /Signature=.*/, 'Signature=xyz')],
    ['a signature cut short', 'SignatureDoesNotMatch', (h) => edit(h, /.$/, '')],
  ]
  function edit(headers: Headers, from: string | RegExp, to: string): void {
    headers.set('authorization', headers.get('authorization')!.replace(from, to))
  }

  test.each(edits)('%s: %s', async (_, code, change) => {
    await expect(check(changed(await signedByClient(), change))).rejects.toMatchObject({ code })
  })

  test('a body that is not the signed one', async () => {
    const call = await signedByClient({ body: 'KeyId=a', contentType: 'application/x-www-form-urlencoded' })
    await expect(check({ ...call, body: utf8('KeyId=b') })).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })

  test('a query, a method or a host that is not the signed one', async () => {
    const call = await signedByClient({ query: { KeyId: 'a' } })
    for (const other of [
      { ...call, query: [['KeyId', 'b']] as const },
      { ...call, method: 'GET' },
      { ...call, host: 'x' },
    ])
      await expect(check(other)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })
})

describe('time and nonce', () => {
  const quarter = 15 * 60_000
  test('fifteen minutes off either way is in time, a second more is not', async () => {
    for (const offset of [-quarter, quarter])
      await expect(check(await signedByClient({ nonce: `n${offset}` }), now + offset)).resolves.toBeDefined()
    for (const offset of [-quarter - 1000, quarter + 1000])
      await expect(check(await signedByClient(), now + offset)).rejects.toMatchObject({
        code: 'InvalidTimeStamp.Expired',
      })
  })

  test('a replay is refused as long as its date is in time, and after', async () => {
    const call = await signedByClient()
    await check(call)
    await expect(check(call)).rejects.toMatchObject({ code: 'SignatureNonceUsed' })
    await expect(check(call, now + quarter)).rejects.toMatchObject({ code: 'SignatureNonceUsed' })
    await expect(check(call, now + quarter + 1000)).rejects.toMatchObject({ code: 'InvalidTimeStamp.Expired' })
  })

  test('of two replays at the same moment one passes', async () => {
    const call = await signedByClient()
    const results = await Promise.allSettled([check(call), check(call)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('a forged request does not use up the nonce', async () => {
    const call = await signedByClient()
    await expect(check({ ...call, host: 'x' })).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
    await expect(check(call)).resolves.toBeDefined()
  })
})
