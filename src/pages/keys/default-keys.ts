import type { Filter } from '#src/api/contract/params.ts'
import { limits } from '#src/api/contract/rules.ts'

/** ListKeys Filters that match the keys of all these instances: entries with the same key are alternatives, each of 10 values at most. */
export function instanceFilters(instanceIds: readonly string[]): readonly Filter[] {
  const step = limits.filters.values
  return Array.from({ length: Math.ceil(instanceIds.length / step) }, (_, index) => ({
    Key: 'DKMSInstanceId',
    Values: instanceIds.slice(index * step, (index + 1) * step),
  }))
}

interface Listed {
  readonly KeyId: string
}

/** The keys that stand in no instance: the default master key first, then the service keys. */
export function defaultKeys<K extends Listed>(
  all: readonly K[],
  inInstances: readonly Listed[],
  serviceIds: ReadonlySet<string>,
): readonly K[] {
  const inside = new Set(inInstances.map(({ KeyId }) => KeyId))
  const outside = all.filter(({ KeyId }) => !inside.has(KeyId))
  return outside.toSorted((one, other) => Number(serviceIds.has(one.KeyId)) - Number(serviceIds.has(other.KeyId)))
}
