import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actions, type ActionName, type Input, type Output } from '#src/api/contract/actions.ts'
import { writeInput } from '#src/api/contract/params.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import { importSigV4Secret } from '#mocks/crypto/sigv4.ts'
import { aliases } from '#mocks/scenarios/names.ts'
import { sign } from '#mocks/testing/sign.ts'
import { encryptBody } from '#mocks/testing/xks.ts'
import { signed } from '#mocks/testing/xki-world.ts'
import type { CloudIdentity, RequestLine, StartedCloud } from './public.ts'
import { startCloud } from './start-cloud.ts'

type Body<N extends ActionName> = Partial<Output<N>> & { readonly Code?: string; readonly HostId?: string }

async function call<N extends ActionName>(
  { kms }: StartedCloud,
  identity: CloudIdentity,
  action: N,
  input: Input<N>,
  { path = '/', region = 'cn-hangzhou' } = {},
): Promise<{ status: number; body: Body<N> }> {
  const { product, params } = actions[action]
  const { url, ...init } = await sign({
    product,
    region,
    action,
    parameters: writeInput(params, input),
    accessKeyId: identity.accessKeyId,
    key: await importHmacKey(utf8(identity.accessKeySecret)),
    time: Date.now(),
    nonce: crypto.randomUUID(),
    ...(path === '/' ? { address: kms } : {}),
  })
  const answer = await fetch(path === '/' ? url : kms + path, init)
  return { status: answer.status, body: (await answer.json()) as Body<N> }
}

let cloud: StartedCloud
const lines: RequestLine[] = []
beforeAll(async () => {
  cloud = await startCloud({ region: 'cn-hangzhou', onRequest: (line) => lines.push(line) })
})
afterAll(() => cloud.close())

const lab = (path: string, init: RequestInit = {}) =>
  fetch(`${cloud.kms}/_lab/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${cloud.labToken}`, ...init.headers },
  })

describe('a started cloud', () => {
  it('names whom one may act as, with secrets that sign at / and at the path of the console', async () => {
    for (const identity of cloud.identities) {
      const { body } = await call(cloud, identity, 'GetCallerIdentity', {})
      expect(body).toMatchObject({ AccountId: identity.account })
    }
    expect(cloud.identities[0]).toMatchObject({ type: 'account', name: 'example-main' })
    const { status } = await call(cloud, cloud.identities[0]!, 'ListKeys', {}, { path: '/api/kms/cn-hangzhou/' })
    expect(status).toBe(200)
    const stranger = { ...cloud.identities[0]!, accessKeySecret: 'wrong' }
    expect(await call(cloud, stranger, 'ListKeys', {})).toMatchObject({ body: { Code: 'SignatureDoesNotMatch' } })
  })

  it('makes a KMS key on the external key that it names, through its proxy', async () => {
    const [account] = cloud.identities
    const { externalInstance, externalKeyId } = cloud
    const created = await call(cloud, account!, 'CreateKey', {
      DKMSInstanceId: externalInstance,
      ExternalKeyId: externalKeyId,
    })
    expect(created.status).toBe(200)
    const Plaintext = encodeBase64(utf8('over the wire'))
    const { body } = await call(cloud, account!, 'Encrypt', { KeyId: created.body.KeyMetadata!.KeyId, Plaintext })
    const opened = await call(cloud, account!, 'Decrypt', { CiphertextBlob: body.CiphertextBlob! })
    expect(opened.body.Plaintext).toBe(Plaintext)
  })

  it('serves the proxy on a port of its own, with a credential and keys that may do different things', async () => {
    const { uriPrefix, accessKeyId, secretAccessKey, keys } = cloud.xks
    const credential = { accessKeyId, signingKey: await importSigV4Secret(secretAccessKey) }
    const encrypt = async (keyId: string) => {
      const path = `${uriPrefix}/kms/xks/v1/keys/${keyId}/encrypt`
      const request = await signed(path, JSON.stringify(encryptBody), {
        time: Date.now(),
        with: credential,
        host: new URL(cloud.xki).host,
      })
      return fetch(cloud.xki + path, { method: 'POST', headers: request.headers, body: await request.arrayBuffer() })
    }
    expect((await encrypt(keys.full)).status).toBe(200)
    expect((await encrypt(keys.encryptOnly)).status).toBe(200)
    expect((await encrypt(keys.decryptOnly)).status).toBe(400)
    expect((await encrypt(keys.useless)).status).toBe(400)
    expect((await fetch(`${cloud.xki}/nowhere`)).status).toBe(404)
    expect((await fetch(cloud.xki, { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024) })).status).toBeGreaterThan(399)
  })

  it('takes the region of a host, of RegionId, and else its own', async () => {
    const elsewhere = await startCloud({ scenario: 'empty', region: 'ap-southeast-1' })
    const [account] = elsewhere.identities
    const { body } = await call(elsewhere, account!, 'CreateKey', {})
    expect(body.KeyMetadata).toMatchObject({ Arn: expect.stringContaining(':ap-southeast-1:') as string })
    await elsewhere.close()
  })

  it('refuses a body beyond the limit in the words of the API', async () => {
    const body = `A=${'x'.repeat(4 * 1024 * 1024)}`
    const answer = await fetch(cloud.kms, { method: 'POST', body })
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 413,
      body: { Code: 'RequestEntityTooLarge' },
    })
  })

  it('logs what was asked and how it ended, and nothing of what it held', async () => {
    const secret = 'c2VjcmV0IHBsYWludGV4dA'
    await fetch(`${cloud.kms}/?Action=Encrypt&Version=2016-01-20&KeyId=${aliases.working}&Plaintext=${secret}`)
    const line = lines.at(-1)!
    expect(line).toMatchObject({ port: 'kms', method: 'GET', path: '/', action: 'Encrypt', from: '127.0.0.1' })
    expect(line.query).toMatchObject({ KeyId: aliases.working, Plaintext: secret.length })
    expect(JSON.stringify(lines)).not.toContain(secret)
  })

  it('says why it does not start', async () => {
    const port = Number(new URL(cloud.kms).port)
    await expect(startCloud({ port })).rejects.toThrow(`127.0.0.1:${port} is taken`)
    await expect(startCloud({ scenario: 'nirvana' })).rejects.toThrow('There is no scenario nirvana.')
    await expect(startCloud({ region: 'atlantis' })).rejects.toThrow('There is no region atlantis.')
    await expect(startCloud({ consoleDir: '/nowhere' })).rejects.toThrow('holds no build of the console')
  })
})

describe('pages of other origins', () => {
  const page = { origin: 'https://page.example' }

  it('may ask first, and then use the API with a signature', async () => {
    const asked = await fetch(cloud.kms, {
      method: 'OPTIONS',
      headers: {
        ...page,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, x-acs-action',
        'access-control-request-private-network': 'true',
      },
    })
    expect(asked.status).toBe(204)
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization, x-acs-action',
      'access-control-allow-private-network': 'true',
    })
    const answer = await fetch(`${cloud.kms}/?Action=ListKeys&Version=2016-01-20`, { headers: page })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-acs-request-id')
  })

  it('reach neither the key manager nor the lab, nor does a name that is not safe', async () => {
    const keys = '/api/key-manager/keys'
    expect((await fetch(cloud.kms + keys)).status).toBe(200)
    expect((await fetch(cloud.kms + keys, { headers: { origin: cloud.kms } })).status).toBe(200)
    for (const headers of [page, { 'sec-fetch-site': 'cross-site' }, { host: 'rebound.example' }, { origin: 'null' }]) {
      const { status } = await fetchAs(cloud.kms + keys, headers)
      expect([headers, status]).toEqual([headers, 403])
      const guarded = await fetchAs(`${cloud.kms}/_lab/clock`, {
        ...headers,
        authorization: `Bearer ${cloud.labToken}`,
      })
      expect([headers, guarded.status]).toEqual([headers, 403])
    }
  })
})

/** With headers that fetch does not let one set. */
async function fetchAs(url: string, headers: Readonly<Record<string, string>>): Promise<{ status: number }> {
  const { get } = await import('node:http')
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode ?? 0 })
    }).on('error', reject)
  })
}

describe('the lab over HTTP', () => {
  it('opens to its token alone', async () => {
    expect((await fetch(`${cloud.kms}/_lab/clock`)).status).toBe(401)
    expect((await lab('clock', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
    const [{ accessKeyId, accessKeySecret }] = cloud.identities as [CloudIdentity]
    for (const authorization of [`Bearer ${accessKeySecret}`, `Basic ${btoa(`${accessKeyId}:${accessKeySecret}`)}`])
      expect((await lab('clock', { headers: { authorization } })).status).toBe(401)
  })

  it('tells the scenario, moves the clock, sets faults, and starts again', async () => {
    expect(await (await lab('scenario')).json()).toMatchObject({ name: 'default', seed: 1 })
    const before = cloud.now()
    const moved = await lab('clock', { method: 'POST', body: '{"advanceMs":3600000}' })
    expect(moved.status).toBe(200)
    expect(cloud.now() - before).toBeGreaterThanOrEqual(3_600_000)
    const faults = [{ id: 'f', hop: 'kms', kind: 'error', action: 'ListKeys', times: 1 }]
    expect(await (await lab('faults', { method: 'PUT', body: JSON.stringify({ faults }) })).json()).toEqual({ faults })
    expect(await call(cloud, cloud.identities[0]!, 'ListKeys', {})).toMatchObject({ status: 503 })
    const loaded = await lab('scenario', { method: 'PUT', body: '{"name":"empty","seed":7}' })
    expect(await loaded.json()).toMatchObject({ name: 'empty', seed: 7 })
    // A reset signs nobody out.
    expect(await call(cloud, cloud.identities[0]!, 'ListKeys', {})).toMatchObject({ status: 200 })
    expect((await lab('scenario', { method: 'PUT', body: '{"name":"default","seed":1}' })).status).toBe(200)
    expect((await lab('reset', { method: 'POST' })).status).toBe(200)
  })

  it('shows what is stored and what was asked, without a secret', async () => {
    const snapshot = await (await lab('snapshot')).text()
    expect(JSON.parse(snapshot)).toMatchObject({ cloud: { world: [{ scenario: 'default' }] } })
    expect(snapshot).toContain('{"key":"HMAC"}')
    for (const { accessKeySecret } of cloud.identities) expect(snapshot).not.toContain(accessKeySecret)
    await call(cloud, cloud.identities[0]!, 'ListKeys', {})
    const { traces } = (await (await lab('traces')).json()) as { traces: readonly { operation: string }[] }
    expect(traces[0]).toMatchObject({ operation: 'ListKeys' })
  })

  it.each([
    ['nowhere', {}, 404],
    ['constructor', {}, 404],
    ['clock', { method: 'DELETE' }, 405],
    ['clock', { method: 'POST', body: '{' }, 400],
    ['clock', { method: 'POST', body: '{"advanceMs":-1}' }, 400],
    ['scenario', { method: 'PUT', body: '{"name":"nirvana","seed":1}' }, 400],
    ['scenario', { method: 'PUT', body: '{"name":"default","seed":0.5}' }, 400],
    ['faults', { method: 'PUT', body: '{"faults":[{"id":"f","hop":"sun","kind":"error"}]}' }, 400],
    ['faults', { method: 'PUT', body: '{"faults":[{"id":"f","hop":"kms","kind":"error","action":"Fly"}]}' }, 400],
  ])('refuses %s %o', async (path, init, status) => {
    const answer = await lab(path, init)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ error: { message: expect.any(String) as string } })
  })
})
