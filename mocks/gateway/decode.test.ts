import { describe, expect, test } from 'vitest'
import { limits } from '#src/api/contract/rules.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { decode, endpointOf } from './decode.ts'

const form = 'application/x-www-form-urlencoded; charset=utf-8'
const url = 'https://console.test/some/base/api/kms/cn-hangzhou/'

interface Sent {
  readonly url?: string
  readonly method?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Record<string, string>
}
const decoded = ({ body, headers = {}, method = 'POST', ...sent }: Sent) =>
  decode(
    new Request(sent.url ?? url, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': form }), ...headers },
      ...(body === undefined ? {} : { body }),
    }),
  )

test.each([
  [
    'https://a.test/api/kms/cn-hangzhou/',
    { product: 'kms', region: 'cn-hangzhou', host: 'kms.cn-hangzhou.aliyuncs.com' },
  ],
  ['https://a.test/b/c/api/ram/global/?x=1', { product: 'ram', region: 'global', host: 'ram.aliyuncs.com' }],
  ['https://a.test/api/sts/global/', { product: 'sts', region: 'global', host: 'sts.aliyuncs.com' }],
  ['https://a.test/api/kms/global/', null],
  ['https://a.test/api/ram/cn-hangzhou/', null],
  ['https://a.test/api/kms/atlantis/', null],
  ['https://a.test/api/ecs/cn-hangzhou/', null],
  ['https://a.test/api/toString/cn-hangzhou/', null],
  ['https://a.test/api/kms/cn-hangzhou', null],
  ['https://a.test/api/kms/cn-hangzhou/x/', null],
  ['https://a.test/', null],
])('the endpoint of %s', (address, endpoint) => {
  expect(endpointOf(address)).toEqual(endpoint)
})

test('parameters of query and form body are one', async () => {
  const call = await decoded({
    url: `${url}?A=1+2&B=%E8%AE%A2&=x`,
    body: 'C=a%3Db%26c&D&E==&F=%F0%9F%98%80&&',
    headers: { 'x-acs-action': 'ListKeys', 'x-acs-version': '2016-01-20' },
  })
  expect(Object.fromEntries(call.params)).toEqual({ A: '1 2', B: '订', '': 'x', C: 'a=b&c', D: '', E: '=', F: '😀' })
  expect(call).toMatchObject({ action: 'ListKeys', version: '2016-01-20', method: 'POST', region: 'cn-hangzhou' })
  expect(call.query).toEqual([
    ['A', '1 2'],
    ['B', '订'],
    ['', 'x'],
  ])
})

test('action and version travel in a header or as a parameter', async () => {
  const call = await decoded({ method: 'GET', url: `${url}?Action=ListKeys&Version=2016-01-20` })
  expect(call).toMatchObject({ action: 'ListKeys', version: '2016-01-20' })
  await expect(decoded({ body: '' })).resolves.toMatchObject({ action: null, version: null })
  await expect(decoded({ body: 'Action=' })).resolves.toMatchObject({ action: null })
  await expect(decoded({ body: 'Action=ListKeys', headers: { 'x-acs-action': 'ListKeys' } })).resolves.toMatchObject({
    action: 'ListKeys',
  })
})

describe('requests to /, as official clients send them', () => {
  const at = (host: string, query: string, more: Sent = {}) =>
    decode(new Request(`http://127.0.0.1:5040/?${query}`, { headers: { host }, ...more }), 'cn-shanghai')
  const kms = 'Action=ListKeys&Version=2016-01-20'

  test.each([
    ['127.0.0.1:5040', kms, { product: 'kms', region: 'cn-shanghai', host: '127.0.0.1:5040' }],
    ['kms.eu-central-1.aliyuncs.com', kms, { product: 'kms', region: 'eu-central-1' }],
    [
      'cn-beijing.localhost:5040',
      `${kms}&RegionId=cn-qingdao`,
      { region: 'cn-beijing', host: 'cn-beijing.localhost:5040' },
    ],
    ['localhost', `${kms}&RegionId=cn-qingdao`, { region: 'cn-qingdao' }],
    ['localhost', `${kms}&RegionId=atlantis`, { region: 'cn-shanghai' }],
    ['localhost', 'Action=ListUsers&Version=2015-05-01&RegionId=cn-qingdao', { product: 'ram', region: 'global' }],
    ['localhost', 'Action=AssumeRole&Version=2015-04-01', { product: 'sts', region: 'global' }],
    [
      'localhost',
      'Action=ListResourceShares&Version=2020-01-10',
      { product: 'resourcesharing', region: 'cn-shanghai' },
    ],
    ['localhost', 'Action=ListKeys&Version=1999-01-01', { product: 'kms', version: '1999-01-01' }],
    ['localhost', 'Action=ListKeys', { product: 'kms', version: null }],
  ])('%s, %s', async (host, query, expected) => {
    expect(await at(host, query)).toMatchObject(expected)
  })

  test('name their product in the form body or a header just as well', async () => {
    const headers = { host: 'localhost', 'content-type': form }
    const inBody = at('', '', { method: 'POST', headers, body: 'Action=ListUsers&Version=2015-05-01' })
    expect(await inBody).toMatchObject({ product: 'ram' })
    const inHeader = at('', '', { method: 'POST', headers: { ...headers, 'x-acs-version': '2015-04-01' }, body: '' })
    expect(await inHeader).toMatchObject({ product: 'sts' })
  })
})

describe('refusals', () => {
  const malformed: [string, Sent][] = [
    ['a percent sign alone', { body: 'A=%' }],
    ['percent and no hex', { body: 'A=%zz' }],
    ['bytes that are no UTF-8, encoded', { body: 'A=%FF' }],
    ['half a surrogate pair, encoded', { body: 'A=%ED%A0%80' }],
    ['bytes that are no UTF-8, raw', { body: new Uint8Array([0x41, 0x3d, 0xff]) }],
    ['a malformed query', { url: `${url}?A=%E8%AE` }],
    ['a malformed name', { body: '%E8=1' }],
    ['the same parameter twice', { body: 'A=1&A=1' }],
    ['the same parameter in query and body', { url: `${url}?A=1`, body: 'A=2' }],
    ['JSON as a body', { body: '{}', headers: { 'content-type': 'application/json' } }],
    [
      'another character set',
      { body: 'A=1', headers: { 'content-type': 'application/x-www-form-urlencoded; charset=gbk' } },
    ],
    ['contradicting actions', { body: 'Action=ListKeys', headers: { 'x-acs-action': 'CreateKey' } }],
    ['contradicting versions', { body: 'Version=1', headers: { 'x-acs-version': '2016-01-20' } }],
  ]
  test.each(malformed)('%s', async (_, sent) => {
    await expect(decoded(sent)).rejects.toMatchObject({ code: 'ParseRequestParameterException' })
  })

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('method %s', async (method) => {
    await expect(decoded({ method })).rejects.toMatchObject({ code: 'UnsupportedHTTPMethod' })
  })

  test('an address of nothing', async () => {
    await expect(decoded({ url: 'https://a.test/api/kms/atlantis/', body: 'A=%' })).rejects.toMatchObject({
      code: 'InvalidAction.NotFound',
    })
  })

  test('a body at the limit is read, one byte more is not', async () => {
    const body = utf8(`A=${'x'.repeat(limits.bodyBytes - 2)}`)
    expect((await decoded({ body })).params.get('A')).toHaveLength(limits.bodyBytes - 2)
    await expect(decoded({ body: utf8(`A=${'x'.repeat(limits.bodyBytes - 1)}`) })).rejects.toMatchObject({
      code: 'RequestEntityTooLarge',
    })
  })

  test('a body that breaks off', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error('broken')),
    })
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': form } }
    await expect(decode(new Request(url, init))).rejects.toMatchObject({ code: 'ParseRequestParameterException' })
  })
})

test('a map that came flattened is the JSON that it stands for, and what was signed stays as sent', async () => {
  const body = 'EncryptionContext.a=1&EncryptionContext.b.c=&EncryptionContext.__proto__=x&KeyId=k'
  const { params, sent } = await decoded({ body })
  expect([...params]).toEqual([
    ['KeyId', 'k'],
    ['EncryptionContext', '{"a":"1","b.c":"","__proto__":"x"}'],
  ])
  expect(sent.get('EncryptionContext.a')).toBe('1')
  const both = await decoded({ body: 'EncryptionContext={}&EncryptionContext.a=1' })
  expect(both.params).toEqual(both.sent)
})
