import { expect, test } from 'vitest'
import { acs4Authorization, importAcs4Secret, parseAcs4Authorization, verifyAcs4 } from './acs4.ts'
import { utf8 } from './bytes.ts'
import { sha256Hex } from './hash.ts'

const scope = { date: '20230928', region: 'cn-hangzhou', product: 'kms' }
const credential = { accessKeyId: 'AccessKeyId', signingKey: await importAcs4Secret('AccessKeySecret') }
const body = utf8('{"TestParameter": "TestValue"}')
const payloadHash = await sha256Hex(body)

const request = (query: readonly (readonly [string, string])[]) => ({
  method: 'POST',
  path: '/kms/xki/v1/keys/ExternalKeyId/meta',
  query,
  headers: new Map([
    ['content-type', 'application/json; charset=utf-8'],
    ['host', 'xki.example.com'],
    ['x-acs-accesskey-id', 'AccessKeyId'],
    ['x-acs-action', 'POST'],
    ['x-acs-content-sha256', payloadHash],
    ['x-acs-date', '20230928T080458Z'],
    ['x-acs-signature-nonce', '20230928-MkuBibyazkY1o2GJe'],
    ['x-acs-version', '1.0.0'],
  ]),
  payloadHash,
})
const withQuery = request([
  ['Key2', 'Value2'],
  ['Key1', 'Value1'],
])

// No signature of this example is published; the values are those of Alibaba's own client library for the same request.
test('the example is signed as the gateway client signs it', async () => {
  expect(payloadHash).toBe('50a36650aa0bfa2d833b7dfa32ce1c7ed0465a67cd870618a0147ae91f6c4898')
  expect(await acs4Authorization(withQuery, scope, credential)).toBe(
    'ACS4-HMAC-SHA256 Credential=AccessKeyId/20230928/cn-hangzhou/kms/aliyun_v4_request,SignedHeaders=content-type;host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=4219b341256c07c1b310888c0363d1ab952a2a94fb4ea21fa185be7c1d01b302',
  )
  expect(await acs4Authorization(request([]), scope, credential)).toContain(
    'Signature=1766e8039e9cf67d0e58bdfc87363c0c49fbb7ef66d9ec4c3821ea5fd23dc77c',
  )
})

test('a header is read back, and holds for this request and scope alone', async () => {
  const read = parseAcs4Authorization(await acs4Authorization(withQuery, scope, credential))!
  expect(read).toMatchObject({ accessKeyId: 'AccessKeyId', scope })
  expect(read.signedHeaders).toContain('x-acs-content-sha256')
  expect(await verifyAcs4(withQuery, read, credential.signingKey)).toBe(true)
  expect(await verifyAcs4(request([]), read, credential.signingKey)).toBe(false)
  for (const change of [{ date: '20230929' }, { region: 'cn-beijing' }, { product: 'ecs' }])
    expect(await verifyAcs4(withQuery, { ...read, scope: { ...scope, ...change } }, credential.signingKey)).toBe(false)
  expect(await verifyAcs4(withQuery, read, await importAcs4Secret('Another'))).toBe(false)
})

test.each([
  '',
  'AWS4-HMAC-SHA256 Credential=A/20230928/r/p/aws4_request, SignedHeaders=host, Signature=00',
  'ACS4-HMAC-SHA256 Credential=A/20230928/r/p/aliyun_v4_request,SignedHeaders=host,Signature=00',
  `ACS4-HMAC-SM3 Credential=A/20230928/r/p/aliyun_v4_request,SignedHeaders=host,Signature=${'0'.repeat(64)}`,
])('"%s" is no such header', (text) => {
  expect(parseAcs4Authorization(text)).toBeNull()
})
