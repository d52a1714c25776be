import { beforeAll, describe, expect, test } from 'vitest'
import { parsePolicy } from '#src/api/contract/policy.ts'
import {
  aliasNameProblem,
  descriptionProblem,
  externalKeyIdProblem,
  isProblem,
  limits,
  tagListProblem,
} from '#src/api/contract/rules.ts'
import en from '#src/i18n/messages/en/lazy/scenario.json' with { type: 'json' }
import zh from '#src/i18n/messages/zh/lazy/scenario.json' with { type: 'json' }
import { documentOf } from '#mocks/ram/attached.ts'
import { parseRamPolicy } from '#mocks/ram/parse.ts'
import { ramPolicyId } from '#mocks/ram/attached.ts'
import { cloudTables, vaultTables } from '#mocks/store/rows.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'
import { instanceNamed, keyNamed, storedRows } from '#mocks/testing/rows.ts'
import { accounts, aliases, externalKeys, identities, instances, scenarioNames, softwareAliases } from './names.ts'
import { buildWorld, scenarios } from './scenarios.ts'
import type { World } from './world.ts'

const build = (name: string, seed = 1): Promise<World> =>
  buildWorld({ name, seed }, { now: testStart, runtime: testRuntime(seed) })

/** Without what is random on purpose: keys, and the credentials that KMS signs with. */
const drawn = ({ cloud, vault }: World): string =>
  JSON.stringify([
    { ...cloud, instances: cloud.instances.map(({ proxy, ...row }) => ({ ...row, prefix: proxy?.uriPathPrefix })) },
    vault.externalKeys.map(({ wrapped: _, ...row }) => row),
  ])

test('every named scenario is there', () => {
  expect(Object.keys(scenarios)).toEqual([...scenarioNames])
})

test('no other is', async () => {
  await expect(build('other')).rejects.toThrow(RangeError)
  await expect(build('toString')).rejects.toThrow(RangeError)
})

test('the same seed gives the same world, another seed another', async () => {
  const [one, again, other] = await Promise.all([build('default'), build('default'), build('default', 2)])
  expect(drawn(again)).toBe(drawn(one))
  expect(drawn(other)).not.toBe(drawn(one))
})

test('secrets are random, whatever the seed', async () => {
  const wrapped = (world: World): readonly string[] => world.vault.externalKeys.map((row) => row.wrapped.toString())
  const [one, again] = await Promise.all([build('default'), build('default')])
  expect(new Set([...wrapped(one), ...wrapped(again)]).size).toBe(2 * one.vault.externalKeys.length)
})

describe.each(scenarioNames)('%s', (name) => {
  let world: World
  beforeAll(async () => {
    world = await build(name)
  })

  test('every row has an identifier of its own, and refers to rows that are there', () => {
    const { cloud, vault } = world
    for (const [table, idOf] of [...Object.entries(cloudTables), ...Object.entries(vaultTables)]) {
      const rows = (cloud[table as 'keys'] ?? vault[table as 'externalKeys']) as readonly never[]
      expect(new Set(rows.map(idOf)).size, table).toBe(rows.length)
    }
    const keyIds = new Set(cloud.keys.map(({ keyId }) => keyId))
    const instanceIds = new Set(cloud.instances.map(({ instanceId }) => instanceId))
    expect(cloud.aliases.every(({ keyId }) => keyIds.has(keyId))).toBe(true)
    const versions = new Map(cloud.keyVersions.map((version) => [version.versionId, version]))
    for (const { keyId, externalKeyId, primaryVersionId, rotatedAt } of cloud.keys)
      if (externalKeyId !== null) expect([primaryVersionId, rotatedAt]).toEqual([null, null])
      else expect(versions.get(primaryVersionId ?? '')).toMatchObject({ keyId, createdAt: rotatedAt, material: null })
    expect(cloud.keyVersions.every(({ keyId }) => keyIds.has(keyId))).toBe(true)
    expect(cloud.keys.every(({ instanceId }) => instanceId === null || instanceIds.has(instanceId))).toBe(true)
    const used = [...cloud.resources, ...cloud.keyUses, ...cloud.useAttempts]
    expect(used.every(({ keyId }) => keyIds.has(keyId))).toBe(true)
    const arns = new Set(cloud.principals.map(({ arn }) => arn))
    expect([...cloud.keyUses, ...cloud.useAttempts].every(({ principalArn }) => arns.has(principalArn))).toBe(true)
  })

  test('nothing in it breaks a rule of the API', () => {
    const { cloud, vault } = world
    const arns = new Set(cloud.principals.map(({ arn }) => arn))
    const policyIds = new Set(cloud.ramPolicies.map(({ id }) => id))
    const attached = [...cloud.principals, ...cloud.groups]
    const documents = new Set(cloud.keys.flatMap(({ policy }) => (policy ? [JSON.stringify(policy)] : [])))
    const broken = [
      ...cloud.keys.filter(({ tags }) => tagListProblem(tags)),
      ...cloud.keys.filter(({ description }) => descriptionProblem(description)),
      ...cloud.keys.filter(({ state, deleteAt }) => (state === 'PendingDeletion') !== (deleteAt !== null)),
      ...cloud.keys.filter(({ createdAt }) => createdAt >= testStart),
      ...[...documents].filter((document) => isProblem(parsePolicy(document))),
      ...cloud.aliases.filter(({ aliasName }) => !aliasName.startsWith('alias/acs/') && aliasNameProblem(aliasName)),
      ...cloud.ramPolicies.filter((row) => isProblem(parseRamPolicy(JSON.stringify(documentOf(row))))),
      ...attached.filter(({ accountId, policies }) =>
        policies.some(({ name, type }) => !policyIds.has(ramPolicyId(type === 'System' ? null : accountId, name))),
      ),
      ...cloud.groups.filter(({ members }) => members.some(({ arn }) => !arns.has(arn))),
      ...vault.externalKeys.filter(({ id }) => externalKeyIdProblem(id)),
      ...cloud.keyUses.filter(({ lastAt }) => lastAt > testStart),
      ...cloud.keyUses.filter(({ days }) => Object.keys(days).length > limits.callHistoryDays),
      ...cloud.useAttempts.filter(({ keyId, at }) => {
        const { deletionScheduledAt } = cloud.keys.find((key) => key.keyId === keyId)!
        return at > testStart || at < (deletionScheduledAt ?? Infinity)
      }),
    ]
    expect(broken).toEqual([])
  })

  test('its secrets cannot be read', () => {
    const { cloud, vault } = world
    const keys = [
      ...cloud.accessKeys.map(({ key }) => key),
      ...cloud.instances.flatMap(({ proxy }) => proxy?.signingKey ?? []),
      ...vault.credentials.map(({ signingKey }) => signingKey),
      ...vault.wrappingKeys.map(({ key }) => key),
    ]
    for (const key of keys) expect(key.extractable).toBe(false)
  })
})

describe('the default scenario', () => {
  test('is a working account of some size', async () => {
    const { cloud } = await testCloud()
    const keys = storedRows(cloud, 'keys')
    expect(keys.length).toBeGreaterThanOrEqual(40)
    expect(new Set(keys.map(({ region }) => region)).size).toBe(3)
    expect(new Set(keys.map(({ state }) => state))).toEqual(new Set(['Enabled', 'Disabled', 'PendingDeletion']))
    const users = storedRows(cloud, 'principals').filter(
      ({ kind, accountId }) => kind === 'user' && accountId === accounts.main.accountId,
    )
    expect(users.length).toBeGreaterThanOrEqual(12)
    const external = storedRows(cloud, 'instances').filter(
      ({ type, region }) => type === 'External' && region === 'cn-hangzhou',
    )
    expect(external.map(({ name }) => name).sort()).toEqual(
      [instances.archive, instances.group, instances.payments, instances.settlement].map(({ name }) => name).sort(),
    )
  })

  test('has every key that tests know by name', async () => {
    const { cloud } = await testCloud()
    for (const alias of Object.values(aliases).flat()) expect(keyNamed(cloud, alias).externalKeyId).not.toBeNull()
    const onSoftware = storedRows(cloud, 'keys').filter(
      ({ instanceId }) => instanceId === instanceNamed(cloud, instances.software.name).instanceId,
    )
    const named = storedRows(cloud, 'aliases').filter(({ keyId }) => onSoftware.some((key) => key.keyId === keyId))
    for (const alias of Object.values(softwareAliases)) expect(named.map(({ aliasName }) => aliasName)).toContain(alias)
  })

  test('has keys ready at the manager, and one that no KMS key may stand on', async () => {
    const { cloud } = await testCloud()
    const used = new Set(storedRows(cloud, 'keys').map(({ externalKeyId }) => externalKeyId))
    for (const id of [...externalKeys.ready, externalKeys.disabled, externalKeys.encryptOnly])
      expect(used.has(id)).toBe(false)
  })
})

test('empty: people and instances, no key anywhere', async () => {
  const { cloud, vault } = await build('empty')
  expect([cloud.keys, cloud.aliases, vault.externalKeys]).toEqual([[], [], []])
  expect(cloud.instances.length).toBeGreaterThan(0)
})

test('large: 10,000 keys on one instance, and 10,000 users', async () => {
  const { cloud } = await build('large')
  const { instanceId } = cloud.instances.find(({ name }) => name === instances.payments.name)!
  expect(cloud.keys.filter((key) => key.instanceId === instanceId)).toHaveLength(10_000)
  const users = cloud.principals.filter(
    ({ kind, accountId }) => kind === 'user' && accountId === accounts.main.accountId,
  )
  expect(new Set(users.map(({ arn }) => arn)).size).toBe(10_000)
  expect(users.filter(({ name }) => !/^[A-Za-z0-9._-]{1,64}$/.test(name))).toEqual([])
})

test("each identity's purpose has words in both languages", () => {
  const purposes = Object.keys(identities).sort()
  expect(Object.keys(en.identity).sort()).toEqual(purposes)
  expect(Object.keys(zh.identity).sort()).toEqual(purposes)
})
