import { describe, expect, test } from 'vitest'
import type { RequestTrace } from '#src/api/contract/requests.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { keyIds, region, smallWorld } from '#mocks/testing/small-world.ts'
import { curlOf } from './curl.ts'
import { harOf } from './har.ts'
import { replayOf } from './replay.ts'
import { readRequestsSearch } from './requests-search.ts'
import { wayOf } from './way.ts'

const canary = 'canary-3f0e'
const Plaintext = Buffer.from(`${canary} of the plaintext`).toString('base64')

async function cloudWith(fault?: 'unreachable') {
  const cloud = await testCloud({ world: await smallWorld() })
  if (fault) await cloud.cloud.lab.setFaults([{ id: 'f', hop: 'proxy', kind: fault }])
  const traceOf = async (answer: { body: object }): Promise<RequestTrace> => {
    const { RequestId } = answer.body as { RequestId: string }
    return (await cloud.ok('DescribeRequest', { RequestId })).Request!
  }
  return { ...cloud, traceOf }
}

describe('as curl', () => {
  test('what was left out and what a signature depends on are placeholders', async () => {
    const { call, traceOf } = await cloudWith()
    const line = curlOf(await traceOf(await call('Encrypt', { KeyId: keyIds.enabled, Plaintext })))
    expect(line).toContain(`curl -X POST 'https://kms.${region}.aliyuncs.com/'`)
    expect(line).toContain("-H 'authorization: <AUTHORIZATION>'")
    expect(line).toContain("-H 'x-acs-action: Encrypt'")
    expect(line).toContain(`--data-urlencode 'KeyId=${keyIds.enabled}'`)
    expect(line).toContain("--data-urlencode 'Plaintext=<PLAINTEXT>'")
    for (const secret of [canary, Plaintext, 'Signature=']) expect(line).not.toContain(secret)
  })

  test('no value ends its quotes', async () => {
    const { call, traceOf } = await cloudWith()
    const line = curlOf(await traceOf(await call('DescribeKey', { KeyId: "k'; rm -rf / #" })))
    expect(line).toContain(`'KeyId=k'\\''; rm -rf / #'`)
  })
})

test('an HTTP archive holds sizes where contents were, and how the request went', async () => {
  const { call, traceOf } = await cloudWith('unreachable')
  const archive = harOf(await traceOf(await call('Encrypt', { KeyId: keyIds.enabled, Plaintext })))
  expect(archive).toMatchObject({
    log: {
      version: '1.2',
      entries: [
        {
          request: {
            method: 'POST',
            postData: {
              params: [
                { name: 'KeyId', value: keyIds.enabled },
                { name: 'Plaintext', value: '', comment: `left out: ${Plaintext.length} characters` },
              ],
            },
          },
          response: { status: 409, _detail: { Hop: 'proxy', Cause: 'proxyUnreachable' } },
        },
      ],
    },
  })
  for (const secret of [canary, Plaintext]) expect(JSON.stringify(archive)).not.toContain(secret)
})

describe('a replay', () => {
  test('only of reads of which everything was kept', async () => {
    const { call, traceOf } = await cloudWith()
    expect(replayOf(await traceOf(await call('DescribeKey', { KeyId: keyIds.enabled })))).toEqual({
      action: 'DescribeKey',
      input: { KeyId: keyIds.enabled },
    })
    expect(replayOf(await traceOf(await call('DisableKey', { KeyId: keyIds.enabled })))).toBe('write')
    expect(replayOf(await traceOf(await call('Encrypt', { KeyId: keyIds.enabled, Plaintext })))).toBe('write')
    expect(replayOf(await traceOf(await call('DescribeKey', { KeyId: 'k'.repeat(65) })))).toBe('redacted')
  })
})

describe('the way', () => {
  test('goes over the proxy to the key manager and back, within the step that it serves', async () => {
    const { call, traceOf } = await cloudWith()
    const rows = wayOf(await traceOf(await call('Encrypt', { KeyId: keyIds.enabled, Plaintext })))
    const names = rows.map(({ hop, name }) => `${hop} ${name}`.trim())
    expect(names[0]).toBe('kms')
    expect(names.slice(names.indexOf('kms act'))).toEqual([
      'kms act',
      'proxy encrypt',
      'proxy request',
      'proxy answer',
      'keyManager',
      'proxy read',
      'kms answer',
    ])
    expect(rows.some(({ failed }) => failed)).toBe(false)
  })

  test('ends where it failed', async () => {
    const { call, traceOf } = await cloudWith('unreachable')
    const rows = wayOf(await traceOf(await call('Encrypt', { KeyId: keyIds.enabled, Plaintext })))
    expect(rows.filter(({ failed }) => failed).map(({ hop, name }) => `${hop} ${name}`)).toEqual([
      'kms act',
      'proxy encrypt',
      'proxy answer',
    ])
    expect(rows.some(({ hop }) => hop === 'keyManager')).toBe(false)
  })
})

test('the address keeps what can be a filter', () => {
  expect(readRequestsSearch({ action: 'Encrypt', hop: '', outcome: 7, until: 'x'.repeat(300), else: 'x' })).toEqual({
    action: 'Encrypt',
  })
})
