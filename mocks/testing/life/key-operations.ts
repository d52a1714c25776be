/** Making, changing and losing keys. */
import * as fc from 'fast-check'
import { tags } from './label-operations.ts'
import { instanceIds, policyText } from './life-world.ts'
import { externalKeyId } from '#mocks/testing/small-world.ts'
import {
  limits,
  mayElsewhere,
  policies,
  refusalOf,
  hasUnits,
  becomeEnabled,
  type Model,
  type ModelKey,
  type ModelKind,
  type PolicyName,
} from './model.ts'
import {
  actor,
  arnOf,
  changing,
  keyIdOf,
  number,
  onKey,
  onlyIf,
  operationOf,
  step,
  type Operation,
} from './operation.ts'

const text = fc.constantFrom('', 'orders', '订单', 'x'.repeat(limits.description), 'x'.repeat(limits.description + 1))
const isTooLong = (written: string): boolean => written.length > limits.description

/** An action with no parameter but the key. */
const simple = (
  name: 'EnableKey' | 'DisableKey' | 'CancelKeyDeletion',
  change: (model: Model, key: ModelKey) => void,
): fc.Arbitrary<Operation> =>
  operationOf(name, fc.record(onKey), (model, { actor: by, key }) => {
    const KeyId = keyIdOf(model, key)
    return step(name, { KeyId }, by, {
      refusal: refusalOf(model, { action: name, actor: by, keys: [KeyId] }),
      effect: changing(model, [KeyId], (found) => change(model, found)),
    })
  })

interface NewKey {
  readonly KeyId: string
  readonly PrimaryKeyVersion?: string
}

const create = (kind: ModelKind): fc.Arbitrary<Operation> =>
  operationOf(
    `create ${kind}`,
    fc.record({ actor, tags, days: fc.constantFrom(null, 7, 30, 365) }),
    (model, { actor: by, tags: Tags, days }) => {
      const rotates = kind === 'software' && days !== null
      const intervalMs = (days ?? 0) * limits.dayMs
      const special = {
        external: { ExternalKeyId: externalKeyId },
        software: rotates ? { EnableAutomaticRotation: true, RotationInterval: `${days}d` } : {},
      }
      return step('CreateKey', { DKMSInstanceId: instanceIds[kind], Tags, ...special[kind] }, by, {
        refusal:
          onlyIf(!mayElsewhere(by), 'Forbidden.NoPermission') ??
          onlyIf(!hasUnits(model, kind), 'Rejected.LimitExceeded'),
        effect: ({ KeyMetadata }) => {
          const { KeyId: id, PrimaryKeyVersion: versionId } = KeyMetadata as NewKey
          const createdAt = model.now
          model.everKeys.push(id)
          model.keys.set(id, {
            id,
            kind,
            createdAt,
            state: 'Enabled',
            deleteAt: null,
            description: '',
            isProtected: false,
            protectedFor: '',
            tags: new Map(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
            policy: 'standard',
            versions: versionId === undefined ? [] : [{ id: versionId, createdAt }],
            rotation: rotates ? { intervalMs, nextAt: createdAt + intervalMs } : null,
          })
        },
      })
    },
  )

const schedule = operationOf(
  'schedule',
  fc.record({ ...onKey, days: fc.constantFrom(6, 7, 7, 30, 30, 366, 367) }),
  (model, { actor: by, key, days }) => {
    const KeyId = keyIdOf(model, key)
    const { min, max } = limits.deletionDays
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

/** So that there is something to live with. */
export const firstKeys: fc.Arbitrary<readonly Operation[]> = fc.tuple(create('external'), create('software'))

export const keyOperations: readonly fc.WeightedArbitrary<Operation>[] = [
  { weight: 3, arbitrary: create('external') },
  { weight: 3, arbitrary: create('software') },
  { weight: 1, arbitrary: simple('EnableKey', becomeEnabled) },
  { weight: 1, arbitrary: simple('DisableKey', (_, key) => (key.state = 'Disabled')) },
  {
    weight: 2,
    arbitrary: simple('CancelKeyDeletion', (model, key) => {
      becomeEnabled(model, key)
      key.deleteAt = null
    }),
  },
  { weight: 3, arbitrary: schedule },
  { weight: 1, arbitrary: protect },
  { weight: 1, arbitrary: describe },
  { weight: 1, arbitrary: policy },
]
