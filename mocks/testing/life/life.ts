/** Random lives of keys, on the emulator and on a plain model of the documented rules at once: they must agree in all that can be seen. */
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { lifeWorld, policyText } from './life-world.ts'
import { listed, newModel, pass, type Model, type ModelKey } from './model.ts'
import type { Operation, Step } from './operation.ts'
import { firstKeys } from './key-operations.ts'
import { operation } from './operations.ts'

export interface Lives {
  readonly seed?: number
  readonly runs: number
  /** Operations of the longest one. */
  readonly length: number
}

/** Of an action: how often each code came, `success` among them. */
export type Outcomes = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Throws with the shortest sequence of operations that it finds on which the two differ. Returns what came of the requests. */
export async function compareLives({ seed, runs, length }: Lives): Promise<Outcomes> {
  const lives = fc
    .tuple(firstKeys, fc.array(operation, { maxLength: length, size: 'max' }))
    .map((parts) => parts.flat())
  const outcomes = new Map<string, Map<string, number>>()
  const count = (name: string, code: string): void => {
    const codes = outcomes.get(name) ?? new Map<string, number>()
    outcomes.set(name, codes.set(code, (codes.get(code) ?? 0) + 1))
  }
  const property = fc.asyncProperty(lives, (operations) => live(operations, count))
  await fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) })
  return outcomes
}

type Count = (name: string, code: string) => void

async function live(operations: readonly Operation[], count: Count): Promise<void> {
  const cloud = await testCloud({ world: await lifeWorld() })
  const model = newModel(cloud.cloud.now())
  for (const happening of operations) {
    // Two keys of the same moment would be listed in an order that no page promises.
    cloud.runtime.advance(1000)
    pass(model, 1000)
    if ('plan' in happening) {
      await take(cloud, happening.plan(model), count)
      // What is due by then comes before the next request.
      pass(model, 0)
    } else if ('look' in happening) await compare(cloud, model)
    else {
      await cloud.cloud.lab.advanceClock(happening.ms)
      pass(model, happening.ms)
    }
  }
  await compare(cloud, model)
  expect(cloud.defects).toEqual([])
}

async function take(cloud: TestCloud, step: Step, count: Count): Promise<void> {
  const { name, input, actor, refusal, answers, effect } = step
  const { body } = await cloud.call(name, input as never, { as: actor })
  expect({ name, code: body.Code ?? null }).toEqual({ name, code: refusal })
  count(name, refusal ?? 'success')
  if (refusal !== null) return
  expect(body).toMatchObject(answers)
  effect(body)
}

const wireTime = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')

/** All that the account can see. */
async function compare({ ok, code }: TestCloud, model: Model): Promise<void> {
  const { Keys } = await ok('ListKeys', { PageSize: 100 })
  expect(Keys.Key.map(({ KeyId }) => KeyId)).toEqual(listed(model).map(({ id }) => id))
  const { Aliases } = await ok('ListAliases', { PageSize: 100 })
  const aliases = Aliases.Alias.map(({ AliasName, KeyId }) => [AliasName, KeyId] as const)
  expect(new Map(aliases)).toEqual(model.aliases)
  for (const key of model.keys.values()) await compareKey({ ok }, key)
  for (const keyId of model.everKeys.filter((id) => !model.keys.has(id)))
    expect(await code('DescribeKey', { KeyId: keyId })).toBe('Forbidden.KeyNotFound')
}

async function compareKey({ ok }: Pick<TestCloud, 'ok'>, key: ModelKey): Promise<void> {
  const KeyId = key.id
  const { KeyMetadata } = await ok('DescribeKey', { KeyId })
  expect(KeyMetadata).toMatchObject({
    KeyState: key.state,
    Description: key.description,
    CreationDate: wireTime(key.createdAt),
    DeletionProtection: key.isProtected ? 'Enabled' : 'Disabled',
    DeletionProtectionDescription: key.protectedFor,
  })
  expect(KeyMetadata.DeleteDate).toBe(key.deleteAt === null ? undefined : wireTime(key.deleteAt))
  expect(KeyMetadata).toMatchObject(rotationOf(key))
  if (key.kind === 'software') await compareVersions({ ok }, key)
  const { Tags } = await ok('ListResourceTags', { KeyId })
  expect(new Map(Tags.Tag.map(({ TagKey, TagValue }) => [TagKey, TagValue]))).toEqual(key.tags)
  const { Policy } = await ok('GetKeyPolicy', { KeyId })
  expect(JSON.parse(Policy)).toMatchObject(JSON.parse(policyText(key.policy)) as object)
}

/** What DescribeKey says of rotation; a key that does not rotate has no dates of it. */
function rotationOf({ rotation, state }: ModelKey): object {
  if (!rotation) return { AutomaticRotation: 'Disabled' }
  const { intervalMs, nextAt } = rotation
  return {
    AutomaticRotation: state === 'Enabled' && nextAt !== null ? 'Enabled' : 'Suspended',
    RotationInterval: `${intervalMs / 1000}s`,
    ...(nextAt === null ? {} : { NextRotationDate: wireTime(nextAt) }),
  }
}

async function compareVersions({ ok }: Pick<TestCloud, 'ok'>, { id: KeyId, versions }: ModelKey): Promise<void> {
  const { KeyMetadata } = await ok('DescribeKey', { KeyId })
  const { KeyVersions, TotalCount } = await ok('ListKeyVersions', { KeyId, PageSize: 101 })
  const told = KeyVersions.KeyVersion
  expect(TotalCount).toBe(versions.length)
  expect(told.map(({ CreationDate }) => CreationDate)).toEqual(versions.map(({ createdAt }) => wireTime(createdAt)))
  for (const [index, version] of versions.entries()) version.id ??= told[index]!.KeyVersionId
  expect(told.map(({ KeyVersionId }) => KeyVersionId)).toEqual(versions.map(({ id }) => id))
  expect(KeyMetadata.PrimaryKeyVersion).toBe(versions[0]?.id)
  expect(KeyMetadata.LastRotationDate).toBe(versions[0] && wireTime(versions[0].createdAt))
}
