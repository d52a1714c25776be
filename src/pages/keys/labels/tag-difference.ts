/**
 * What an edit of a key's tags comes to. Only the difference to what the edit began with is sent, so that what others change meanwhile
 * stays: TagResource puts tags over those that are there, UntagResource takes some away (KMS API 2016-01-20).
 */
import { limits, type Tag } from '#src/api/contract/rules.ts'
import { rowsOfTags, type TagRow } from './tag-rows.ts'

export interface TagDifference {
  /** Keys that are new. */
  readonly added: readonly Tag[]
  /** Keys that are there with another value. */
  readonly changed: readonly (Tag & { readonly before: string })[]
  /** With the value that goes. */
  readonly removed: readonly Tag[]
}

const valuesOf = (tags: readonly Tag[]): ReadonlyMap<string, string> =>
  new Map(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]))

export function tagDifference(before: readonly Tag[], after: readonly Tag[]): TagDifference {
  const had = valuesOf(before)
  const has = valuesOf(after)
  const put = [...has].map(([TagKey, TagValue]) => ({ TagKey, TagValue, before: had.get(TagKey) }))
  return {
    added: put.flatMap(({ before, ...tag }) => (before === undefined ? [tag] : [])),
    changed: put.flatMap(({ before, ...tag }) =>
      before === undefined || before === tag.TagValue ? [] : [{ ...tag, before }],
    ),
    removed: before.filter(({ TagKey }) => !has.has(TagKey)),
  }
}

export const isNoDifference = ({ added, changed, removed }: TagDifference): boolean =>
  added.length + changed.length + removed.length === 0

/** The keys that a difference touches. */
export const keysOf = ({ added, changed, removed }: TagDifference): ReadonlySet<string> =>
  new Set([...added, ...changed, ...removed].map(({ TagKey }) => TagKey))

const putOf = ({ added, changed }: TagDifference): readonly Tag[] =>
  [...added, ...changed].map(({ TagKey, TagValue }) => ({ TagKey, TagValue }))

/** The tags once the difference is carried out on them. */
export function withDifference(tags: readonly Tag[], difference: TagDifference): readonly Tag[] {
  const values = new Map(valuesOf(tags))
  for (const { TagKey } of difference.removed) values.delete(TagKey)
  for (const { TagKey, TagValue } of putOf(difference)) values.set(TagKey, TagValue)
  return [...values].map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
}

export type TagStep =
  | { readonly action: 'TagResource'; readonly tags: readonly Tag[] }
  | { readonly action: 'UntagResource'; readonly tags: readonly Tag[] }

/**
 * The calls that carry out an edit, in their order; `current`: what the key has now, which the edit need not do again. Tags are put before
 * others are taken away, so that a failure between the two loses nothing; the other way round where the key would hold too many meanwhile.
 */
export function tagSteps(edit: TagDifference, current: readonly Tag[]): readonly TagStep[] {
  const has = valuesOf(current)
  const put = putOf(edit).filter(({ TagKey, TagValue }) => has.get(TagKey) !== TagValue)
  const gone = edit.removed.filter(({ TagKey }) => has.has(TagKey))
  const meanwhile = current.length + put.filter(({ TagKey }) => !has.has(TagKey)).length
  const steps: TagStep[] = [
    ...(put.length === 0 ? [] : [{ action: 'TagResource' as const, tags: put }]),
    ...(gone.length === 0 ? [] : [{ action: 'UntagResource' as const, tags: gone }]),
  ]
  return meanwhile > limits.tagsPerKey ? steps.toReversed() : steps
}

/** Whether a step has been carried out, by what the key has now. */
export function isInForce({ action, tags }: TagStep, current: readonly Tag[]): boolean {
  const has = valuesOf(current)
  return action === 'TagResource'
    ? tags.every(({ TagKey, TagValue }) => has.get(TagKey) === TagValue)
    : tags.every(({ TagKey }) => !has.has(TagKey))
}

/** The tags once a step is carried out on them. */
export const withStep = (tags: readonly Tag[], { action, tags: touched }: TagStep): readonly Tag[] =>
  withDifference(
    tags,
    action === 'TagResource'
      ? { added: touched, changed: [], removed: [] }
      : { added: [], changed: [], removed: touched },
  )

/**
 * What came in from elsewhere, taken over into the rows of an edit that began with `base`. Whatever was typed stands: only rows that are
 * still as they were follow, and new tags come last.
 */
export function takeOver(
  rows: readonly TagRow[],
  base: readonly Tag[],
  { added, changed, removed }: TagDifference,
): readonly TagRow[] {
  const had = valuesOf(base)
  const now = valuesOf(changed)
  const gone = new Set(removed.map(({ TagKey }) => TagKey))
  const followed = rows.flatMap((row): readonly TagRow[] => {
    if (had.get(row.key) !== row.value) return [row]
    if (gone.has(row.key)) return []
    return [{ key: row.key, value: now.get(row.key) ?? row.value }]
  })
  const written = new Set(followed.map(({ key }) => key))
  return [...followed, ...rowsOfTags(added.filter(({ TagKey }) => !written.has(TagKey)))]
}
