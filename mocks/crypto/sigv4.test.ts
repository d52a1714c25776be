import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex, hexBytes, noBytes, utf8 } from './bytes.ts'
import { sha256Hex } from './hash.ts'
import { hmac, importHmacKey } from './hmac.ts'
import {
  amzDate,
  amzDateTime,
  authorization,
  canonicalRequest,
  importSigV4Secret,
  parseAuthorization,
  scopedKey,
  stringToSign,
  verifySigV4,
  type SigV4Request,
  type SigV4Scope,
} from './sigv4.ts'

// The credential and the ListUsers request of AWS General Reference, "Signature Version 4 signing process".
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const iam: SigV4Scope = { date: '20150830', region: 'us-east-1', service: 'iam' }
const emptyHash = await sha256Hex(noBytes)
const listUsers: SigV4Request = {
  method: 'GET',
  path: '/',
  query: [
    ['Action', 'ListUsers'],
    ['Version', '2010-05-08'],
  ],
  headers: new Map([
    ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
    ['host', 'iam.amazonaws.com'],
    ['x-amz-date', '20150830T123600Z'],
  ]),
  payloadHash: emptyHash,
}

describe('the published worked example', () => {
  test('canonical request', async () => {
    expect(await sha256Hex(utf8(canonicalRequest(listUsers)))).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    )
  })
  test('string to sign', async () => {
    expect(await stringToSign(listUsers, iam)).toBe(
      'AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\nf536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    )
  })
  test('signing key', async () => {
    // The derived key cannot be read back: it is recognised by what it signs.
    const derived = await scopedKey(await importSigV4Secret(secret), iam)
    const published = await importHmacKey(hexBytes('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9')!)
    expect(await hmac(derived, utf8('probe'))).toEqual(await hmac(published, utf8('probe')))
    expect(derived.extractable).toBe(false)
  })
  test('authorization header', async () => {
    const credential = { accessKeyId: 'AKIDEXAMPLE', signingKey: await importSigV4Secret(secret) }
    expect(await authorization(listUsers, iam, credential)).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    )
  })
})

describe('the AWS SigV4 test suite', () => {
  const common = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' }
  const scope: SigV4Scope = { date: '20150830', region: 'us-east-1', service: 'service' }
  const cases = [
    ['get-vanilla', { method: 'GET' }, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-query-order-key-case',
      {
        method: 'GET',
        query: [
          ['Param2', 'value2'],
          ['Param1', 'value1'],
        ],
      },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-header-value-trim',
      { method: 'GET', headers: { 'my-header1': ' value1', 'my-header2': ' "a   b   c"' } },
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    [
      'post-x-www-form-urlencoded',
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Param1=value1',
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ] as const satisfies readonly (readonly [
    string,
    { method: string; query?: [string, string][]; headers?: Record<string, string>; body?: string },
    string,
  ])[]

  test.each(cases.map(([name, input, signature]) => [name, input, signature] as const))(
    '%s',
    async (
      _,
      input: { method: string; query?: [string, string][]; headers?: Record<string, string>; body?: string },
      signature,
    ) => {
      const request: SigV4Request = {
        method: input.method,
        path: '/',
        query: input.query ?? [],
        headers: new Map(Object.entries({ ...common, ...input.headers })),
        payloadHash: await sha256Hex(utf8(input.body ?? '')),
      }
      const key = await scopedKey(await importSigV4Secret(secret), scope)
      expect(hex(await hmac(key, utf8(await stringToSign(request, scope))))).toBe(signature)
    },
  )
})

test('what was signed is verified, and no part of it may change', async () => {
  const signingKey = await importSigV4Secret(secret)
  const header = parseAuthorization(await authorization(listUsers, iam, { accessKeyId: 'AKIDEXAMPLE', signingKey }))!
  expect(header).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', scope: iam })
  expect(header.signedHeaders).toEqual(['content-type', 'host', 'x-amz-date'])
  expect(await verifySigV4(listUsers, header, signingKey)).toBe(true)

  const changed: Record<string, Partial<SigV4Request>> = {
    method: { method: 'POST' },
    path: { path: '/x' },
    query: { query: [['Action', 'ListUsers']] },
    host: { headers: new Map([...listUsers.headers, ['host', 'sts.amazonaws.com']]) },
    date: { headers: new Map([...listUsers.headers, ['x-amz-date', '20150830T123601Z']]) },
    'one header more': { headers: new Map([...listUsers.headers, ['x-amz-security-token', 'token']]) },
    body: { payloadHash: await sha256Hex(utf8(' ')) },
  }
  for (const [part, change] of Object.entries(changed))
    expect(await verifySigV4({ ...listUsers, ...change }, header, signingKey), part).toBe(false)
  for (const change of [{ date: '20150831' }, { region: 'us-east-2' }, { service: 'sts' }])
    expect(await verifySigV4(listUsers, { ...header, scope: { ...iam, ...change } }, signingKey)).toBe(false)
  expect(await verifySigV4(listUsers, header, await importSigV4Secret(`${secret}x`))).toBe(false)
})

test('any flipped bit of a signature is refused', async () => {
  const signingKey = await importSigV4Secret(secret)
  const good = parseAuthorization(await authorization(listUsers, iam, { accessKeyId: 'AKID', signingKey }))!
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 255 }), async (bit) => {
      const bytes = hexBytes(good.signature)!
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      expect(await verifySigV4(listUsers, { scope: iam, signature: hex(bytes) }, signingKey)).toBe(false)
    }),
  )
})

test('an authorization header is read strictly, with or without blanks after the commas', () => {
  const signature = 'a'.repeat(64)
  const good = `AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`
  expect(parseAuthorization(good)).toEqual(parseAuthorization(good.replaceAll(', ', ',')))
  expect(parseAuthorization(good)).not.toBeNull()
  for (const bad of [
    '',
    good.replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1'),
    good.replace('aws4_request', 'aws3_request'),
    good.replace('/iam', ''),
    good.replace('20150830', '2015083'),
    good.replace('SignedHeaders=host;x-amz-date', 'SignedHeaders='),
    good.replace(signature, signature.slice(1)),
    good.replace(signature, signature.toUpperCase()),
    `${good}, Signature=${signature}`,
    `${good} `,
  ])
    expect(parseAuthorization(bad), bad).toBeNull()
})

test('x-amz-date is a time of the calendar, or nothing', () => {
  const times = fc.integer({ min: 0, max: 4_102_444_800 }).map((seconds) => seconds * 1000)
  fc.assert(
    fc.property(times, (time) => {
      expect(amzDateTime(amzDate(time))).toBe(time)
    }),
  )
  for (const text of [
    '',
    '20150830',
    '2015-08-30T12:36:00Z',
    '20150830T123600',
    '20151330T123600Z',
    '20150230T123600Z',
    '20150830T246000Z',
  ])
    expect(amzDateTime(text), text).toBeNull()
})
