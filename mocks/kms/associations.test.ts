import { beforeEach, describe, expect, test } from 'vitest'
import type { Output } from '#src/api/contract/actions.ts'
import { associatedServices } from '#src/api/contract/extensions.ts'
import { accounts, aliases, identities, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { memoryDisk } from '#mocks/testing/memory-persistence.ts'
import { instanceNamed, keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { checkedServices } from './detection.ts'

const ledger = 'alias/payments/ledger'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud()
})

const idOf = (alias: string): string => keyNamed(cloud.cloud, alias).keyId
const detect = (KeyId: string, as = 'account') => cloud.ok('DetectKeyAssociations', { KeyId }, { as })
const look = (KeyId: string, as = 'account') => cloud.ok('DescribeKeyAssociations', { KeyId }, { as })
const countsBy = ({ Resources }: Output<'DescribeKeyAssociations'>): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { Service } of Resources.Resource) counts[Service] = (counts[Service] ?? 0) + 1
  return counts
}

describe('a detection', () => {
  test('is shown service by service, by the host’s clock', async () => {
    const KeyId = idOf(ledger)
    expect(await look(KeyId)).toMatchObject({
      Detection: { Status: 'NotDetected', DetectedAt: null, CheckedServices: [], Services: [...associatedServices] },
      Resources: { Resource: [] },
    })
    await cloud.cloud.lab.advanceClock(3_600_000)
    await detect(KeyId)
    const seen: unknown[] = []
    for (let step = 0; step < 6; step++) {
      const associations = await look(KeyId)
      seen.push([associations.Detection.Status, associations.Detection.CheckedServices.length, countsBy(associations)])
      cloud.runtime.advance(300)
    }
    expect(seen).toEqual([
      ['Detecting', 0, {}],
      ['Detecting', 1, { oss: 3 }],
      ['Detecting', 2, { oss: 3, ecs: 50 }],
      ['Detecting', 3, { oss: 3, ecs: 50, rds: 3 }],
      ['Detected', 4, { oss: 3, ecs: 50, rds: 3, secretsmanager: 2 }],
      ['Detected', 4, { oss: 3, ecs: 50, rds: 3, secretsmanager: 2 }],
    ])
    expect((await look(KeyId)).Detection.DetectedAt).toBe('2026-03-02T09:00:00Z')
  })

  test('tells what uses the key', async () => {
    const KeyId = idOf(aliases.ordersService)
    await detect(KeyId)
    cloud.runtime.advance(1200)
    const { Resource } = (await look(KeyId)).Resources
    expect(Resource).toHaveLength(6)
    expect(Resource).toContainEqual({
      Service: 'rds',
      ResourceType: 'instance',
      ResourceId: expect.stringMatching(/^rm-bp1[0-9a-z]{14}$/) as string,
      ResourceName: 'orders-db-prod',
      AccountId: accounts.main.accountId,
    })
    expect(Resource).toContainEqual({
      Service: 'secretsmanager',
      ResourceType: 'secret',
      ResourceId: 'prod/orders-db/password',
      ResourceName: 'prod/orders-db/password',
      AccountId: accounts.main.accountId,
    })
  })

  test('that runs goes on when it is asked for again, and a finished one is made anew', async () => {
    const KeyId = idOf(ledger)
    await detect(KeyId)
    cloud.runtime.advance(700)
    await detect(KeyId)
    expect((await look(KeyId)).Detection.CheckedServices).toEqual(['oss', 'ecs'])
    cloud.runtime.advance(600)
    expect((await look(KeyId)).Detection.Status).toBe('Detected')
    await cloud.cloud.lab.advanceClock(60_000)
    await detect(KeyId)
    expect((await look(KeyId)).Detection).toMatchObject({ Status: 'Detecting', DetectedAt: '2026-03-02T08:01:01Z' })
  })

  test('goes on over a restart', async () => {
    const disks = { cloud: memoryDisk(), vault: memoryDisk() }
    const open = () => testCloud({ persistence: { cloud: disks.cloud.open(), vault: disks.vault.open() } })
    cloud = await open()
    const KeyId = idOf(ledger)
    await detect(KeyId)
    const restarted = await open()
    restarted.runtime.advance(600)
    const { Detection } = await restarted.ok('DescribeKeyAssociations', { KeyId })
    expect(Detection).toMatchObject({ Status: 'Detecting', CheckedServices: ['oss', 'ecs'] })
  })

  test('waits for no host’s clock that was set back', () => {
    expect(checkedServices({ startedAt: 1000 }, 999)).toEqual(associatedServices)
    expect(checkedServices({ startedAt: 1000 }, 1000)).toEqual([])
  })

  test('is announced', async () => {
    const KeyId = idOf(ledger)
    const heard: unknown[] = []
    cloud.cloud.onChange((change) => heard.push(change))
    await detect(KeyId)
    expect(heard).toEqual([{ table: 'usage', ids: [KeyId] }])
  })

  test('of a key that nothing uses finds nothing', async () => {
    const { instanceId } = instanceNamed(cloud.cloud, instances.payments.name)
    const used = new Set(storedRows(cloud.cloud, 'resources').map(({ keyId }) => keyId))
    const unused = storedRows(cloud.cloud, 'keys').find(
      (key) => key.instanceId === instanceId && !used.has(key.keyId) && key.state === 'Enabled',
    )!
    await detect(unused.keyId)
    cloud.runtime.advance(1200)
    expect(await look(unused.keyId)).toMatchObject({
      Detection: { Status: 'Detected' },
      Resources: { Resource: [] },
      Uses: { Use: [] },
      CallsLast30Days: 0,
    })
  })
})

describe('what the cloud knows itself', () => {
  test('the aliases', async () => {
    const KeyId = idOf(aliases.ordersService)
    await cloud.ok('CreateAlias', { KeyId, AliasName: 'alias/new' })
    expect((await look(KeyId)).Aliases.Alias).toEqual(['alias/new', 'alias/orders/db', 'alias/orders/db-primary'])
  })

  test('the accounts that are let in, the owner first', async () => {
    const [main, partner] = [accounts.main.accountId, accounts.partner.accountId]
    const of = async (alias: string, as = 'account') => (await look(idOf(alias), as)).Accounts.Account
    expect(await of(aliases.working)).toEqual([{ AccountId: main, Via: 'Owner' }])
    expect(await of(aliases.crossAccount)).toEqual([
      { AccountId: main, Via: 'Owner' },
      { AccountId: partner, Via: 'KeyPolicy' },
    ])
    expect(await of(aliases.onSharedInstance)).toEqual([
      { AccountId: main, Via: 'Owner' },
      { AccountId: partner, Via: 'Sharing' },
    ])
  })

  test('the KMS keys on the same external key', async () => {
    const [one, other] = aliases.sameExternalKey
    const { Key } = (await look(idOf(one))).SiblingKeys
    expect(Key).toEqual([expect.objectContaining({ KeyId: idOf(other), KeyState: 'Enabled', AliasNames: [other] })])
    expect((await look(idOf('alias/core/pin-block'))).SiblingKeys.Key).toEqual([])
  })

  test('only as far as the caller may see them', async () => {
    const [one, other] = aliases.sameExternalKey
    const Policy = JSON.stringify({
      Version: '1',
      Statement: [
        ...keyNamed(cloud.cloud, other).policy!.Statement,
        {
          Effect: 'Deny',
          Principal: { RAM: [`acs:ram::${accounts.main.accountId}:user/${identities.auditor.user}`] },
          Action: ['kms:DescribeKey'],
          Resource: ['*'],
        },
      ],
    })
    await cloud.ok('SetKeyPolicy', { KeyId: idOf(other), Policy })
    expect((await look(idOf(one), 'auditor')).SiblingKeys.Key).toEqual([])
    expect((await look(idOf(one))).SiblingKeys.Key).toHaveLength(1)
  })

  test('who used the key so far, and who tried in vain', async () => {
    const { Uses, CallsLast30Days } = await look(idOf(aliases.working))
    expect(Uses.Use.map(({ PrincipalArn }) => PrincipalArn.split('/')[1])).toEqual(
      expect.arrayContaining(['payment-gateway', 'crypto-app', 'break-glass']),
    )
    const times = Uses.Use.map(({ LastUsedAt }) => LastUsedAt)
    expect(times).toEqual(times.toSorted().reverse())
    expect(CallsLast30Days).toBe(Uses.Use.reduce((sum, use) => sum + use.CallsLast30Days, 0))
    expect(CallsLast30Days).toBeGreaterThan(100_000)

    const { AttemptsSinceScheduled } = await look(idOf(aliases.pendingDeletion))
    expect(AttemptsSinceScheduled.Attempt.map(({ Action }) => Action)).toEqual([
      'Decrypt',
      'Decrypt',
      'Decrypt',
      'GenerateDataKey',
    ])
  })
})

describe('other accounts', () => {
  const shared = aliases.crossAccount
  const partner = accounts.partner.accountId

  test('are told as owners of resources without names', async () => {
    await detect(idOf(shared))
    cloud.runtime.advance(1200)
    expect((await look(idOf(shared))).Resources.Resource).toEqual([
      expect.objectContaining({ ResourceName: 'example-settlement-outbox', AccountId: accounts.main.accountId }),
      { Service: 'oss', ResourceType: 'bucket', ResourceId: '', ResourceName: '', AccountId: partner },
    ])
  })

  test('are told as users by name where the key policy names them', async () => {
    const principals = async () => (await look(idOf(shared))).Uses.Use.map(({ PrincipalArn }) => PrincipalArn)
    expect(await principals()).toEqual(
      expect.arrayContaining([`acs:ram::${partner}:user/etl`, `acs:ram::${partner}:role/etl`]),
    )
    const calls = (await look(idOf(shared))).CallsLast30Days
    const Policy = JSON.stringify({
      ...keyNamed(cloud.cloud, shared).policy,
      Statement: keyNamed(cloud.cloud, shared).policy!.Statement.slice(0, 2),
    })
    await cloud.ok('SetKeyPolicy', { KeyId: idOf(shared), Policy })
    expect((await principals()).filter((arn) => arn.includes(partner))).toEqual([`acs:ram::${partner}:*`])
    expect((await look(idOf(shared))).CallsLast30Days).toBe(calls)
  })

  test('see a key of theirs on the shared instance whole, its sharer by account', async () => {
    const KeyId = idOf('alias/clearing/batches')
    const names = async (as: string) => {
      await detect(KeyId, as)
      cloud.runtime.advance(1200)
      const { Resources, Uses } = await look(KeyId, as)
      return [Resources.Resource[0]!.ResourceName, Uses.Use[0]!.PrincipalArn]
    }
    expect(await names('partnerAccount')).toEqual(['clearing-prod', `acs:ram::${partner}:role/clearing`])
    expect(await names('account')).toEqual(['', `acs:ram::${partner}:*`])
  })
})

test('needs its permission', async () => {
  const KeyId = idOf(ledger)
  for (const action of ['DetectKeyAssociations', 'DescribeKeyAssociations'] as const) {
    expect(await cloud.code(action, { KeyId }, { as: 'intern' })).toBe('Forbidden.NoPermission')
    expect(await cloud.code(action, { KeyId }, { as: 'auditor' })).toBeNull()
    expect(await cloud.code(action, { KeyId: 'key-none' })).toBe('Forbidden.KeyNotFound')
  }
})

test('no content of a request reaches what is remembered or told', async () => {
  const canary = 'canary-7f0e19'
  const Plaintext = Buffer.from(canary).toString('base64')
  const EncryptionContext = { [`${canary}-name`]: `${canary}-value` }
  const told: unknown[] = []
  for (const KeyId of [idOf(aliases.working), idOf(aliases.pendingDeletion), idOf(aliases.disabled)]) {
    await cloud.call('Encrypt', { KeyId, Plaintext, EncryptionContext })
    const { body } = await cloud.call('GenerateDataKey', { KeyId, EncryptionContext })
    await cloud.call('UpdateKeyDescription', { KeyId, Description: canary })
    told.push(await look(KeyId), (await cloud.call('ListKeyActivity', { KeyId })).body)
    const { cloud: tables, trace } = cloud.cloud.dump()
    const remembered = [tables.keyUses, tables.useAttempts, tables.detections, trace]
    for (const secret of [canary, Plaintext, body.Plaintext, body.CiphertextBlob].filter((text) => text !== undefined))
      expect(JSON.stringify([told, remembered])).not.toContain(secret)
  }
})
