import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Input, Output } from '#src/api/contract/actions.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import { aliases } from '#mocks/scenarios/names.ts'
import { sign } from '#mocks/testing/sign.ts'
import type { StartedCloud } from './public.ts'
import { startCloud } from './start-cloud.ts'

let cloud: StartedCloud
beforeAll(async () => {
  cloud = await startCloud()
})
afterAll(() => cloud.close())

async function call(action: string, parameters: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const { accessKeyId, accessKeySecret } = cloud.identities[0]!
  const { url, ...init } = await sign({
    product: 'kms',
    region: 'cn-hangzhou',
    action,
    parameters: Object.entries(parameters),
    accessKeyId,
    key: await importHmacKey(utf8(accessKeySecret)),
    time: Date.now(),
    nonce: crypto.randomUUID(),
    address: cloud.kms,
  })
  return (await (await fetch(url, init)).json()) as Record<string, unknown>
}

const KeyId = aliases.ordersService
const stateOf = async () => ((await call('DescribeKey', { KeyId })) as Output<'DescribeKey'>).KeyMetadata.KeyState

async function disable(): Promise<void> {
  const { KeyMetadata } = (await call('DescribeKey', { KeyId })) as Output<'DescribeKey'>
  const input: Input<'DisableKey'> = { KeyId: KeyMetadata.KeyId }
  await call('DisableKey', input)
}

const lab = (path: string, init: RequestInit = {}) =>
  fetch(`${cloud.kms}/_lab/${path}`, { ...init, headers: { authorization: `Bearer ${cloud.labToken}` } })

test('a snapshot is restored as often as one likes: keys, external keys, clock and faults', async () => {
  const { CiphertextBlob } = (await call('Encrypt', { KeyId, Plaintext: 'aGVsbG8=' })) as Output<'Encrypt'>
  await cloud.lab.setFaults([{ id: 'f', hop: 'kms', kind: 'error', action: 'ListAliases' }])
  const id = await cloud.lab.snapshot()
  for (let round = 0; round < 2; round++) {
    await disable()
    expect(await stateOf()).toBe('Disabled')
    await cloud.lab.advanceClock(3_600_000)
    await cloud.lab.setFaults([])
    const later = cloud.now()
    await cloud.lab.restore(id)
    expect(await stateOf()).toBe('Enabled')
    expect(later - cloud.now()).toBeGreaterThan(3_500_000)
    expect(await cloud.lab.faults()).toMatchObject([{ id: 'f' }])
    expect(await call('Decrypt', { CiphertextBlob })).toMatchObject({ Plaintext: 'aGVsbG8=' })
  }
  await cloud.lab.setFaults([])
})

test('a snapshot of before another scenario brings that world back', async () => {
  const id = await cloud.lab.snapshot()
  await cloud.lab.load({ name: 'empty', seed: 3 })
  expect(await call('DescribeKey', { KeyId })).toMatchObject({ Code: 'Forbidden.AliasNotFound' })
  await cloud.lab.restore(id)
  expect(await cloud.lab.scenario()).toMatchObject({ name: 'default', seed: 1 })
  expect(await stateOf()).toBe('Enabled')
})

test('over HTTP: POST keeps one, PUT restores it', async () => {
  const { id } = (await (await lab('snapshot', { method: 'POST' })).json()) as { id: string }
  await disable()
  const restored = await lab('snapshot', { method: 'PUT', body: JSON.stringify({ id }) })
  expect(await restored.json()).toMatchObject({ name: 'default', seed: 1 })
  expect(await stateOf()).toBe('Enabled')
  expect((await lab('snapshot', { method: 'PUT', body: '{}' })).status).toBe(400)
  const unknown = await lab('snapshot', { method: 'PUT', body: '{"id":"snapshot-0"}' })
  expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('no snapshot snapshot-0')])
})

test('the oldest of more than a hundred goes', async () => {
  const first = await cloud.lab.snapshot()
  let second = ''
  for (let index = 0; index < 100; index++) {
    const id = await cloud.lab.snapshot()
    second ||= id
  }
  await expect(cloud.lab.restore(first)).rejects.toThrow(RangeError)
  await cloud.lab.restore(second)
})
