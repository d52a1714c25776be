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

export function keysOutside<K extends { readonly KeyId: string }>(
  all: readonly K[],
  inside: readonly K[],
): readonly K[] {
  const ids = new Set(inside.map(({ KeyId }) => KeyId))
  return all.filter(({ KeyId }) => !ids.has(KeyId))
}
