/** Which permission each action of a key's life asks for, and on what (KMS user guide, Use RAM to control access to resources). */
import { beforeAll, describe, expect, test } from 'vitest'
import { accountArn, userArn } from '#src/api/contract/arn.ts'
import type { ActionName, Input } from '#src/api/contract/actions.ts'
import type { KeyPolicy } from '#src/api/contract/policy.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import { account, keyIds, region, smallWorld } from '#mocks/testing/small-world.ts'

type Case = { [N in ActionName]: readonly [name: N, input: Input<N>, on: string] }[ActionName]

const key = (keyId: string): string => `acs:kms:${region}:${account}:key/${keyId}`
const { enabled, disabled, pendingDeletion } = keyIds
const tags = [{ TagKey: 'env', TagValue: 'test' }]

const cases: readonly Case[] = [
  ['EnableKey', { KeyId: enabled }, key(enabled)],
  ['DisableKey', { KeyId: enabled }, key(enabled)],
  ['UpdateKeyDescription', { KeyId: enabled, Description: 'x' }, key(enabled)],
  ['ScheduleKeyDeletion', { KeyId: enabled, PendingWindowInDays: 7 }, key(enabled)],
  ['CancelKeyDeletion', { KeyId: pendingDeletion }, key(pendingDeletion)],
  ['SetDeletionProtection', { KeyId: enabled, EnableDeletionProtection: true }, key(enabled)],
  ['SetDeletionProtection', { ProtectedResourceArn: key(enabled), EnableDeletionProtection: true }, key(enabled)],
  ['TagResource', { KeyId: enabled, Tags: tags }, key(enabled)],
  ['UntagResource', { KeyId: enabled, TagKeys: ['env'] }, key(enabled)],
  ['ListResourceTags', { KeyId: enabled }, key(enabled)],
  [
    'UntagResources',
    { RegionId: region, ResourceType: 'key', ResourceId: [enabled, disabled], All: true },
    key(enabled),
  ],
  ['CreateAlias', { KeyId: enabled, AliasName: 'alias/new' }, `acs:kms:${region}:${account}:alias/new`],
  ['UpdateAlias', { KeyId: disabled, AliasName: 'alias/orders' }, `acs:kms:${region}:${account}:alias/orders`],
  ['DeleteAlias', { AliasName: 'alias/orders' }, `acs:kms:${region}:${account}:alias/orders`],
]

let cloud: TestCloud
beforeAll(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

const call = <N extends ActionName>(at: TestCloud, name: N, input: Input<N>, as: string) => at.call(name, input, { as })

describe.each(cases)('%s %j', (name, input, on) => {
  test('is denied to whom nothing is granted, before its state is looked at', async () => {
    await refusalOf(cloud, () => call(cloud, name, input as never, 'nobody'))
    const { body } = await call(cloud, name, input as never, 'nobody')
    expect(body.Code).toBe('Forbidden.NoPermission')
    expect(body.Detail?.Decision).toMatchObject({
      AuthAction: `kms:${name}`,
      AuthPrincipal: userArn(account, 'nobody'),
      Resource: on,
      NoPermissionType: 'ImplicitDeny',
      PolicyType: expect.stringMatching(/Policy$/) as string,
    })
  })

  test('is done for whom the whole service is granted', async () => {
    const fresh = await testCloud({ world: await smallWorld() })
    expect((await call(fresh, name, input as never, 'admin')).status).toBe(200)
  })

  test('is denied to a reader, unless it reads', async () => {
    const { status } = await call(cloud, name, input as never, 'reader')
    expect(status).toBe(name === 'ListResourceTags' ? 200 : 403)
  })
})

describe('by the key policy alone', () => {
  /** The answer to `nobody`, where every key policy grants it these actions. */
  async function granting(name: ActionName, input: object, ...Action: readonly string[]): Promise<number> {
    const policy: KeyPolicy = {
      Version: '1',
      Statement: [
        { Effect: 'Allow', Principal: { RAM: [accountArn(account)] }, Action: ['kms:*'], Resource: ['*'] },
        { Effect: 'Allow', Principal: { RAM: [userArn(account, 'nobody')] }, Action, Resource: ['*'] },
      ],
    }
    const world = await smallWorld()
    const keys = world.cloud.keys.map((row) => ({ ...row, policy }))
    const at = await testCloud({ world: { ...world, cloud: { ...world.cloud, keys } } })
    return (await call(at, name, input as never, 'nobody')).status
  }
  const onKeyAlone = cases.filter(([name]) => !name.endsWith('Alias') && name !== 'UntagResources')

  test.each(onKeyAlone)('%s %j takes its own permission and no other', async (name, input) => {
    expect(await granting(name, input, `kms:${name}`)).toBe(200)
    const others = [...new Set(cases.map(([other]) => `kms:${other}`))].filter((action) => action !== `kms:${name}`)
    expect(await granting(name, input, ...others)).toBe(403)
  })

  test('UntagResources is not among what a key policy can grant', async () => {
    const input = { RegionId: region, ResourceType: 'key', ResourceId: [enabled], All: true }
    expect(await granting('UntagResources', input, 'kms:UntagResources', 'kms:*')).toBe(200)
    expect(await granting('UntagResources', input, 'kms:UntagResources')).toBe(403)
  })
})
