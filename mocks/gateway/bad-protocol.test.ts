/** What is wrong with a request before its parameters are read: the documented refusal, and nothing is written. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { limits } from '#src/api/contract/rules.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import { sign, type Signed } from '#mocks/testing/sign.ts'
import { region, smallWorld } from '#mocks/testing/small-world.ts'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

describe('the protocol', () => {
  const listKeys = () => cloud.signed('kms', 'ListKeys', [])
  const code = async (change: (signed: Signed) => Signed | Promise<Signed>): Promise<ErrorCode | undefined> => {
    const signed = await change(await listKeys())
    return (await refusalOf(cloud, () => cloud.send(signed))).code
  }
  const withHeaders = (change: Record<string, string | undefined>) => (signed: Signed) => ({
    ...signed,
    headers: Object.fromEntries(
      Object.entries({ ...signed.headers, ...change }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
  })

  test.each<[string, ErrorCode, (signed: Signed) => Signed]>([
    ['method', 'UnsupportedHTTPMethod', (signed) => ({ ...signed, method: 'PUT' })],
    ['region that does not exist', 'InvalidAction.NotFound', (s) => ({ ...s, url: s.url.replace(region, 'atlantis') })],
    ['product that does not exist', 'InvalidAction.NotFound', (s) => ({ ...s, url: s.url.replace('/kms/', '/ecs/') })],
    ['no action', 'MissingAction', withHeaders({ 'x-acs-action': undefined })],
    ['no version', 'MissingVersion', withHeaders({ 'x-acs-version': undefined })],
    ['another version', 'InvalidVersion', withHeaders({ 'x-acs-version': '2016-01-21' })],
    ["another product's version", 'InvalidVersion', withHeaders({ 'x-acs-version': '2015-05-01' })],
    ['unknown action', 'InvalidAction.NotFound', withHeaders({ 'x-acs-action': 'listkeys' })],
    ["an object's own name as action", 'InvalidAction.NotFound', withHeaders({ 'x-acs-action': 'constructor' })],
    ["another product's action", 'InvalidAction.NotFound', withHeaders({ 'x-acs-action': 'ListUsers' })],
    ['no signature', 'MissingAccessKeyId', withHeaders({ authorization: undefined })],
    ['signed for another region', 'SignatureDoesNotMatch', (s) => ({ ...s, url: s.url.replace(region, 'cn-beijing') })],
    ['another body than signed', 'SignatureDoesNotMatch', (signed) => ({ ...signed, body: 'PageSize=20' })],
    [
      'unknown access key',
      'InvalidAccessKeyId.NotFound',
      (s) => withHeaders({ authorization: s.headers.authorization!.replace('owner', 'LTAIunknown') })(s),
    ],
    [
      'inactive access key',
      'InvalidAccessKeyId.Inactive',
      (s) => withHeaders({ authorization: s.headers.authorization!.replace('owner', 'inactive') })(s),
    ],
    [
      "another identity's access key",
      'SignatureDoesNotMatch',
      (s) => withHeaders({ authorization: s.headers.authorization!.replace('owner', 'admin') })(s),
    ],
  ])('%s: %s', async (_, expected, change) => {
    expect(await code(change)).toBe(expected)
  })

  test('answers in a format that is none: InvalidParameter.Format', async () => {
    const signed = await cloud.signed('kms', 'ListKeys', [['Format', 'YAML']])
    expect((await refusalOf(cloud, () => cloud.send(signed))).code).toBe('InvalidParameter.Format')
  })

  test('a body over the limit: 413', async () => {
    const signed = await cloud.signed('kms', 'ListKeys', [['Filler', 'x'.repeat(limits.bodyBytes)]])
    const { status, body } = await cloud.send(signed)
    expect([status, body.Code]).toEqual([413, 'RequestEntityTooLarge'])
  })

  test('a stale, a future and a replayed request', async () => {
    const key = await cloud.cloud.signingKey('owner')
    const at = async (offset: number): Promise<Signed> => {
      const time = cloud.runtime.wallNow() + offset
      const request = { product: 'kms', region, action: 'ListKeys', parameters: [], accessKeyId: 'owner', key } as const
      return sign({ ...request, time, nonce: cloud.runtime.uuid() })
    }
    for (const offset of [-limits.signatureSkewMs - 1000, limits.signatureSkewMs + 1000])
      expect(await code(() => at(offset))).toBe('InvalidTimeStamp.Expired')
    const signed = await listKeys()
    expect((await cloud.send(signed)).status).toBe(200)
    expect(await code(() => signed)).toBe('SignatureNonceUsed')
  })

  test('an unpublished parameter has no effect and is named in the trace', async () => {
    const signed = await cloud.signed('kms', 'ListKeys', [['Colour', 'red']])
    expect((await cloud.send(signed)).status).toBe(200)
    const [span] = cloud.cloud.dump().trace
    expect(span!.marks.find(({ step }) => step === 'validate')!.note).toBe('ignored: Colour')
  })
})
