/** KMS and a proxy that is really there: another emulator's, behind TLS with a certificate of its own making. */
import { createHash, X509Certificate } from 'node:crypto'
import { request as forward, type RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { afterEach, describe, expect, test } from 'vitest'
import type { ActionName, Input } from '#src/api/contract/actions.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { callOver } from '#mocks/testing/http-client.ts'
import { CertificateMismatch } from '#mocks/xki/network.ts'
import { createRealProxies } from './real-proxies.ts'
import { startCloud } from './start-cloud.ts'

const name = 'proxy.corp.test'
const here = `${name}=127.0.0.1`
const budgetMs = 250

const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

async function tlsServer(answer: RequestListener, days: readonly [from: number, to: number] = [-1, 30]) {
  const dayMs = 24 * 60 * 60_000
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    notBeforeDate: new Date(Date.now() + days[0] * dayMs),
    notAfterDate: new Date(Date.now() + days[1] * dayMs),
  })
  const server: Server = createServer({ key, cert }, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ending.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const fingerprint = `sha256-${createHash('sha256').update(new X509Certificate(cert).raw).digest('hex')}`
  return { server, fingerprint, host: `${name}:${(server.address() as AddressInfo).port}` }
}

function realProxies(hosts: readonly string[] = [here]) {
  const proxies = createRealProxies({ hosts, now: Date.now, answerBudgetMs: budgetMs })
  ending.push(proxies.close)
  return proxies
}

const post = (host: string): Request =>
  new Request(`https://${host}/kms/xks/v1/health`, { method: 'POST', body: '{}', headers: { authorization: 'signed' } })

describe('what is sent', () => {
  test('arrives with its headers and body, and connections are kept', async () => {
    const arrived: string[] = []
    const ports = new Set<number | undefined>()
    const { host, fingerprint } = await tlsServer((request, response) => {
      ports.add(request.socket.remotePort)
      request.on('data', (body: Buffer) =>
        arrived.push(`${request.headers.authorization} ${request.headers.host} ${body.toString()}`),
      )
      request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'))
    })
    const { send } = realProxies()
    for (let time = 0; time < 3; time++) {
      const { response, latencyMs } = await send(post(host), 'Encrypt', fingerprint)
      expect([response.status, await response.json()]).toEqual([200, { ok: true }])
      expect(latencyMs).toBeLessThan(Infinity)
    }
    expect(arrived).toEqual(Array.from({ length: 3 }, () => `signed ${host} {}`))
    expect(ports.size).toBe(1)
  })

  test('is never sent where the certificate is not the pinned one', async () => {
    let requests = 0
    const { host, fingerprint } = await tlsServer((_, response) => {
      requests += 1
      response.end()
    })
    const { send } = realProxies()
    await expect(
      send(
        post(host),
        'Encrypt',
        fingerprint.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      ),
    ).rejects.toBeInstanceOf(CertificateMismatch)
    expect(requests).toBe(0)
  })

  test.each([
    ['expired', [-30, -1]],
    ['not yet valid', [1, 30]],
  ] as const)('is never sent where the certificate is %s', async (_, days) => {
    const { host, fingerprint } = await tlsServer(() => expect.unreachable(), days)
    await expect(realProxies().send(post(host), 'Encrypt', fingerprint)).rejects.toBeInstanceOf(CertificateMismatch)
  })

  test('goes on over a connection that the other side closed meanwhile', async () => {
    const { host, fingerprint, server } = await tlsServer((_, response) => response.end('{}'))
    const { send } = realProxies()
    await send(post(host), 'Encrypt', fingerprint)
    server.closeAllConnections()
    expect((await send(post(host), 'Encrypt', fingerprint)).response.status).toBe(200)
  })
})

describe('what comes back', () => {
  test('too late is no answer', async () => {
    const { host, fingerprint } = await tlsServer(() => {})
    expect((await realProxies().send(post(host), 'Encrypt', fingerprint)).latencyMs).toBe(Infinity)
  })

  test('an answer that goes on for too long is none either', async () => {
    const { host, fingerprint } = await tlsServer((_, response) => void response.writeHead(200).write('{'))
    expect((await realProxies().send(post(host), 'Encrypt', fingerprint)).latencyMs).toBe(Infinity)
  })

  test('broken off cannot be read', async () => {
    const { host, fingerprint } = await tlsServer((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{')
      setTimeout(() => response.destroy(), 20)
    })
    const { response } = await realProxies().send(post(host), 'Encrypt', fingerprint)
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  test('without end is cut off', async () => {
    const { host, fingerprint } = await tlsServer((_, response) => response.end('x'.repeat(2 * 1024 * 1024)))
    const { response } = await realProxies().send(post(host), 'Encrypt', fingerprint)
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  test('a redirection is not followed', async () => {
    const { host, fingerprint } = await tlsServer((_, response) =>
      response.writeHead(302, { location: 'https://elsewhere.test/' }).end(),
    )
    expect((await realProxies().send(post(host), 'Encrypt', fingerprint)).response.status).toBe(302)
  })
})

describe('what is looked at', () => {
  test('shows its certificate, its name alone, or nothing', async () => {
    const { host, fingerprint, server } = await tlsServer((_, response) => response.end())
    const { look } = realProxies()
    expect(await look(host)).toMatchObject({ resolved: true, certificate: { fingerprint, subject: `CN=${name}` } })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect(await look(host)).toEqual({ resolved: true, certificate: null })
    expect(await realProxies(['*']).look('no-such-host.invalid')).toEqual({ resolved: false })
  })

  test('hosts that were not named are not looked up, and nothing is sent to them', async () => {
    const { host, fingerprint } = await tlsServer(() => expect.unreachable())
    const { look, send } = realProxies(['other.corp.test=127.0.0.1'])
    expect(await look(host)).toEqual({ resolved: false })
    await expect(send(post(host), 'Encrypt', fingerprint)).rejects.toThrow(TypeError)
  })
})

test.each(['https://proxy.corp.test', 'a b', '', 'proxy.corp.test=', '-x'])('%j is no host', async (host) => {
  await expect(startCloud({ proxies: [host] })).rejects.toThrow('is no host name')
})

test('a cloud connects an instance to a proxy that is really there, and encrypts through it', async () => {
  const customer = await startCloud()
  ending.push(customer.close)
  const { host, fingerprint, server } = await tlsServer((incoming, response) => {
    const { url, method, headers } = incoming
    incoming.pipe(
      forward(`${customer.xki}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  const cloud = await startCloud({ proxies: [here] })
  ending.push(cloud.close)
  const [owner] = cloud.identities
  const KmsInstanceId = cloud.externalInstance
  const call = <N extends ActionName>(action: N, input: Input<N>) => callOver(cloud, owner!, action, input)
  const { uriPrefix, accessKeyId, secretAccessKey, keys } = customer.xks

  const { Simulated, Vpcs, Zones } = await call('DescribeConnectionChoices', {})
  expect(Simulated).toBe(false)
  await call('DisconnectExternalInstance', { KmsInstanceId })
  const connect = async (changes: Partial<Input<'ConnectExternalInstance'>> = {}) => {
    await call('ConnectExternalInstance', {
      KmsInstanceId,
      VpcId: Vpcs.Vpc[0]!.VpcId,
      VSwitchIds: Vpcs.Vpc[0]!.VSwitches.VSwitch[0]!.VSwitchId,
      ZoneIds: Zones.Zone.slice(0, 2).join(','),
      Connectivity: 'Public',
      Endpoint: host,
      UriPathPrefix: uriPrefix,
      CertificateFingerprint: fingerprint,
      Dialect: 'xks-v1',
      AccessKeyId: accessKeyId,
      AccessKeySecret: secretAccessKey,
      ...changes,
    })
    await cloud.lab.advanceClock(5000)
    return (await call('DescribeConnection', { KmsInstanceId })).Attempt!
  }
  const causeOf = ({ Steps }: Awaited<ReturnType<typeof connect>>) =>
    Steps.find(({ Status }) => Status === 'Failed')?.Cause
  expect(causeOf(await connect({ CertificateFingerprint: '0'.repeat(64) }))).toBe('wrongFingerprint')
  expect(causeOf(await connect({ AccessKeySecret: 'A'.repeat(43) }))).toBe('wrongCredential')
  expect(causeOf(await connect({ Endpoint: `other.${host}` }))).toBe('nameNotResolved')
  expect((await connect()).Outcome).toBe('Connected')

  const { KeyMetadata } = await call('CreateKey', { DKMSInstanceId: KmsInstanceId, ExternalKeyId: keys.full })
  const { KeyId } = KeyMetadata
  const Plaintext = encodeBase64(utf8('through TLS'))
  const { CiphertextBlob } = await call('Encrypt', { KeyId, Plaintext })
  expect((await call('Decrypt', { CiphertextBlob })).Plaintext).toBe(Plaintext)

  // Faults hit what is really there too.
  await cloud.lab.setFaults([{ id: 'down', hop: 'proxy', kind: 'unreachable', times: 1 }])
  await expect(call('Encrypt', { KeyId, Plaintext })).rejects.toThrow('Rejected.Unavailable')
  await call('Encrypt', { KeyId, Plaintext })

  server.closeAllConnections()
  server.close()
  await expect(call('Encrypt', { KeyId, Plaintext })).rejects.toThrow('Rejected.Unavailable')
  await cloud.lab.advanceClock(3 * 60_000)
  expect((await call('DescribeConnection', { KmsInstanceId })).Status).toBe('Disconnected')
})

test('how long an answer may take is for whoever starts the cloud to say', async () => {
  const cloud = await startCloud({ answerBudgetMs: 5 })
  ending.push(cloud.close)
  const [owner] = cloud.identities
  const create = callOver(cloud, owner!, 'CreateKey', {
    DKMSInstanceId: cloud.externalInstance,
    ExternalKeyId: cloud.externalKeyId,
  })
  // The simulated proxy takes 9 ms at least.
  await expect(create).rejects.toThrow('Rejected.Unavailable')
  await expect(startCloud({ answerBudgetMs: 0 })).rejects.toThrow('more than 0 ms')
})
