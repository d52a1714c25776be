import { beforeEach, describe, expect, test } from 'vitest'
import { keyArn } from '#src/api/contract/arn.ts'
import { accounts, aliases, identities } from '#mocks/scenarios/names.ts'
import { createTrace } from '#mocks/trace/recorder.ts'
import { requestsAbout } from './activity.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyNamed } from '#mocks/testing/rows.ts'
import { account, keyIds, region, smallWorld } from '#mocks/testing/small-world.ts'

const Plaintext = 'aGVsbG8='
const owner = `acs:ram::${account}:root`
const admin = `acs:ram::${account}:user/admin`

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

type Asked = Partial<Parameters<typeof cloud.ok<'ListKeyActivity'>>[1]>
const activity = (more: Asked = {}, as = 'owner') =>
  cloud.ok('ListKeyActivity', { KeyId: keyIds.enabled, ...more }, { as })
const actionsIn = async (more: Asked = {}) => (await activity(more)).Events.Event.map(({ Action }) => Action)

test('tells who did what, when, with which result', async () => {
  const done = await cloud.call('Encrypt', { KeyId: 'alias/orders', Plaintext }, { as: 'admin' })
  cloud.runtime.advance(1500)
  const refused = await cloud.call('Encrypt', { KeyId: keyIds.enabled, Plaintext }, { as: 'nobody' })
  expect(await activity()).toMatchObject({
    Events: {
      Event: [
        {
          Time: '2026-03-02T08:00:01Z',
          Action: 'Encrypt',
          PrincipalArn: `acs:ram::${account}:user/nobody`,
          Result: 'Refused',
          Status: 403,
          ErrorCode: 'Forbidden.NoPermission',
          RequestId: refused.body.RequestId,
          DurationMs: 0,
        },
        {
          Time: '2026-03-02T08:00:00Z',
          PrincipalArn: admin,
          Result: 'Success',
          Status: 200,
          ErrorCode: '',
          RequestId: (done.body as { RequestId: string }).RequestId,
        },
      ],
    },
    PageNumber: 1,
    PageSize: 20,
    TotalCount: 2,
    Actions: ['Encrypt'],
    Principals: [admin, `acs:ram::${account}:user/nobody`],
  })
})

test('times are the cloud’s, and follow its clock', async () => {
  await cloud.cloud.lab.advanceClock(3_600_000)
  await cloud.ok('DescribeKey', { KeyId: keyIds.enabled })
  expect((await activity()).Events.Event[0]!.Time).toBe('2026-03-02T09:00:00Z')
})

describe('filters', () => {
  beforeEach(async () => {
    await cloud.ok('DescribeKey', { KeyId: keyIds.enabled }, { as: 'owner' })
    await cloud.ok('DisableKey', { KeyId: keyIds.enabled }, { as: 'admin' })
    await cloud.code('Encrypt', { KeyId: keyIds.enabled, Plaintext }, { as: 'admin' })
    await cloud.ok('EnableKey', { KeyId: keyIds.enabled }, { as: 'owner' })
  })

  test('narrow the events, and never what can be chosen', async () => {
    expect(await actionsIn()).toEqual(['EnableKey', 'Encrypt', 'DisableKey', 'DescribeKey'])
    expect(await actionsIn({ PrincipalArn: owner })).toEqual(['EnableKey', 'DescribeKey'])
    expect(await actionsIn({ Result: 'Refused' })).toEqual(['Encrypt'])
    expect(await actionsIn({ Result: 'Success', PrincipalArn: admin })).toEqual(['DisableKey'])
    expect(await actionsIn({ EventName: 'Decrypt' })).toEqual([])
    const [first] = (await activity()).Events.Event
    expect(await actionsIn({ RequestId: first!.RequestId })).toEqual(['EnableKey'])
    expect(await activity({ EventName: 'Encrypt' })).toMatchObject({
      TotalCount: 1,
      Actions: ['DescribeKey', 'DisableKey', 'EnableKey', 'Encrypt'],
      Principals: [owner, admin],
    })
  })

  test('pages, newest first', async () => {
    const page = (PageNumber: number) => actionsIn({ PageNumber, PageSize: 3 })
    expect([await page(1), await page(2), await page(3)]).toEqual([
      ['EnableKey', 'Encrypt', 'DisableKey'],
      ['DescribeKey'],
      [],
    ])
  })
})

test('what found no key, and looking at the activity itself, is none of it', async () => {
  await cloud.code('Encrypt', { KeyId: keyIds.enabled, Plaintext: '!' })
  await cloud.cloud.lab.setFaults([{ id: 'busy', hop: 'kms', kind: 'throttle', action: 'Encrypt' }])
  await cloud.code('Encrypt', { KeyId: keyIds.enabled, Plaintext })
  await cloud.ok('DescribeKeyAssociations', { KeyId: keyIds.enabled })
  await cloud.ok('DescribeKeyPermissions', { KeyId: [keyIds.enabled] })
  expect(await activity()).toMatchObject({ TotalCount: 0, Actions: [], Principals: [] })
  await cloud.ok('DetectKeyAssociations', { KeyId: keyIds.enabled })
  expect(await actionsIn()).toEqual(['DetectKeyAssociations'])
})

test('a request is about the keys that it needs permission on, and a listing of all about none', async () => {
  const { CiphertextBlob } = await cloud.ok('Encrypt', { KeyId: keyIds.enabled, Plaintext })
  await cloud.code('ReEncrypt', { CiphertextBlob, DestinationKeyId: keyIds.disabled })
  await cloud.ok('UpdateAlias', { AliasName: 'alias/orders', KeyId: keyIds.disabled })
  await cloud.ok('DeleteAlias', { AliasName: 'alias/orders' })
  const one = { RegionId: region, ResourceType: 'key' as const }
  await cloud.ok('ListTagResources', one)
  await cloud.ok('ListTagResources', { ...one, ResourceId: [keyIds.disabled] })
  await cloud.ok('ListKeys', {})
  expect(await actionsIn()).toEqual(['UpdateAlias', 'ReEncrypt', 'Encrypt'])
  expect(await actionsIn({ KeyId: keyIds.disabled })).toEqual([
    'ListTagResources',
    'DeleteAlias',
    'UpdateAlias',
    'ReEncrypt',
  ])
})

test('a request whose answer was lost was carried out', async () => {
  await cloud.cloud.lab.setFaults([{ id: 'lost', hop: 'kms', kind: 'lostAnswer', action: 'DisableKey' }])
  await cloud.call('DisableKey', { KeyId: keyIds.enabled })
  expect((await activity()).Events.Event).toMatchObject([{ Result: 'Success', Status: 0, ErrorCode: '' }])
})

test('needs its permission on the key', async () => {
  expect(await cloud.code('ListKeyActivity', { KeyId: keyIds.enabled }, { as: 'nobody' })).toBe(
    'Forbidden.NoPermission',
  )
  expect(await cloud.code('ListKeyActivity', { KeyId: keyIds.enabled }, { as: 'reader' })).toBeNull()
  expect(await cloud.code('ListKeyActivity', { KeyId: keyIds.foreign })).toBe('Forbidden.KeyNotFound')
})

test('of other accounts only the account is told, unless the key policy names the principal', async () => {
  const big = await testCloud()
  const use = (KeyId: string) => big.code('Encrypt', { KeyId, Plaintext }, { as: 'partnerEtl' })
  const principals = async (KeyId: string, as: string) =>
    (await big.ok('ListKeyActivity', { KeyId }, { as })).Principals
  const etl = `acs:ram::${accounts.partner.accountId}:user/${identities.partnerEtl.user}`

  const shared = keyNamed(big.cloud, aliases.crossAccount)
  expect(await use(keyArn(region, accounts.main.accountId, shared.keyId))).toBeNull()
  expect(await principals(shared.keyId, 'keyAdmin')).toEqual([etl])

  const other = keyNamed(big.cloud, aliases.working)
  expect(await use(keyArn(region, accounts.main.accountId, other.keyId))).toBe('Forbidden.NoPermission')
  expect(await principals(other.keyId, 'keyAdmin')).toEqual([`acs:ram::${accounts.partner.accountId}:*`])
  const { Events } = await big.ok('ListKeyActivity', {
    KeyId: other.keyId,
    PrincipalArn: `acs:ram::${accounts.partner.accountId}:*`,
  })
  expect(Events.Event).toMatchObject([{ Action: 'Encrypt', Result: 'Refused' }])
  expect((await big.ok('ListKeyActivity', { KeyId: other.keyId, PrincipalArn: etl })).TotalCount).toBe(0)
})

test('is cheap among ten thousand spans', () => {
  const trace = createTrace(() => 0)
  for (let index = 0; index < 10_000; index++) {
    const span = trace.start(`r${index}`, 'kms', 'Encrypt')
    const about = { action: 'Encrypt', at: index, region, accountId: account, principalArn: owner }
    span.about({ ...about, keyIds: [index % 2 === 0 ? keyIds.enabled : keyIds.disabled] })
    span.end(200)
  }
  const [newest, ...others] = requestsAbout(trace.requests(), keyIds.enabled)
  expect([newest!.id, others.length]).toEqual(['r9998', 4999])
  // The records themselves: asking again copies nothing.
  expect(requestsAbout(trace.requests(), keyIds.enabled)[0]).toBe(newest)
})

test('extensions are off under strict compatibility', async () => {
  cloud = await testCloud({ strict: true })
  for (const action of ['ListKeyActivity', 'DescribeKeyAssociations', 'DetectKeyAssociations'] as const)
    expect(await cloud.code(action, { KeyId: 'key-1' })).toBe('InvalidAction.NotFound')
  expect(await cloud.code('DescribeKeyPermissions', { KeyId: ['key-1'] })).toBe('InvalidAction.NotFound')
})
