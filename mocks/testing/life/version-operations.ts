/** Versions and rotation. */
import * as fc from 'fast-check'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { addVersion, hasUnits, limits, refusalOf, type Model } from './model.ts'
import { changing, keyIdOf, onKey, onlyIf, operationOf, step, type Operation } from './operation.ts'

/** By hand: 50 at most, a week after the one before, however that came about. */
function versionRefusal(model: Model, keyId: string): ErrorCode | null {
  const key = model.keys.get(keyId)
  const [primary] = key?.versions ?? []
  if (!key || !primary) return null
  const isFull = key.versions.length >= limits.versionsOfKey || !hasUnits(model, key.kind)
  return onlyIf(isFull || model.now - primary.createdAt < limits.manualVersionGapMs, 'Rejected.LimitExceeded')
}

const newVersion = operationOf('newVersion', fc.record(onKey), (model, { actor: by, key }) => {
  const KeyId = keyIdOf(model, key)
  return step('CreateKeyVersion', { KeyId }, by, {
    refusal: refusalOf(model, { action: 'CreateKeyVersion', actor: by, keys: [KeyId] }) ?? versionRefusal(model, KeyId),
    effect: ({ KeyVersion }) => {
      const { KeyVersionId: id } = KeyVersion as { KeyVersionId: string }
      changing(model, [KeyId], (found) => addVersion(found, { id, createdAt: model.now }))()
    },
  })
})

const rotation = operationOf(
  'rotation',
  fc.record({ ...onKey, on: fc.boolean(), days: fc.constantFrom(null, 6, 7, 7, 30, 365, 366) }),
  (model, { actor: by, key, on, days }) => {
    const KeyId = keyIdOf(model, key)
    const { min, max } = limits.rotationDays
    const isOutOfRange = days !== null && (days < min || days > max)
    return step(
      'UpdateRotationPolicy',
      { KeyId, EnableAutomaticRotation: on, ...(days === null ? {} : { RotationInterval: `${days}d` }) },
      by,
      {
        refusal:
          onlyIf(isOutOfRange, 'InvalidParameter') ??
          refusalOf(model, { action: 'UpdateRotationPolicy', actor: by, keys: [KeyId] }) ??
          onlyIf(on && days === null, 'MissingParameter'),
        effect: changing(model, [KeyId], (found) => {
          const intervalMs = (days ?? 0) * limits.dayMs
          const isFull = found.versions.length >= limits.versionsOfKey
          const lastAt = found.versions[0]?.createdAt ?? found.createdAt
          const nextAt = isFull ? null : Math.max(lastAt + intervalMs, model.now)
          found.rotation = on ? { intervalMs, nextAt } : null
        }),
      },
    )
  },
)

export const versionOperations: readonly fc.WeightedArbitrary<Operation>[] = [
  { weight: 2, arbitrary: newVersion },
  { weight: 2, arbitrary: rotation },
]
