/** Aliases and tags. */
import * as fc from 'fast-check'
import { region } from '#mocks/testing/small-world.ts'
import { limits, refusalOf, type Model } from './model.ts'
import {
  actor,
  aliasName,
  changing,
  keyIdOf,
  number,
  onKey,
  onlyIf,
  operationOf,
  step,
  type Change,
  type Operation,
} from './operation.ts'

const createAlias = operationOf(
  'createAlias',
  fc.record({ ...onKey, aliasName }),
  (model, { actor: by, key, aliasName: AliasName }) => {
    const KeyId = keyIdOf(model, key)
    return step('CreateAlias', { KeyId, AliasName }, by, {
      refusal:
        refusalOf(model, { action: 'CreateAlias', actor: by, keys: [KeyId], isElsewhereToo: true }) ??
        onlyIf(model.aliases.has(AliasName), 'AliasAlreadyExists'),
      effect: () => model.aliases.set(AliasName, KeyId),
    })
  },
)

const updateAlias = operationOf(
  'updateAlias',
  fc.record({ ...onKey, aliasName }),
  (model, { actor: by, key, aliasName: AliasName }) => {
    const KeyId = keyIdOf(model, key)
    const before = model.aliases.get(AliasName)
    const asking = { action: 'UpdateAlias', actor: by, keys: [KeyId], isElsewhereToo: true }
    return step('UpdateAlias', { KeyId, AliasName }, by, {
      refusal:
        onlyIf(!model.keys.has(KeyId), 'Forbidden.KeyNotFound') ??
        onlyIf(before === undefined, 'Forbidden.AliasNotFound') ??
        refusalOf(model, { ...asking, alsoOn: before === undefined ? [] : [before] }),
      effect: () => model.aliases.set(AliasName, KeyId),
    })
  },
)

const deleteAlias = operationOf(
  'deleteAlias',
  fc.record({ actor, aliasName }),
  (model, { actor: by, aliasName: AliasName }) => {
    const keyId = model.aliases.get(AliasName)
    return step('DeleteAlias', { AliasName }, by, {
      refusal:
        keyId === undefined
          ? 'Forbidden.AliasNotFound'
          : refusalOf(model, { action: 'DeleteAlias', actor: by, keys: [keyId], isElsewhereToo: true }),
      effect: () => model.aliases.delete(AliasName),
    })
  },
)

const tagKey = fc.nat({ max: 29 }).map((index) => `tag:${index}`)
const tagKeys = fc.array(tagKey, { minLength: 1, maxLength: 16 })
export const tags = fc.uniqueArray(fc.record({ TagKey: tagKey, TagValue: fc.constantFrom('', 'v', 'w') }), {
  selector: ({ TagKey }) => TagKey,
  minLength: 1,
  maxLength: 16,
})

type Tags = readonly { readonly TagKey: string; readonly TagValue: string }[]
const isOverfull = (model: Model, keyIds: readonly string[], added: Tags): boolean =>
  keyIds.some((id) => {
    const present = [...(model.keys.get(id)?.tags.keys() ?? [])]
    return new Set([...present, ...added.map(({ TagKey }) => TagKey)]).size > limits.tagsOfKey
  })
const putTags =
  (added: Tags): Change =>
  (key) => {
    for (const { TagKey, TagValue } of added) key.tags.set(TagKey, TagValue)
  }
/** Null: all of them. */
const dropTags =
  (gone: readonly string[] | null): Change =>
  (key) => {
    for (const name of gone ?? [...key.tags.keys()]) key.tags.delete(name)
  }

const tag = operationOf('tag', fc.record({ ...onKey, tags }), (model, { actor: by, key, tags: Tags }) => {
  const KeyId = keyIdOf(model, key)
  return step('TagResource', { KeyId, Tags }, by, {
    refusal:
      refusalOf(model, { action: 'TagResource', actor: by, keys: [KeyId] }) ??
      onlyIf(isOverfull(model, [KeyId], Tags), 'Rejected.LimitExceeded'),
    effect: changing(model, [KeyId], putTags(Tags)),
  })
})

const untag = operationOf('untag', fc.record({ ...onKey, tagKeys }), (model, { actor: by, key, tagKeys: TagKeys }) => {
  const KeyId = keyIdOf(model, key)
  return step('UntagResource', { KeyId, TagKeys }, by, {
    refusal: refusalOf(model, { action: 'UntagResource', actor: by, keys: [KeyId] }),
    effect: changing(model, [KeyId], dropTags(TagKeys)),
  })
})

const several = (model: Model, key: number, other: number) => {
  const keys = [keyIdOf(model, key), keyIdOf(model, other)]
  return { keys, input: { RegionId: region, ResourceType: 'key', ResourceId: keys } as const }
}

const tagSeveral = operationOf(
  'tagSeveral',
  fc.record({ ...onKey, other: number, tags }),
  (model, { actor: by, key, other, tags: added }) => {
    const { keys, input } = several(model, key, other)
    const Tag = added.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue }))
    return step('TagResources', { ...input, Tag }, by, {
      refusal:
        refusalOf(model, { action: 'TagResources', actor: by, keys, notFound: 'InvalidResourceId.NotFound' }) ??
        onlyIf(isOverfull(model, keys, added), 'Rejected.LimitExceeded'),
      effect: changing(model, keys, putTags(added)),
    })
  },
)

const untagSeveral = operationOf(
  'untagSeveral',
  fc.record({ ...onKey, other: number, tagKeys: fc.option(tagKeys) }),
  (model, { actor: by, key, other, tagKeys: gone }) => {
    const { keys, input } = several(model, key, other)
    return step('UntagResources', { ...input, ...(gone ? { TagKey: gone } : { All: true }) }, by, {
      refusal: refusalOf(model, { action: 'UntagResources', actor: by, keys, notFound: 'InvalidResourceId.NotFound' }),
      effect: changing(model, keys, dropTags(gone)),
    })
  },
)

export const labelOperations: readonly fc.WeightedArbitrary<Operation>[] = [
  { weight: 2, arbitrary: createAlias },
  { weight: 1, arbitrary: updateAlias },
  { weight: 1, arbitrary: deleteAlias },
  { weight: 1, arbitrary: tag },
  { weight: 1, arbitrary: untag },
  { weight: 1, arbitrary: tagSeveral },
  { weight: 1, arbitrary: untagSeveral },
]
