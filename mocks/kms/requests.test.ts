import { beforeEach, describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import type { Input } from '#src/api/contract/actions.ts'
import { testCloud, type CallOptions, type TestCloud } from '#mocks/testing/client.ts'
import { account, keyIds, region, smallWorld } from '#mocks/testing/small-world.ts'

const canary = 'canary-77aa'
const Plaintext = Buffer.from(`${canary} plaintext`).toString('base64')
const admin = `acs:ram::${account}:user/admin`

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

const list = (input: Input<'ListRequests'> = {}, options: CallOptions = { as: 'owner' }) =>
  cloud.ok('ListRequests', input, options)
const actionsIn = async (input: Input<'ListRequests'> = {}, options?: CallOptions) =>
  (await list(input, options)).Requests.Request.map(({ Action }) => Action)
const traceOf = async (RequestId: string | undefined, as = 'owner') =>
  (await cloud.ok('DescribeRequest', { RequestId: RequestId ?? '' }, { as })).Request
const idOf = ({ body }: { body: object }): string => (body as { RequestId: string }).RequestId

describe('ListRequests', () => {
  test('tells the newest first, and is none itself', async () => {
    await cloud.ok('ListKeys', {}, { as: 'owner' })
    cloud.runtime.advance(1500)
    await cloud.code('Encrypt', { KeyId: keyIds.disabled, Plaintext }, { as: 'admin' })
    const [refused, done] = (await list()).Requests.Request
    expect(refused).toMatchObject({
      Time: '2026-03-02T08:00:01.500Z',
      Action: 'Encrypt',
      PrincipalArn: admin,
      Region: region,
      Result: 'Refused',
      Status: 409,
      ErrorCode: 'Rejected.Disabled',
      Hop: 'kms',
    })
    expect(done).toMatchObject({ Action: 'ListKeys', Result: 'Success', Status: 200, ErrorCode: '', Hop: '' })
    expect(await list()).toMatchObject({ TotalCount: 2, Scope: 'Account', Actions: ['Encrypt', 'ListKeys'] })
  })

  test('is narrowed, and paged', async () => {
    const first = await cloud.call('ListKeys', {}, { as: 'owner' })
    cloud.runtime.advance(1000)
    await cloud.code('Encrypt', { KeyId: keyIds.disabled, Plaintext }, { as: 'admin' })
    await cloud.cloud.lab.setFaults([{ id: 'down', hop: 'proxy', kind: 'unreachable' }])
    await cloud.code('Encrypt', { KeyId: keyIds.enabled, Plaintext }, { as: 'admin' })
    await cloud.cloud.lab.setFaults([{ id: 'lost', hop: 'kms', kind: 'lostAnswer', times: 1 }])
    await cloud.call('DescribeKey', { KeyId: keyIds.enabled }, { as: 'owner' })
    expect(await actionsIn()).toEqual(['DescribeKey', 'Encrypt', 'Encrypt', 'ListKeys'])
    expect(await actionsIn({ RequestId: idOf(first) })).toEqual(['ListKeys'])
    expect(await actionsIn({ EventName: 'Encrypt', Hop: 'proxy' })).toEqual(['Encrypt'])
    expect(await actionsIn({ PrincipalArn: admin, Result: 'Success' })).toEqual([])
    expect(await actionsIn({ Result: 'NoAnswer' })).toEqual(['DescribeKey'])
    expect(await actionsIn({ Until: '2026-03-02T08:00:00.999Z' })).toEqual(['ListKeys'])
    expect(await actionsIn({ Since: '2026-03-02T08:00:01.000Z' })).toHaveLength(3)
    expect(await actionsIn({ PageNumber: 2, PageSize: 3 })).toEqual(['ListKeys'])
    expect(await cloud.code('ListRequests', { Since: 'yesterday' })).toBe('InvalidParameter')
    expect(await cloud.code('ListRequests', { PageSize: 201 })).toBe('InvalidParameter')
  })

  test('without the permission one is told of one’s own requests only', async () => {
    const other = await cloud.call('ListKeys', {}, { as: 'owner' })
    const own = await cloud.call('ListKeys', {}, { as: 'nobody' })
    expect(await list({}, { as: 'nobody' })).toMatchObject({ TotalCount: 1, Scope: 'Own' })
    expect(await traceOf(idOf(other), 'nobody')).toBeNull()
    expect(await traceOf(idOf(own), 'nobody')).toMatchObject({
      ErrorCode: 'Forbidden.NoPermission',
      Detail: { Decision: { AuthAction: 'kms:ListKeys' } },
      Steps: expect.arrayContaining([expect.objectContaining({ Name: 'authorise', Failed: true })]),
    })
  })

  test('nobody is told of another account’s, nor of another region’s', async () => {
    const foreign = await cloud.call('ListKeys', {}, { as: 'stranger' })
    expect(await actionsIn()).toEqual([])
    expect(await traceOf(idOf(foreign))).toBeNull()
    await cloud.call('ListKeys', {}, { as: 'owner', region: 'cn-shanghai' })
    await cloud.call('ListUsers', {}, { as: 'owner' })
    expect(await actionsIn()).toEqual(['ListUsers'])
  })
})

describe('DescribeRequest', () => {
  test('tells every step and hop', async () => {
    const trace = await traceOf(idOf(await cloud.call('Encrypt', { KeyId: keyIds.enabled, Plaintext })))
    expect(trace).toMatchObject({
      Method: 'POST',
      Host: `kms.${region}.aliyuncs.com`,
      Signature: { BodyMatches: true, Matches: true },
      Hops: [{ Hop: 'proxy', Operation: 'encrypt', Status: 200, ErrorCode: '' }],
      Parameters: [
        { Name: 'KeyId', Value: keyIds.enabled, Size: null },
        { Name: 'Plaintext', Value: null, Size: Plaintext.length },
      ],
    })
    expect(trace!.Steps.map(({ Name }) => Name)).toEqual([
      'decode',
      'action',
      'authenticate',
      'faults',
      'validate',
      'find',
      'authorise',
      'state',
      'act',
      'answer',
    ])
    expect(trace!.Answer).toContainEqual({ Name: 'KeyId', Value: keyIds.enabled, Size: null })
    expect(trace!.Answer).toContainEqual({ Name: 'CiphertextBlob', Value: null, Size: expect.any(Number) })
  })

  test('names the hop that failed', async () => {
    await cloud.cloud.lab.setFaults([{ id: 'slow', hop: 'proxy', kind: 'timeout' }])
    const trace = await traceOf(idOf(await cloud.call('Encrypt', { KeyId: keyIds.enabled, Plaintext })))
    expect(trace).toMatchObject({
      ErrorCode: 'Rejected.Unavailable',
      Hop: 'proxy',
      Detail: { Hop: 'proxy', Cause: 'proxyTimeout' },
      Hops: [
        {
          ErrorCode: 'proxyTimeout',
          Steps: [
            { Name: 'request', Failed: false },
            { Name: 'answer', Failed: true },
          ],
        },
      ],
    })
    expect(trace!.Steps.at(-1)).toMatchObject({ Name: 'act', Failed: true })
  })

  test('the string to sign is the hash of the canonical request that is told', async () => {
    const trace = await traceOf(idOf(await cloud.call('ListKeys', {})))
    const { CanonicalRequest, StringToSign } = trace!.Signature!
    const hash = createHash('sha256').update(CanonicalRequest).digest('hex')
    expect(StringToSign).toBe(`ACS3-HMAC-SHA256\n${hash}`)
  })

  test('a wrong signature is told with what was computed, and a tampered body apart from it', async () => {
    const signed = await cloud.signed('kms', 'ListKeys', [], { as: 'owner' })
    const headers = {
      ...signed.headers,
      authorization: signed.headers.authorization!.replace(/.{64}$/, '0'.repeat(64)),
    }
    const trace = await traceOf((await cloud.send({ ...signed, headers })).body.RequestId)
    expect(trace).toMatchObject({
      ErrorCode: 'SignatureDoesNotMatch',
      Signature: { BodyMatches: true, Matches: false },
      Steps: expect.arrayContaining([expect.objectContaining({ Name: 'authenticate', Failed: true })]),
    })
    const other = await cloud.signed('kms', 'ListKeys', [], { as: 'owner' })
    const tampered = await traceOf((await cloud.send({ ...other, body: 'PageSize=2' })).body.RequestId)
    expect(tampered!.Signature).toMatchObject({ BodyMatches: false, Matches: false })
  })

  test('no plaintext, data key, context, policy, signature or token is told', async () => {
    const EncryptionContext = { order: `${canary}-context` }
    const sent = [
      await cloud.call('Encrypt', { KeyId: keyIds.enabled, Plaintext, EncryptionContext }),
      await cloud.call('GenerateDataKey', { KeyId: keyIds.enabled }),
      await cloud.call('SetKeyPolicy', { KeyId: keyIds.enabled, PolicyName: 'default', Policy: `{"${canary}":1}` }),
      await cloud.call('TagResource', { KeyId: keyIds.enabled, Tags: [{ TagKey: 'k', TagValue: canary }] }),
    ]
    const signed = await cloud.signed('kms', 'Encrypt', [
      ['KeyId', keyIds.enabled],
      ['Plaintext', Plaintext],
    ])
    const spoiled = await cloud.send({
      ...signed,
      url: `${signed.url}?Plaintext=${encodeURIComponent(Plaintext)}`,
      body: '',
      headers: { ...signed.headers, 'x-acs-security-token': `${canary}-token` },
    })
    const blob = String((sent[0]!.body as { CiphertextBlob: string }).CiphertextBlob)
    const dataKey = String((sent[1]!.body as { Plaintext: string }).Plaintext)
    const signature = /Signature=(.+)$/.exec(signed.headers.authorization ?? '')![1]!
    for (const request of [...sent, spoiled]) {
      const told = JSON.stringify(await traceOf(idOf(request)))
      for (const secret of [canary, Plaintext, encodeURIComponent(Plaintext), blob, dataKey, signature])
        expect(told).not.toContain(secret)
    }
  })

  test('what is not there, or in progress, is null', async () => {
    expect(await traceOf('no-such-request')).toBeNull()
  })
})

test('pages of a long list', async () => {
  for (let index = 0; index < 300; index++) await cloud.call('ListKeys', {}, { as: 'owner' })
  expect((await list({ PageSize: 200, PageNumber: 2 })).Requests.Request).toHaveLength(100)
})

test('extensions are off under strict compatibility', async () => {
  cloud = await testCloud({ strict: true })
  expect(await cloud.code('ListRequests', {})).toBe('InvalidAction.NotFound')
  expect(await cloud.code('DescribeRequest', { RequestId: 'x' })).toBe('InvalidAction.NotFound')
})
