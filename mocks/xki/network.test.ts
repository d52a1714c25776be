import { describe, expect, test } from 'vitest'
import type { Fault } from '#src/api/contract/backend.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'
import { CertificateMismatch, createNetwork, seededLatency, type Host, type Site } from './network.ts'
import { certificateAt } from './sites.ts'

const certificate = certificateAt('xki.example.com')!

interface Setup {
  readonly faults?: readonly Omit<Fault, 'id' | 'hop'>[]
  readonly host?: Host
}

function network({ faults = [], host }: Setup = {}) {
  const arrived: Request[] = []
  const asked: string[] = []
  const { sleep, pauses } = testRuntime()
  const clock = { now: testStart, pinned: certificate.fingerprint }
  const echo: Host = async (request) => {
    arrived.push(request)
    return new Response(await request.text())
  }
  const sites = new Map<string, Site>([['here.example.com', { certificate, answer: host ?? echo }]])
  const { send, look } = createNetwork({
    sites,
    now: () => clock.now,
    takeFaults: (hop, action) => {
      asked.push(`${hop} ${action}`)
      return faults.map((fault, index) => ({ id: `${index}`, hop, ...fault }))
    },
    latency: () => 12,
    sleep,
  })
  const ask = (url = 'https://here.example.com/path') =>
    send(
      new Request(url, { method: 'POST', body: 'body', headers: { authorization: 'signed' } }),
      'Encrypt',
      clock.pinned,
    )
  return { ask, look, clock, arrived, asked, pauses }
}

test('carries a request to its host and tells the simulated latency, without waiting', async () => {
  const { ask, arrived, asked, pauses } = network()
  const { response, latencyMs } = await ask()
  expect([await response.text(), latencyMs]).toEqual(['body', 12])
  expect(arrived.map((request) => request.url)).toEqual(['https://here.example.com/path'])
  expect(asked).toEqual(['proxy Encrypt'])
  expect(pauses).toEqual([])
})

test('an unknown host fails as fetch fails, port included', async () => {
  const { ask } = network()
  for (const url of ['https://there.example.com/', 'https://here.example.com:8443/'])
    await expect(ask(url)).rejects.toThrow(TypeError)
})

test('unreachable: nothing arrives', async () => {
  const { ask, arrived } = network({ faults: [{ kind: 'unreachable' }] })
  await expect(ask()).rejects.toThrow(TypeError)
  expect(arrived).toEqual([])
})

test('timeout: nothing arrives and nothing returns; the person waits as long as KMS does', async () => {
  const { ask, arrived, pauses } = network({ faults: [{ kind: 'timeout' }] })
  expect((await ask()).latencyMs).toBe(Infinity)
  expect(arrived).toEqual([])
  expect(pauses).toEqual([250])
})

test('lost answer: it arrives, and fails', async () => {
  const { ask, arrived } = network({ faults: [{ kind: 'lostAnswer' }] })
  await expect(ask()).rejects.toThrow(TypeError)
  expect(arrived).toHaveLength(1)
})

test('refused credential: it arrives whole, but unsigned', async () => {
  const { ask, arrived } = network({ faults: [{ kind: 'refuseCredential' }] })
  expect(await (await ask()).response.text()).toBe('body')
  expect(arrived.map((request) => request.headers.has('authorization'))).toEqual([false])
})

test.each([
  ['error', 500],
  ['throttle', 429],
] as const)('%s: a front answers, not in the protocol', async (kind, status) => {
  const { ask, arrived } = network({ faults: [{ kind }] })
  const { response } = await ask()
  expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html'])
  expect(arrived).toEqual([])
})

test('latency adds up, also with what the host spends, and is waited for up to 250 ms', async () => {
  const slowHost: Host = async (_, spend) => {
    spend(30)
    return new Response()
  }
  const slow = network({
    faults: [
      { kind: 'latency', ms: 20 },
      { kind: 'latency', ms: 50 },
    ],
    host: slowHost,
  })
  expect((await slow.ask()).latencyMs).toBe(112)
  expect(slow.pauses).toEqual([100])
  const verySlow = network({ faults: [{ kind: 'latency', ms: 60_000 }] })
  expect((await verySlow.ask()).latencyMs).toBe(60_012)
  expect(verySlow.pauses).toEqual([250])
})

test('faults stack in their order', async () => {
  const { ask, pauses } = network({ faults: [{ kind: 'latency', ms: 20 }, { kind: 'error' }] })
  const { response, latencyMs } = await ask()
  expect([response.status, latencyMs]).toEqual([500, 32])
  expect(pauses).toEqual([20])
})

test('the base latency is near 12 ms, and the same for the same seed', () => {
  const draw = (seed: number): number[] => {
    const latency = seededLatency(seed)
    return Array.from({ length: 200 }, latency)
  }
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
  expect(new Set(draw(1))).toEqual(new Set([9, 10, 11, 12, 13, 14, 15]))
})

describe('the certificate at the end', () => {
  test('one that is not the pinned one gets no request', async () => {
    const { ask, clock, arrived } = network()
    clock.pinned = `sha256-${'0'.repeat(64)}`
    await expect(ask()).rejects.toThrow(CertificateMismatch)
    expect(arrived).toEqual([])
  })

  test.each([
    ['before its time', certificate.notBefore - 1],
    ['after its time', certificate.notAfter],
  ])('the pinned one %s gets none either', async (_, now) => {
    const { ask, clock, arrived } = network()
    clock.now = now
    await expect(ask()).rejects.toThrow(CertificateMismatch)
    expect(arrived).toEqual([])
  })

  test('is seen without a request, and no name but those of the table is known', async () => {
    const { look, arrived } = network()
    expect(await look('here.example.com')).toEqual({ resolved: true, certificate })
    expect(await look('there.example.com')).toEqual({ resolved: false })
    expect(arrived).toEqual([])
  })
})
