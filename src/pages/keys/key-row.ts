/** What one row of the key list says, from what the calls have answered so far. */
import type { AliasEntry, TagEntry } from '#src/api/queries.ts'

const hourMs = 3_600_000

/** Whole hours until a date, seen from `now` (ms); null without a date. Never below zero. */
export function hoursUntil(date: string | undefined, now: number): number | null {
  const at = date === undefined ? NaN : Date.parse(date)
  return Number.isNaN(at) ? null : Math.max(0, Math.floor((at - now) / hourMs))
}

/** Groups by key, in the order of the list. */
function groupByKey<T, R>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
  valueOf: (entry: T) => R,
): ReadonlyMap<string, readonly R[]> {
  const groups = new Map<string, R[]>()
  for (const entry of entries) {
    const group = groups.get(keyOf(entry))
    if (group) group.push(valueOf(entry))
    else groups.set(keyOf(entry), [valueOf(entry)])
  }
  return groups
}

/** Alias names of each key. */
export const aliasesByKey = (entries: readonly AliasEntry[]): ReadonlyMap<string, readonly string[]> =>
  groupByKey(
    entries,
    (entry) => entry.KeyId,
    (entry) => entry.AliasName,
  )

export const tagsByKey = (entries: readonly TagEntry[]): ReadonlyMap<string, readonly TagEntry[]> =>
  groupByKey(
    entries,
    (entry) => entry.ResourceId,
    (entry) => entry,
  )

/** The page's keys with the one just made first, wherever the API lists it, and no more than the page holds. */
export function withCreatedFirst<K extends { readonly KeyId: string }>(
  keys: readonly K[],
  created: K | null,
  size: number,
): readonly K[] {
  return created === null ? keys : [created, ...keys.filter(({ KeyId }) => KeyId !== created.KeyId)].slice(0, size)
}
