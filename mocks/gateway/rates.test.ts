import { beforeEach, describe, expect, test } from 'vitest'
import { createClient, type Client } from '#src/api/client.ts'
import { actions, isActionName } from '#src/api/contract/actions.ts'
import { publishedActions } from '#src/api/contract/published.ts'
import { rateGroupOf, rateLimits, type RateGroup } from '#src/api/contract/rate-limits.ts'
import { ServiceError } from '#mocks/service-error.ts'
import { accounts, aliases, identities } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed } from '#mocks/testing/rows.ts'
import { createRateGate, type RatedRequest } from './rates.ts'

const region = 'cn-hangzhou'

describe('the groups', () => {
  test('no action counts twice', () => {
    const all: readonly string[] = Object.values(rateLimits).flatMap((group) => group.actions)
    expect(new Set(all).size).toBe(all.length)
  })

  test('every published action that is carried out is limited', () => {
    const unlimited = publishedActions.filter(
      (name) =>
        isActionName(name) &&
        actions[name].product === 'kms' &&
        !('absent' in actions[name]) &&
        rateGroupOf(name) === null,
    )
    expect(unlimited).toEqual([])
  })
})

describe('a bucket', () => {
  let now = 1_000_000
  const gate = createRateGate(() => now)
  beforeEach(() => {
    now += 1_000_000
    gate.reset()
  })

  const request: RatedRequest = { accountId: accounts.main.accountId, region, name: 'DisableKey' }
  const admits = (change: Partial<RatedRequest> = {}): boolean => {
    try {
      gate.admit({ ...request, ...change })
      return true
    } catch (error) {
      expect(error).toBeInstanceOf(ServiceError)
      expect((error as ServiceError).code).toBe('Rejected.Throttling')
      return false
    }
  }
  /** How many are let in before one is refused. */
  function room(change: Partial<RatedRequest> = {}): number {
    let count = 0
    while (count < 5000 && admits(change)) count += 1
    return count
  }

  const groups = Object.keys(rateLimits) as RateGroup[]
  test.each(groups)('%s lets a second of requests in at once, whichever of the group they are', (group) => {
    const { perSecond, actions: names } = rateLimits[group]
    for (let index = 0; index < perSecond; index++) expect(admits({ name: names[index % names.length]! })).toBe(true)
    for (const name of names) expect(admits({ name })).toBe(false)
  })

  test('fills again with time, and never beyond a second', () => {
    expect(room()).toBe(30)
    now += 33
    expect(admits()).toBe(false)
    now += 1
    expect(admits()).toBe(true)
    expect(admits()).toBe(false)
    now += 500
    expect(room()).toBe(15)
    now += 3_600_000
    expect(room()).toBe(30)
  })

  test('a steady stream at the limit is let in for ever', () => {
    expect(room({ name: 'CreateKey' })).toBe(10)
    for (let index = 0; index < 1000; index++) {
      now += 100
      expect(admits({ name: 'CreateKey' })).toBe(true)
    }
  })

  test('asking while it is empty costs nothing', () => {
    expect(room()).toBe(30)
    for (let index = 0; index < 10; index++) {
      now += 3
      expect(admits()).toBe(false)
    }
    now += 4
    expect(admits()).toBe(true)
  })

  test('a clock that is set back takes nothing away', () => {
    expect(room()).toBe(30)
    now -= 10_000
    expect(admits()).toBe(false)
    now += 100
    expect(room()).toBe(3)
  })

  test('other accounts, regions and groups have their own', () => {
    expect(room()).toBe(30)
    expect(room({ accountId: accounts.partner.accountId })).toBe(30)
    expect(room({ region: 'cn-shanghai' })).toBe(30)
    expect(room({ name: 'CreateKey' })).toBe(10)
    expect(admits()).toBe(false)
  })

  test('what no page limits is not limited', () => {
    expect(room({ name: 'GetCallerIdentity' })).toBe(5000)
  })
})

describe('the scenario throttled', () => {
  let cloud: TestCloud
  let keyId: string
  beforeEach(async () => {
    cloud = await testCloud({ scenario: 'throttled' })
    ;({ keyId } = keyNamed(cloud.cloud, aliases.sameExternalKey[0]))
  })

  test('answers 429 beyond the limit, in its place among the checks', async () => {
    const codes = []
    for (let index = 0; index < 32; index++)
      codes.push(await cloud.code('UpdateKeyDescription', { KeyId: keyId, Description: String(index) }))
    expect(codes).toEqual([...Array(30).fill(null), 'Rejected.Throttling', 'Rejected.Throttling'])
    expect((await cloud.call('DisableKey', { KeyId: keyId })).status).toBe(429)
    expect(await cloud.code('DisableKey', { KeyId: 'key-unknown' })).toBe('Rejected.Throttling')
    expect((await cloud.ok('DescribeKey', { KeyId: keyId })).KeyMetadata.Description).toBe('29')
    const signed = await cloud.signed('kms', 'DisableKey', [['KeyId', keyId]])
    expect((await cloud.send({ ...signed, body: `${signed.body}&X=1` })).body.Code).toBe('SignatureDoesNotMatch')
  })

  test('the default world knows no limit', async () => {
    const free = await testCloud()
    const { keyId: freeId } = keyNamed(free.cloud, aliases.sameExternalKey[0])
    for (let index = 0; index < 40; index++)
      expect(await free.code('UpdateKeyDescription', { KeyId: freeId, Description: String(index) })).toBeNull()
  })

  test('follows the host’s clock, not the cloud’s', async () => {
    const touch = () => cloud.code('DisableKey', { KeyId: keyId })
    for (let index = 0; index < 30; index++) await touch()
    await cloud.cloud.lab.advanceClock(3_600_000)
    expect(await touch()).toBe('Rejected.Throttling')
    cloud.runtime.advance(1000)
    expect(await touch()).toBeNull()
  })

  test('starts full when it is laid anew', async () => {
    for (let index = 0; index < 30; index++) await cloud.code('DisableKey', { KeyId: keyId })
    await cloud.cloud.lab.reset()
    expect(await cloud.code('DisableKey', { KeyId: keyNamed(cloud.cloud, aliases.working).keyId })).toBeNull()
  })

  /** The console's own client, whose pauses move the host's clock. */
  function consoleClient(): { client: Client; pauses: number[] } {
    const pauses: number[] = []
    const { accessKeyId } = identities.account
    const client = createClient({
      fetch: (url, init) => cloud.cloud.fetch(new Request(url, init)),
      address: 'https://console.example/',
      credentials: async () => ({ accessKeyId, key: await cloud.cloud.signingKey(accessKeyId), securityToken: null }),
      wallNow: cloud.runtime.wallNow,
      nonce: cloud.runtime.uuid,
      sleep: async (ms) => {
        pauses.push(ms)
        cloud.runtime.advance(ms)
      },
    })
    return { client, pauses }
  }

  test('the console waits and reads on', async () => {
    const { client, pauses } = consoleClient()
    for (let index = 0; index < 50; index++)
      expect((await client.call('DescribeKey', { KeyId: keyId }, { region })).ok).toBe(true)
    expect(pauses).toEqual([])
    const results = await Promise.all(
      Array.from({ length: 60 }, () => client.call('DescribeKey', { KeyId: keyId }, { region })),
    )
    expect(results.filter(({ ok }) => !ok)).toEqual([])
    expect(pauses.length).toBeGreaterThan(0)
  })

  test('the console never repeats a write by itself', async () => {
    const { client, pauses } = consoleClient()
    const write = () => client.call('DisableKey', { KeyId: keyId }, { region })
    for (let index = 0; index < 30; index++) expect((await write()).ok).toBe(true)
    expect(await write()).toMatchObject({ ok: false, error: { code: 'Rejected.Throttling', status: 429 } })
    expect(pauses).toEqual([])
  })
})
