/** ListKeys' Filters. KMS API 2016-01-20, ListKeys: values of one key are alternatives, different keys must all hold; matches are exact. */
import { keyFilterNames, type KeyFilterName } from '#src/api/contract/keys.ts'
import type { Filter } from '#src/api/contract/params.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { originOf } from './metadata.ts'

export interface FilterFacts {
  readonly strict: boolean
  /** The names of a key in the caller's eyes. */
  readonly aliasesOf: (keyId: string) => readonly string[]
}

/** What each filter but those on tags looks at; one of these must be among the filter's values. */
const attributes: {
  readonly [N in Exclude<KeyFilterName, 'TagKey' | 'TagValue'>]: (
    key: KeyRow,
    facts: FilterFacts,
  ) => readonly (string | null)[]
} = {
  KeyState: (key) => [key.state],
  KeySpec: (key) => [key.spec],
  KeyUsage: (key) => [key.usage],
  ProtectionLevel: (key, { strict }) => [originOf(key, strict).ProtectionLevel],
  CreatorType: (key) => [key.creatorType],
  DKMSInstanceId: (key) => [key.instanceId],
  keyId: (key) => [key.keyId],
  AliasName: (key, { aliasesOf }) => aliasesOf(key.keyId),
  Creator: (key) => [key.accountId],
}

type Wanted = ReadonlyMap<string, ReadonlySet<string>>

/** A filter without values asks for nothing. */
function gather(filters: readonly Filter[]): Wanted {
  const wanted = new Map<string, Set<string>>()
  for (const { Key, Values } of filters)
    if (Values.length > 0) wanted.set(Key, new Set([...(wanted.get(Key) ?? []), ...Values]))
  return wanted
}

/** TagKey and TagValue together ask for one tag that has both (assumed). */
function matchesTags({ tags }: KeyRow, wanted: Wanted): boolean {
  const keys = wanted.get('TagKey')
  const values = wanted.get('TagValue')
  if (!keys && !values) return true
  return tags.some(({ TagKey, TagValue }) => (keys?.has(TagKey) ?? true) && (values?.has(TagValue) ?? true))
}

export function keyFilter(filters: readonly Filter[], facts: FilterFacts): (key: KeyRow) => boolean {
  const wanted = gather(filters)
  const asked = keyFilterNames.flatMap((name) => {
    const values = wanted.get(name)
    return values && name !== 'TagKey' && name !== 'TagValue' ? [{ look: attributes[name], values }] : []
  })
  return (key) =>
    asked.every(({ look, values }) => look(key, facts).some((value) => value !== null && values.has(value))) &&
    matchesTags(key, wanted)
}
