/** Signature version 1.0: the vectors were confirmed with the official client library; the rest is what a verifier must not overlook. */
import { beforeEach, describe, expect, test } from 'vitest'
import { roleArn } from '#src/api/contract/arn.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importV1Secret, verifyHmacSha1 } from '#mocks/crypto/hmac-sha1.ts'
import { curlOf } from '#src/pages/activity/curl.ts'
import { replayOf } from '#src/pages/activity/replay.ts'
import { accounts, identities } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { v1StringToSign } from '#src/api/contract/signature-v1.ts'

const vectors = [
  {
    name: "of KMS's page, whose printed intermediate value is wrong",
    method: 'GET',
    secret: 'testsecret',
    parameters: {
      AccessKeyId: 'testid',
      Action: 'CreateKey',
      Format: 'json',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      Timestamp: '2016-03-28T03:13:08Z',
      Version: '2016-01-20',
    },
    signature: '41wk2SSX1GJh7fwnc5eqOfiJPFg=',
  },
  {
    name: 'with JSON and blanks in a value',
    method: 'post',
    secret: 'example-secret-0001',
    parameters: {
      AccessKeyId: 'LTAIEXAMPLEKEYID0001',
      Action: 'ListKeys',
      Format: 'JSON',
      PageSize: '20',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      SignatureNonce: '9f1c0d5e-0001',
      Timestamp: '2024-06-01T08:00:00Z',
      Version: '2016-01-20',
      Filters: '[{"Key":"KeyState", "Values":["Enabled"]}]',
    },
    signature: 'RuADoE7kXZbcbypmnycC/5nHiy4=',
  },
] as const

test.each(vectors)('the vector $name', async ({ method, secret, parameters, signature }) => {
  const text = v1StringToSign(method, [['Signature', 'plays no part'], ...Object.entries(parameters)])
  const key = await importV1Secret(secret)
  expect(await verifyHmacSha1(key, decodeBase64(signature)!, utf8(text))).toBe(true)
  expect(await verifyHmacSha1(key, decodeBase64(signature)!, utf8(`${text} `))).toBe(false)
})

/** `*`, `~`, a blank, a plus sign and what is not ASCII. */
const awkward = 'a*b~c d+e é 🔑'

describe('a request with it', () => {
  let cloud: TestCloud
  let credentials: { readonly AccessKeyId: string; readonly AccessKeySecret: string; readonly SecurityToken: string }
  beforeEach(async () => {
    cloud = await testCloud()
    const RoleArn = roleArn(accounts.main.accountId, 'break-glass')
    const as = identities.keyOperator.accessKeyId
    credentials = (await cloud.ok('AssumeRole', { RoleArn, RoleSessionName: 'v1' }, { as })).Credentials
  })

  /** As an official client of version 1.0 sends it. `spoil` changes what is sent after it was signed. */
  async function send(
    given: Readonly<Record<string, string>>,
    { method = 'POST', inBody = false, spoil = (_: URLSearchParams): void => {} } = {},
  ): Promise<{ readonly status: number; readonly text: string; readonly type: string | null }> {
    const sent = new URLSearchParams({
      Action: 'ListKeys',
      Version: '2016-01-20',
      Format: 'JSON',
      AccessKeyId: credentials.AccessKeyId,
      SecurityToken: credentials.SecurityToken,
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      SignatureNonce: cloud.runtime.uuid(),
      Timestamp: new Date(cloud.runtime.wallNow()).toISOString().replace(/\.\d+/, ''),
      ...given,
    })
    const key = await crypto.subtle.importKey(
      'raw',
      utf8(`${credentials.AccessKeySecret}&`),
      { name: 'HMAC', hash: 'SHA-1' },
      false,
      ['sign'],
    )
    const signature = await crypto.subtle.sign('HMAC', key, utf8(v1StringToSign(method, sent)))
    sent.set('Signature', encodeBase64(new Uint8Array(signature)))
    spoil(sent)
    const url = 'http://kms.cn-hangzhou.aliyuncs.com/'
    const request = inBody
      ? new Request(url, { method: 'POST', body: sent })
      : new Request(`${url}?${sent.toString().replaceAll('+', '%20')}`, { method })
    const response = await cloud.cloud.fetch(request)
    return { status: response.status, text: await response.text(), type: response.headers.get('content-type') }
  }
  const codeOf = async (answer: ReturnType<typeof send>): Promise<unknown> =>
    (JSON.parse((await answer).text) as { Code?: string }).Code

  describe('is explained afterwards', () => {
    const explained = async (answer: ReturnType<typeof send>) => {
      const { RequestId } = JSON.parse((await answer).text) as { RequestId: string }
      return (await cloud.ok('DescribeRequest', { RequestId })).Request!
    }

    test('with all that was signed in its order, and without what is secret', async () => {
      const trace = await explained(send({ Action: 'Encrypt', KeyId: 'alias/none', Plaintext: 'c2VjcmV0' }))
      expect(trace.Action).toBe('Encrypt')
      const { Version, Matches, BodyMatches, SignedHeaders, CanonicalRequest, StringToSign } = trace.Signature!
      expect([Version, Matches, BodyMatches, SignedHeaders]).toEqual(['1.0', true, true, []])
      const names = CanonicalRequest.split('&').map((pair) => pair.split('=')[0])
      expect(names).toEqual(names.toSorted((a = '', b = '') => (a < b ? -1 : 1)))
      expect(names).not.toContain('Signature')
      expect(CanonicalRequest).toContain(`AccessKeyId=${credentials.AccessKeyId}`)
      expect(CanonicalRequest).toContain('KeyId=alias%2Fnone')
      expect(CanonicalRequest).toContain('Plaintext=REDACTED-8')
      expect(StringToSign).toMatch(/^POST&%2F&AccessKeyId%3D/)
      expect(JSON.stringify(trace)).not.toContain('c2VjcmV0')
      expect(JSON.stringify(trace)).not.toContain(credentials.SecurityToken)
    })

    test('also where it is wrong', async () => {
      const trace = await explained(send({}, { spoil: (sent) => sent.set('PageSize', '2') }))
      expect(trace).toMatchObject({ ErrorCode: 'SignatureDoesNotMatch', Signature: { Version: '1.0', Matches: false } })
    })

    test('and the command line that is copied signs in the same way', async () => {
      const line = curlOf(await explained(send({ PageSize: '2' }, { method: 'GET' })))
      for (const part of [
        'PageSize=2',
        `AccessKeyId=${credentials.AccessKeyId}`,
        'Action=ListKeys',
        'Signature=<SIGNATURE>',
      ])
        expect(line).toContain(part)
      expect(line).toContain('Timestamp=<TIMESTAMP>')
      expect(line).not.toContain(credentials.SecurityToken)
      expect(line.match(/AccessKeyId=/g)).toHaveLength(1)
    })

    test('and a read can be sent again', async () => {
      expect(replayOf(await explained(send({ PageSize: '2' })))).toEqual({ action: 'ListKeys', input: { PageSize: 2 } })
    })
  })

  test('is taken from the query by GET and POST, and from a form', async () => {
    expect(await send({})).toMatchObject({ status: 200 })
    expect(await send({}, { method: 'GET' })).toMatchObject({ status: 200 })
    expect(await send({ Description: awkward }, { inBody: true })).toMatchObject({ status: 200 })
    expect(await send({ Description: awkward })).toMatchObject({ status: 200 })
  })

  test.each([
    ['another parameter', 'SignatureDoesNotMatch', (sent: URLSearchParams) => sent.set('PageSize', '7')],
    [
      'another signature',
      'SignatureDoesNotMatch',
      (sent: URLSearchParams) => sent.set('Signature', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='),
    ],
    ['no Base64', 'SignatureDoesNotMatch', (sent: URLSearchParams) => sent.set('Signature', '?')],
    ['an empty signature', 'SignatureDoesNotMatch', (sent: URLSearchParams) => sent.set('Signature', '')],
    ['no signature', 'MissingAccessKeyId', (sent: URLSearchParams) => sent.delete('Signature')],
    ['no access key', 'MissingAccessKeyId', (sent: URLSearchParams) => sent.delete('AccessKeyId')],
    ['no token', 'MissingSecurityToken', (sent: URLSearchParams) => sent.delete('SecurityToken')],
    ['no time', 'MissingTimestamp', (sent: URLSearchParams) => sent.delete('Timestamp')],
    ['no nonce', 'MissingSignatureNonce', (sent: URLSearchParams) => sent.delete('SignatureNonce')],
    ['a time that is none', 'InvalidTimeStamp.Format', (sent: URLSearchParams) => sent.set('Timestamp', 'today')],
    [
      'an old time',
      'InvalidTimeStamp.Expired',
      (sent: URLSearchParams) => sent.set('Timestamp', '2016-03-28T03:13:08Z'),
    ],
    ['another method', 'InvalidSignatureMethod', (sent: URLSearchParams) => sent.set('SignatureMethod', 'HMAC-SHA256')],
    ['another version', 'IncompleteSignature', (sent: URLSearchParams) => sent.set('SignatureVersion', '2.0')],
  ])('with %s: %s', async (_, code, spoil) => {
    expect(await codeOf(send({}, { spoil }))).toBe(code)
  })

  test('is answered once', async () => {
    const SignatureNonce = 'once'
    expect(await send({ SignatureNonce })).toMatchObject({ status: 200 })
    expect(await codeOf(send({ SignatureNonce }))).toBe('SignatureNonceUsed')
  })

  test("of an access key whose secret nobody knows is refused: the page's own sign by version 3", async () => {
    const spoil = (sent: URLSearchParams): void => {
      sent.set('AccessKeyId', identities.keyOperator.accessKeyId)
      sent.delete('SecurityToken')
    }
    expect(await codeOf(send({}, { spoil }))).toBe('IncompleteSignature')
  })

  test('is answered in XML where that is asked for, refusals too', async () => {
    const found = await send({ Format: 'xml', PageSize: '1' })
    expect(found).toMatchObject({ status: 200, type: 'text/xml; charset=utf-8' })
    expect(found.text).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?><ListKeysResponse><Keys><Key><KeyId>key-[a-z0-9]+<\/KeyId><KeyArn>acs:kms:[^<]+<\/KeyArn><\/Key><\/Keys><PageNumber>1<\/PageNumber><PageSize>1<\/PageSize><TotalCount>\d+<\/TotalCount><RequestId>[0-9a-f-]{36}<\/RequestId><\/ListKeysResponse>$/,
    )
    const refused = await send({ Format: 'XML', Action: 'DescribeKey', KeyId: '<&>' })
    expect(refused.text).toMatch(
      /^<\?xml [^>]+><Error><HttpStatus>404<\/HttpStatus><Code>Forbidden\.KeyNotFound<\/Code>/,
    )
  })
})
