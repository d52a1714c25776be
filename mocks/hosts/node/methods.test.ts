/** HEAD and OPTIONS at the cloud's port. */
import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clockHeader } from '#src/api/contract/backend.ts'
import { v1StringToSign } from '#src/api/contract/signature-v1.ts'
import type { StartedCloud } from './public.ts'
import { startCloud } from './start-cloud.ts'

let cloud: StartedCloud
beforeAll(async () => {
  cloud = await startCloud()
})
afterAll(() => cloud.close())

/** Signed by version 1.0 for the method `signedAs`. */
function ask(method: string, signedAs: string, parameters: Readonly<Record<string, string>>): Promise<Response> {
  const { accessKeyId, accessKeySecret } = cloud.identities[0]!
  const all = new Map(
    Object.entries({
      ...parameters,
      Version: '2016-01-20',
      AccessKeyId: accessKeyId,
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      SignatureNonce: randomUUID(),
      Timestamp: new Date().toISOString().replace(/\.\d+/, ''),
    }),
  )
  const text = v1StringToSign(signedAs, all)
  all.set('Signature', createHmac('sha1', `${accessKeySecret}&`).update(text).digest('base64'))
  return fetch(`${cloud.kms}/?${new URLSearchParams([...all]).toString()}`, { method })
}

/** Without what is of this one request, or of the connection. */
const own: ReadonlySet<string> = new Set(['date', clockHeader, 'x-acs-request-id', 'connection', 'keep-alive'])
const comparable = ({ status, headers }: Response) => ({
  status,
  headers: [...headers].filter(([name]) => !own.has(name)),
  hasId: headers.has('x-acs-request-id'),
})

test.each([{ Action: 'ListKeys', PageSize: '1' }, { Action: 'DescribeKey' }, { Action: 'MakeCoffee' }] as const)(
  'HEAD has the status and headers of GET, and no body: $Action',
  async (parameters) => {
    const got = await ask('GET', 'GET', parameters)
    const headed = await ask('HEAD', 'HEAD', parameters)
    expect(comparable(headed)).toEqual(comparable(got))
    expect(Number(headed.headers.get('content-length'))).toBe((await got.text()).length)
    expect(await headed.text()).toBe('')
  },
)

test('HEAD is signed as HEAD', async () => {
  expect((await ask('HEAD', 'GET', { Action: 'ListKeys' })).status).toBe(400)
  expect((await ask('HEAD', 'HEAD', { Action: 'ListKeys' })).status).toBe(200)
})

test('OPTIONS says what is allowed, also where no page asks', async () => {
  for (const path of ['/', '/api/kms/cn-hangzhou/']) {
    const answer = await fetch(cloud.kms + path, { method: 'OPTIONS' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  }
})

test('any other method is refused in the words of the API', async () => {
  expect(await (await ask('PUT', 'PUT', { Action: 'ListKeys' })).json()).toMatchObject({
    Code: 'UnsupportedHTTPMethod',
  })
})
