import { beforeAll, describe, expect, it } from 'vitest'
import { createClient, type Client } from './client.ts'
import { markHeader } from './contract/backend.ts'

let key: CryptoKey
beforeAll(async () => {
  const secret = new TextEncoder().encode('example-secret-0001')
  key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
})

type Answer = () => Response | Promise<Response>
const answer =
  (body: object | string, status = 200, marked = true): Answer =>
  () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      headers: { 'x-acs-request-id': 'request-1', ...(marked ? { [markHeader]: 'emulator/1' } : {}) },
    })
const alias = { Aliases: { Alias: [] }, PageNumber: 1, PageSize: 10, TotalCount: 0 }
const throttled = answer({ Code: 'Rejected.Throttling', Message: 'QPS Limit Exceeded', RequestId: 'r' }, 429)

function clientWith(answers: Answer[], revive?: () => Promise<void>) {
  const sent: { url: string; body: string; headers: Headers }[] = []
  const pauses: number[] = []
  let nonce = 0
  const client: Client = createClient({
    fetch: async (url, init) => {
      sent.push({ url, body: String(init.body), headers: new Headers(init.headers) })
      return answers[sent.length - 1]!()
    },
    address: '/kms/',
    credentials: () => Promise.resolve({ accessKeyId: 'LTAIEXAMPLEKEYID0001', key, securityToken: null }),
    wallNow: () => Date.UTC(2024, 5, 1, 8),
    nonce: () => `nonce-${++nonce}`,
    sleep: (ms) => Promise.resolve(void pauses.push(ms)),
    revive,
  })
  return { client, sent, pauses }
}
const region = 'cn-hangzhou'

describe('a call', () => {
  it('puts every parameter into the body and nothing into the address', async () => {
    const { client, sent } = clientWith([answer({ KeyId: 'k', CiphertextBlob: 'QUJD' })])
    await client.call('Encrypt', { KeyId: 'k', Plaintext: 'QUI+/w==', EncryptionContext: { a: 'b c' } }, { region })
    expect(sent[0]!.url).toBe('/kms/api/kms/cn-hangzhou/')
    expect(Object.fromEntries(new URLSearchParams(sent[0]!.body))).toEqual({
      KeyId: 'k',
      Plaintext: 'QUI+/w==',
      EncryptionContext: '{"a":"b c"}',
    })
  })

  it('sends actions without a region to the global place', async () => {
    const { client, sent } = clientWith([answer({ AccountId: '1', Arn: 'a', IdentityType: 'Account' })])
    await client.call('GetCallerIdentity', {}, { region })
    expect(sent[0]!.url).toBe('/kms/api/sts/global/')
  })

  it('returns a refusal as a value, with the parameter that it names', async () => {
    const body = {
      Code: 'InvalidParameter',
      Message: 'The specified parameter "KeyId" is not valid.',
      RequestId: 'r-9',
    }
    const { client } = clientWith([answer(body, 400)])
    const result = await client.call('DescribeKey', { KeyId: 'x' }, { region })
    expect(result.ok ? null : result.error).toMatchObject({
      kind: 'refused',
      code: 'InvalidParameter',
      status: 400,
      requestId: 'r-9',
      parameter: 'KeyId',
    })
  })

  it.each([answer('<html>'), answer({ Aliases: [] }), answer('no', 500), answer({ message: 'x' }, 404)])(
    'calls an answer that is not the contract’s unreadable',
    async (odd) => {
      const { client } = clientWith([odd])
      const result = await client.call('ListAliases', {}, { region })
      expect(result.ok ? null : result.error.kind).toBe('unreadable')
    },
  )

  it('says that the outcome is unknown when no answer comes', async () => {
    const { client, sent } = clientWith([() => Promise.reject(new TypeError('Failed to fetch'))])
    const result = await client.call('CreateKey', {}, { region })
    expect(result.ok ? null : result.error.kind).toBe('unreachable')
    expect(sent).toHaveLength(1)
  })
})

describe('throttling', () => {
  it('backs off and repeats a read', async () => {
    const { client, sent, pauses } = clientWith([throttled, throttled, answer(alias)])
    expect((await client.call('ListAliases', {}, { region })).ok).toBe(true)
    expect(sent).toHaveLength(3)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
    expect(new Set(sent.map(({ headers }) => headers.get('x-acs-signature-nonce'))).size).toBe(3)
  })

  it('never repeats a write by itself', async () => {
    const { client, sent } = clientWith([throttled])
    const result = await client.call('EnableKey', { KeyId: 'k' }, { region })
    expect(result.ok ? null : result.error.status).toBe(429)
    expect(sent).toHaveLength(1)
  })
})

describe('an answer without the emulator’s mark', () => {
  const passedThrough = answer('<html>', 404, false)

  it('revives the interception and sends the request once more, a write too', async () => {
    let revived = 0
    const { client, sent } = clientWith([passedThrough, answer({})], () => Promise.resolve(void revived++))
    expect((await client.call('DisableKey', { KeyId: 'k' }, { region })).ok).toBe(true)
    expect([revived, sent.length]).toEqual([1, 2])
  })

  it('says that the request was not delivered when that fails', async () => {
    const { client, sent } = clientWith([passedThrough, passedThrough], () => Promise.resolve())
    const result = await client.call('DisableKey', { KeyId: 'k' }, { region })
    expect(result.ok ? null : result.error.kind).toBe('notDelivered')
    expect(sent).toHaveLength(2)
  })

  it('says so too when the interception cannot be revived', async () => {
    const { client, sent } = clientWith([passedThrough], () => Promise.reject(new Error('No service worker.')))
    const result = await client.call('DisableKey', { KeyId: 'k' }, { region })
    expect(result.ok ? null : result.error.kind).toBe('notDelivered')
    expect(sent).toHaveLength(1)
  })

  it('is an ordinary answer where no emulator stands behind the page', async () => {
    const { client } = clientWith([answer(alias, 200, false)])
    expect((await client.call('ListAliases', {}, { region })).ok).toBe(true)
  })
})

it('keeps six reads in flight at once, and lets a write pass them', async () => {
  const waiting: ((response: Response) => void)[] = []
  const held: Answer = () => new Promise((resolve) => waiting.push(resolve))
  const { client, sent } = clientWith([
    ...Array.from({ length: 6 }, () => held),
    answer({}),
    ...Array.from({ length: 4 }, () => held),
  ])
  const reads = Array.from({ length: 10 }, () => client.call('ListAliases', {}, { region }))
  await expect.poll(() => waiting.length).toBe(6)
  expect((await client.call('EnableKey', { KeyId: 'k' }, { region })).ok).toBe(true)
  expect(sent).toHaveLength(7)
  for (let done = 0; done < 10; done++) {
    await expect.poll(() => waiting.length).toBeGreaterThan(done)
    waiting[done]!(await answer(alias)())
  }
  expect((await Promise.all(reads)).every(({ ok }) => ok)).toBe(true)
})
