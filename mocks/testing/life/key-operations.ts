/** Making, changing and losing keys. */
import * as fc from 'fast-check'
import { tags } from './label-operations.ts'
import { externalKeyIds, instanceIds, policyText } from './life-world.ts'
import { limits, mayElsewhere, policies, refusalOf, unitsOf, type PolicyName } from './model.ts'
import {
  actor,
  arnOf,
  changing,
  keyIdOf,
  number,
  onKey,
  onlyIf,
  operationOf,
  pick,
  step,
  type Change,
  type Operation,
} from './operation.ts'

const text = fc.constantFrom('', 'orders', '订单', 'x'.repeat(limits.description), 'x'.repeat(limits.description + 1))
const isTooLong = (written: string): boolean => written.length > limits.description

/** An action with no parameter but the key. */
const simple = (name: 'EnableKey' | 'DisableKey' | 'CancelKeyDeletion', change: Change): fc.Arbitrary<Operation> =>
  operationOf(name, fc.record(onKey), (model, { actor: by, key }) => {
    const KeyId = keyIdOf(model, key)
    return step(name, { KeyId }, by, {
      refusal: refusalOf(model, { action: name, actor: by, keys: [KeyId] }),
      effect: changing(model, [KeyId], change),
    })
  })

const create = operationOf(
  'create',
  fc.record({ actor, tags, external: number }),
  (model, { actor: by, tags: Tags, external }) =>
    step(
      'CreateKey',
      { DKMSInstanceId: instanceIds.external, ExternalKeyId: pick(externalKeyIds, external)!, Tags },
      by,
      {
        refusal:
          onlyIf(!mayElsewhere(by), 'Forbidden.NoPermission') ??
          onlyIf(unitsOf(model, 'external') >= limits.keysOfInstance, 'Rejected.LimitExceeded'),
        effect: ({ KeyMetadata }) => {
          const { KeyId: id } = KeyMetadata as { KeyId: string }
          model.everKeys.push(id)
          model.keys.set(id, {
            id,
            kind: 'external',
            createdAt: model.now,
            state: 'Enabled',
            deleteAt: null,
            description: '',
            isProtected: false,
            protectedFor: '',
            tags: new Map(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
            policy: 'standard',
          })
        },
      },
    ),
)

const schedule = operationOf(
  'schedule',
  fc.record({ ...onKey, days: fc.constantFrom(6, 7, 7, 30, 30, 366, 367) }),
  (model, { actor: by, key, days }) => {
    const KeyId = keyIdOf(model, key)
    const { min, max } = limits.days
    return step('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: days }, by, {
      refusal:
        onlyIf(days < min || days > max, 'InvalidParameter') ??
        refusalOf(model, { action: 'ScheduleKeyDeletion', actor: by, keys: [KeyId] }) ??
        onlyIf(model.keys.get(KeyId)?.isProtected === true, 'Rejected.StateModifiedFailed'),
      effect: changing(model, [KeyId], (found) => {
        found.state = 'PendingDeletion'
        found.deleteAt = model.now + days * limits.dayMs
      }),
    })
  },
)

const protect = operationOf(
  'protect',
  fc.record({ ...onKey, other: number, by: fc.constantFrom('id', 'arn', 'both'), on: fc.boolean(), text }),
  (model, { actor: by, key, other, by: naming, on, text: words }) => {
    const id = keyIdOf(model, key)
    const arnsId = naming === 'both' ? keyIdOf(model, other) : id
    const keys = naming === 'both' ? [id, arnsId] : [id]
    const isThere = keys.every((one) => model.keys.has(one))
    return step(
      'SetDeletionProtection',
      {
        EnableDeletionProtection: on,
        ...(words === '' ? {} : { DeletionProtectionDescription: words }),
        ...(naming === 'arn' ? {} : { KeyId: id }),
        ...(naming === 'id' ? {} : { ProtectedResourceArn: arnOf(arnsId) }),
      },
      by,
      {
        refusal:
          onlyIf(isTooLong(words), 'InvalidParameter') ??
          onlyIf(isThere && id !== arnsId, 'InvalidParameter') ??
          refusalOf(model, { action: 'SetDeletionProtection', actor: by, keys }),
        effect: changing(model, [id], (found) => {
          found.isProtected = on
          found.protectedFor = on ? words : ''
        }),
      },
    )
  },
)

const describe = operationOf('describe', fc.record({ ...onKey, text }), (model, { actor: by, key, text: words }) => {
  const KeyId = keyIdOf(model, key)
  return step('UpdateKeyDescription', { KeyId, Description: words }, by, {
    refusal:
      onlyIf(isTooLong(words), 'InvalidParameter') ??
      refusalOf(model, { action: 'UpdateKeyDescription', actor: by, keys: [KeyId] }),
    effect: changing(model, [KeyId], (found) => (found.description = words)),
  })
})

const policy = operationOf(
  'policy',
  fc.record({ ...onKey, policy: fc.constantFrom(...(Object.keys(policies) as PolicyName[])) }),
  (model, { actor: by, key, policy: chosen }) => {
    const KeyId = keyIdOf(model, key)
    return step('SetKeyPolicy', { KeyId, Policy: policyText(chosen) }, by, {
      refusal: refusalOf(model, { action: 'SetKeyPolicy', actor: by, keys: [KeyId] }),
      effect: changing(model, [KeyId], (found) => (found.policy = chosen)),
    })
  },
)

export const keyOperations: readonly fc.WeightedArbitrary<Operation>[] = [
  { weight: 4, arbitrary: create },
  { weight: 1, arbitrary: simple('EnableKey', (key) => (key.state = 'Enabled')) },
  { weight: 1, arbitrary: simple('DisableKey', (key) => (key.state = 'Disabled')) },
  {
    weight: 2,
    arbitrary: simple('CancelKeyDeletion', (key) => {
      key.state = 'Enabled'
      key.deleteAt = null
    }),
  },
  { weight: 3, arbitrary: schedule },
  { weight: 1, arbitrary: protect },
  { weight: 1, arbitrary: describe },
  { weight: 1, arbitrary: policy },
]
