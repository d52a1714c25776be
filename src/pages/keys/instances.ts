/** The instance that the list shows, and whether a key can be made on it. */
import type { KmsInstance } from '#src/api/contract/instances.ts'
import type { InstanceStatus } from '#src/api/contract/states.ts'

/** When it was made, ms since the epoch; what does not tell comes last. */
const madeAt = ({ CreateTime }: KmsInstance): number =>
  CreateTime === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(CreateTime)

/**
 * What this console is for comes first: a connected external instance, then any external one, then whatever there is. Among several the
 * oldest, so that a new instance does not change what people are used to see.
 */
export function presetInstance(instances: readonly KmsInstance[]): KmsInstance | undefined {
  const oldestFirst = instances.toSorted((one, other) => madeAt(one) - madeAt(other))
  const external = oldestFirst.filter((instance) => instance.InstanceType === 'External')
  return external.find((instance) => instance.Status === 'Connected') ?? external[0] ?? oldestFirst[0]
}

/** The instance that a link names, or the preset one. Undefined: the link names one that is not here, or there is none at all. */
export const chosenInstance = (instances: readonly KmsInstance[], id: string | undefined): KmsInstance | undefined =>
  id === undefined ? presetInstance(instances) : instances.find((instance) => instance.InstanceId === id)

/** Why no key can be made on an instance, as a message key. What stands between an external instance and its keys is its proxy. */
export type CreateRefusal = 'typeUnknown' | `${'external' | 'other'}.${Exclude<InstanceStatus, 'Connected'>}`

/** Null where a key can be made: on a connected instance of a known type. */
export function createRefusal({ InstanceType: type, Status }: KmsInstance): CreateRefusal | null {
  if (type === undefined) return 'typeUnknown'
  if (Status === 'Connected') return null
  return `${type === 'External' ? 'external' : 'other'}.${Status}`
}
