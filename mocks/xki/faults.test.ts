/** Each named fault of the way to an external key, through the whole cloud: what the caller is told, and never a wrong plaintext. */
import { describe, expect, test } from 'vitest'
import type { Fault } from '#src/api/contract/backend.ts'
import type { ErrorDetail } from '#src/api/contract/errors.ts'
import { managerFaultKinds, proxyFaultKinds, type FaultKind } from '#src/api/contract/faults.ts'
import en from '#src/i18n/messages/en/errors.json' with { type: 'json' }
import zh from '#src/i18n/messages/zh/errors.json' with { type: 'json' }
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyIds, smallWorld } from '#mocks/testing/small-world.ts'

const as = { as: 'admin' }
const KeyId = keyIds.enabled
const Plaintext = encodeBase64(new Uint8Array(5000).fill(7))

/** `Code Hop Cause`, or `ok`. */
async function outcome(answer: Promise<{ body: { Code?: string; Detail?: ErrorDetail } }>): Promise<string> {
  const { Code, Detail } = (await answer).body
  return Code === undefined ? 'ok' : [Code, Detail?.Hop, Detail?.Cause].filter(Boolean).join(' ')
}

async function prepared() {
  const cloud = await testCloud({ world: await smallWorld() })
  const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId, Plaintext }, as)
  return { ...cloud, CiphertextBlob }
}
const encrypt = ({ call }: TestCloud) => outcome(call('Encrypt', { KeyId, Plaintext }, as))

async function decrypt({ call, CiphertextBlob }: Awaited<ReturnType<typeof prepared>>): Promise<string> {
  const answer = await call('Decrypt', { CiphertextBlob }, as)
  if (answer.status === 200) expect(answer.body.Plaintext).toBe(Plaintext)
  return outcome(Promise.resolve(answer))
}

const unavailable = (hop: string, cause: string): string => `Rejected.Unavailable ${hop} ${cause}`

/** What encryption and decryption answer. */
const expected: Readonly<Record<'proxy' | 'keyManager', Partial<Record<FaultKind, readonly [string, string?]>>>> = {
  proxy: {
    unreachable: [unavailable('proxy', 'proxyUnreachable')],
    timeout: [unavailable('proxy', 'proxyTimeout')],
    error: [unavailable('proxy', 'proxyError')],
    refuseCredential: [unavailable('proxy', 'proxyRefusedCredential')],
    latency: [unavailable('proxy', 'proxyTimeout')],
    throttle: [unavailable('proxy', 'proxyThrottled')],
    lostAnswer: [unavailable('proxy', 'proxyUnreachable')],
    // By turns.
    flapping: [unavailable('proxy', 'proxyUnreachable'), 'ok'],
    rubbish: [unavailable('proxy', 'proxyUnreadable')],
    wrongContentType: [unavailable('proxy', 'proxyContentType')],
    truncated: [unavailable('proxy', 'proxyTruncated')],
    // An answer to a decryption has no such field.
    wrongTag: [unavailable('proxy', 'proxyIntegrity'), 'ok'],
    wrongIv: [unavailable('proxy', 'proxyWrongLength'), 'ok'],
    otherCiphertext: [unavailable('proxy', 'proxyIntegrity'), 'ok'],
    smallLimits: [unavailable('proxy', 'proxyTooLarge')],
  },
  keyManager: {
    unreachable: [unavailable('proxy', 'proxyError')],
    timeout: [unavailable('keyManager', 'keyManagerTimeout')],
    error: [unavailable('proxy', 'proxyError')],
    refuseCredential: [unavailable('proxy', 'proxyError')],
    latency: [unavailable('keyManager', 'keyManagerTimeout')],
    throttle: [unavailable('proxy', 'proxyThrottled')],
    lostAnswer: [unavailable('keyManager', 'keyManagerTimeout')],
    flapping: [unavailable('proxy', 'proxyError'), 'ok'],
  },
}

const cases = (Object.keys(expected) as ('proxy' | 'keyManager')[]).flatMap((hop) =>
  Object.keys(expected[hop]).map((kind) => [hop, kind as FaultKind] as const),
)

test('every kind has its expectation', () => {
  expect(Object.keys(expected.proxy)).toEqual([...managerFaultKinds, ...proxyFaultKinds])
  expect(Object.keys(expected.keyManager)).toEqual([...managerFaultKinds])
})

describe('a fault', () => {
  test.each(cases)('%s %s', async (hop, kind) => {
    const world = await prepared()
    const fault: Fault = { id: 'f', hop, kind, ...(kind === 'latency' ? { ms: 400 } : {}) }
    await world.cloud.lab.setFaults([fault])
    const [sealing, opening = sealing] = expected[hop][kind]!
    expect(await encrypt(world)).toBe(sealing)
    expect(await decrypt(world)).toBe(opening)
    // The trace of the refused request tells the hop to the proxy and what became of it.
    const [, cause] = sealing.split(' ').slice(1)
    const hops = world.cloud.dump().trace.flatMap(({ children }) => children)
    expect(hops.map(({ code }) => code)).toContain(cause)
    for (const messages of [en, zh]) expect(messages.cause).toHaveProperty(cause!, expect.stringMatching(/.{5}/))
    await world.cloud.lab.setFaults([])
    expect([await encrypt(world), await decrypt(world)]).toEqual(['ok', 'ok'])
    expect(world.defects).toEqual([])
  })

  test('a proxy that takes less than KMS takes what XKS obliges it to', async () => {
    const world = await prepared()
    await world.cloud.lab.setFaults([{ id: 'f', hop: 'proxy', kind: 'smallLimits' }])
    const sized = (bytes: number) =>
      outcome(world.call('Encrypt', { KeyId, Plaintext: encodeBase64(new Uint8Array(bytes)) }, as))
    expect(await sized(4300)).toBe('ok')
    expect(await sized(4301)).toBe(unavailable('proxy', 'proxyTooLarge'))
  })

  test('nothing is asked twice', async () => {
    const world = await prepared()
    await world.cloud.lab.setFaults([{ id: 'f', hop: 'proxy', kind: 'unreachable', times: 1 }])
    expect(await encrypt(world)).toBe(unavailable('proxy', 'proxyUnreachable'))
    expect(await encrypt(world)).toBe('ok')
  })

  test('a fault of the proxy alone is none of the key manager', async () => {
    const { cloud } = await prepared()
    for (const kind of proxyFaultKinds)
      await expect(cloud.lab.setFaults([{ id: 'f', hop: 'keyManager', kind }])).rejects.toThrow(RangeError)
  })
})

describe('between two calls', () => {
  const manager = (world: TestCloud, method: string, path: string): Promise<Response> =>
    world.cloud.fetch(new Request(`https://console.test/api/key-manager/${path}`, { method }))

  test('the external key is disabled, enabled, and deleted', async () => {
    const world = await prepared()
    await manager(world, 'POST', 'keys/hsm-1/disable')
    expect(await decrypt(world)).toBe(unavailable('keyManager', 'externalKeyDisabled'))
    await manager(world, 'POST', 'keys/hsm-1/enable')
    expect(await decrypt(world)).toBe('ok')
    expect((await manager(world, 'DELETE', 'keys/hsm-1')).status).toBe(200)
    expect(await decrypt(world)).toBe(unavailable('keyManager', 'externalKeyNotFound'))
    expect(await encrypt(world)).toBe(unavailable('keyManager', 'externalKeyNotFound'))
    // The ID may be taken again; what the old key encrypted stays lost.
    const body = JSON.stringify({ id: 'hsm-1' })
    await world.cloud.fetch(new Request('https://console.test/api/key-manager/keys', { method: 'POST', body }))
    expect(await encrypt(world)).toBe('ok')
    expect(await decrypt(world)).toBe('InvalidParameter')
  })

  test('the credential is revoked', async () => {
    const world = await prepared()
    await world.cloud.lab.setFaults([{ id: 'f', hop: 'proxy', kind: 'refuseCredential', action: 'Decrypt', times: 1 }])
    expect(await encrypt(world)).toBe('ok')
    expect(await decrypt(world)).toBe(unavailable('proxy', 'proxyRefusedCredential'))
    expect(await decrypt(world)).toBe('ok')
  })
})
