import { expect, test } from 'vitest'
import type { Fault } from '#src/api/contract/backend.ts'
import { testRuntime } from '#mocks/testing/runtime.ts'
import { createNetwork, seededLatency, type Host } from './network.ts'

interface Setup {
  readonly faults?: readonly Omit<Fault, 'id' | 'hop'>[]
  readonly host?: Host
}

function network({ faults = [], host }: Setup = {}) {
  const arrived: Request[] = []
  const asked: string[] = []
  const { sleep, pauses } = testRuntime()
  const hosts = new Map<string, Host>([
    [
      'here.example.com',
      host ??
        (async (request) => {
          arrived.push(request)
          return new Response(await request.text())
        }),
    ],
  ])
  const send = createNetwork({
    hosts,
    takeFaults: (hop, action) => {
      asked.push(`${hop} ${action}`)
      return faults.map((fault, index) => ({ id: `${index}`, hop, ...fault }))
    },
    latency: () => 12,
    sleep,
  })
  const ask = (url = 'https://here.example.com/path') =>
    send(new Request(url, { method: 'POST', body: 'body', headers: { authorization: 'signed' } }), 'Encrypt')
  return { ask, arrived, asked, pauses }
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
